public import SyncCore

/// How an infusion ended, and why where it was not done.
public struct Outcome: DiaryValue {
    public var code: Code
    public var reason: NotDoneReason?

    public enum Code: String, DiaryValue, CaseIterable {
        case completed
        case partial
        case stopped
        case notDone = "not_done"
    }

    public init(_ code: Code, reason: NotDoneReason? = nil) {
        self.code = code
        self.reason = reason
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let code: Code? = reader.member("code")
        reason = reader.member("reason")
        guard reader.isWhole, let code else { return nil }
        self.code = code
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("code", code)
        object.set("reason", reason)
        return .object(object)
    }
}

/// Why an infusion that was due was not given.
public enum NotDoneReason: String, DiaryValue, CaseIterable {
    case feverOrInfection = "fever_or_infection"
    case unwellOther = "unwell_other"
    case lastReaction = "last_reaction"
    case noStock = "no_stock"
    case equipment
    case noVenousAccess = "no_venous_access"
    case noPartner = "no_partner"
    case travel
    case forgot
    case clinicHold = "clinic_hold"
    case inHospital = "in_hospital"
    case infusedElsewhere = "infused_elsewhere"
    case planEnded = "plan_ended"
    case other
    case unknown

    /// The reason that a typed word can only mean: its code, or the one that begins so (`fever`).
    public init?(typed: String) {
        let wanted = typed.lowercased().replacing("-", with: "_")
        let found = Self.allCases.filter { $0.rawValue == wanted }
        let begun = Self.allCases.filter { $0.rawValue.hasPrefix(wanted) }
        guard !wanted.isEmpty, let reason = found.first ?? (begun.count == 1 ? begun.first : nil)
        else { return nil }
        self = reason
    }
}
