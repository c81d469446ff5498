/// The name of a field or of a kind: 1 to 64 of `A-Z a-z 0-9 . _ -`. Never holds typed text.
package enum FieldName {
    package static func isWellFormed(_ name: some Collection<UInt8>) -> Bool {
        (1...64).contains(name.count)
            && name.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// Words that the engine itself knows; all else is a name it passes on.
public enum Vocabulary {
    public static let status = "status"
    public static let active: JSONValue = "active"
    public static let voided: JSONValue = "voided"
    public static let linkPrefix = "link."
    public static let replicaKind = "replica"
    public static let erasureKind = "erasure"
    public static let personKind = "person"
    public static let trusted = "trusted"
    public static let trustedAll: JSONValue = "all"
    public static let access = "access"
    public static let open: JSONValue = "open"
    public static let closed: JSONValue = "closed"
    public static let role = "role"
    public static let clinicRole: JSONValue = "clinic"
    public static let label = "label"
    public static let because = "because"
    public static let events = "events"
    public static let erase = "erase"
    public static let signatures = "signatures"

    /// The field in which a decision about two entries stands: of the entry whose id is the smaller text.
    public static func link(_ a: EntryID, _ b: EntryID) -> (entry: EntryID, field: String) {
        a < b ? (a, linkPrefix + b.text) : (b, linkPrefix + a.text)
    }
}
