extension VialRange {
    /// What is at home: "12 vials", "4 to 12 vials"; below zero "4 more used than we know of" (A15).
    public var words: String {
        if high < 0 { return "\(Self.numbers(high, low)) more used than we know of" }
        guard low < 0 else {
            return "\(Self.numbers(low, high)) \(high == 1 ? "vial" : "vials")"
        }
        let most = VialRange(high).words
        return "\(most) at most, perhaps \(low.magnitude) more used than we know of"
    }

    private static func numbers(_ near: Int64, _ far: Int64) -> String {
        near == far ? "\(near.magnitude)" : "\(near.magnitude) to \(far.magnitude)"
    }
}

extension StockLot {
    /// What is known of a lot's number, with the question that goes with one below zero (A15).
    public var balanceWords: String {
        let words = balance.words
        return isBelowZero ? "\(words). Is a delivery missing here? Please write it down." : words
    }
}

extension CountDifference {
    /// What was counted and what was known; it says nothing of which is right.
    public var words: String {
        let known = known.low < 0 ? known.words : "\(known.words) known of"
        return "Counted: \(counted.words). Before that: \(known). From now on the count holds."
    }
}

extension Shipment {
    /// The question about a box that only the clinic speaks of (C09).
    public var question: String {
        let sent = "The clinic sent a box: \(vials.words). Did the box arrive?"
        return explains.isEmpty ? sent : "\(sent) With it the count is right."
    }
}

extension UnplacedLine.Reason {
    /// Why vials of an entry stand in no number at home.
    public var words: String {
        switch self {
        case .notUnderstood: "This line cannot be read here."
        case .productUnknown: "The product is not known."
        case .sizeUnknown: "The size of the vials is not known."
        case .countUnknown: "The number of vials is not known."
        case .movementUnknown: "Whether the vials came or went is not known."
        case .countWithoutLot: "A count needs the lot. Please copy it from the pack."
        }
    }
}

extension StockEntry.Movement {
    public var words: String {
        switch self {
        case .receipt: "box received"
        case .move: "moved to room temperature"
        case .loss: "lost or set apart"
        case .count: "counted"
        }
    }
}

extension StockEntry.Loss {
    /// What became of the vials.
    public var words: String {
        switch self {
        case .broken: "broken"
        case .leaked: "leaked"
        case .cloudy: "cloudy"
        case .expired: "expired"
        case .thermal: "too warm or frozen"
        case .discardedPart: "opened and thrown away"
        case .returned: "sent back"
        case .lost: "lost"
        case .quarantined: "set apart, not to be used"
        }
    }
}

extension PickList.Reason {
    /// Why vials are shown apart.
    public var words: String {
        switch self {
        case .underRecall: "This lot is under recall. Please telephone the clinic."
        case .quarantined: "Set apart, not to be used."
        case .expired: "Past its last day."
        }
    }
}

extension PickList.Row {
    /// "use by Sunday 31 December 2028"; the day is the last one.
    public var usableUntilWords: String {
        guard let day = usableUntil else { return "expiry not known" }
        return "use by \(day.longWords)"
    }

    /// Where the vials are kept.
    public var storageWords: String { isAtRoomTemperature ? "at room temperature" : "as delivered" }
}

extension StockReach {
    /// "4 vials left: enough for 0.5 infusions. Order now." (A14)
    public var words: String {
        let least = Self.tenths(atLeast)
        let most = Self.tenths(atMost)
        let number = least == most ? least : "\(least) to \(most)"
        let noun = number == "1.0" ? "infusion" : "infusions"
        let left = VialRange(max(0, vials.low), max(0, vials.high)).words
        let words = "\(left) left: enough for \(number) \(noun)."
        return isOrderDue() ? "\(words) Order now." : words
    }

    /// One decimal, rounded down: what is not quite enough is not shown as enough.
    static func tenths(_ infusions: Infusions) -> String {
        let denominator = max(1, infusions.denominator)
        let (whole, rest) = infusions.numerator.quotientAndRemainder(dividingBy: denominator)
        // The rest is less than the divisor, so ten times it is less than ten of them.
        let tenth = denominator.dividingFullWidth(rest.multipliedFullWidth(by: 10)).quotient
        return "\(whole).\(tenth)"
    }
}
