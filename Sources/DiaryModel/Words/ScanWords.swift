extension ScanFinding {
    /// What is said of it to who scanned; it states the finding and what a person can do.
    public var sentence: String {
        switch self {
        case .tooLong: "This code is too long to be one of a pack. It is kept, and not read."
        case .notUnderstood: "This code is kept, but it cannot be read here. Please type the lot."
        case .unknownIdentifier: "A part of the code is not known here. It is kept."
        case .cutShort: "The code ends too early or was misread. Please compare it with the pack."
        case .valueUnreadable: "A part of the code cannot be read. Please compare it with the pack."
        case .checkDigitWrong:
            "The product number in the code has a wrong check digit, so nothing was filled in. "
                + "Please scan again, or type what is on the pack."
        case .separatorMissing:
            "The scanner is not sending the separator, so two parts of the code run together. "
                + "Please copy the lot from the pack."
        case .saidTwice: "The code says two different things. Please copy it from the pack."
        case .expiryUnreadable: "The expiry in the code is no day of the calendar."
        case .expiryPast: "The expiry in the code is past."
        case .lotAbsent: "This code has no lot. Please copy the lot from the pack."
        }
    }
}

extension Scan {
    /// The question that goes with a suggested lot; nil where there is none.
    public var suggestionWords: String? {
        suggestedLot.map { "Does the pack say lot \(LotWords($0).spaced)?" }
    }
}
