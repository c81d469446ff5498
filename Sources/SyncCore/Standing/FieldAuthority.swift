/// From which logs a field counts once a clinic's word is in force.
///
/// Judged field by field; the rest of such an event counts. Part of the protocol: two stores that
/// hold the same events must show the same. Which member of staff may do what is not this: the clinic
/// checks that before its line is written.
public enum FieldAuthority: Sendable, Equatable {
    /// From any log, as far as that is trusted.
    case anyone
    /// Only from the clinic's logs, former clinics' included.
    case clinic
    /// Only from the logs of the pinned clinic: its word on devices.
    case pinnedClinic
    /// From the clinic's logs and from the chain that began the entry.
    case clinicOrOwnChain

    /// The authority of a field of an entry of this kind.
    public static func of(field: String, kind: String) -> FieldAuthority {
        switch (kind, field) {
        case ("replica", "role"), ("replica", "trusted"), ("replica", "access"),
            ("replica", "because"):
            .pinnedClinic
        case ("replica", "label"), ("person", "name"): .clinicOrOwnChain
        case ("erasure", "asked"): .anyone
        case ("plan", _), ("training", _), ("notice", _), ("erasure", _), ("question", "ask"),
            ("reaction", "grade.assessed"):
            .clinic
        default: .anyone
        }
    }
}
