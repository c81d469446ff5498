import SyncCore

/// The fields without which an entry of a kind says too little to be kept.
struct RequiredFields {
    let kind: EntryKind
    let fields: JSONObject

    /// The fields that must not be absent, as data.
    static func of(_ kind: EntryKind) -> [String] {
        switch kind {
        case .infusion: ["route", "outcome", "time"]
        case .check: ["time"]
        case .reaction: ["time"]
        case .measurement: ["time", "measure", "value"]
        case .stock: ["time", "movement"]
        case .note: ["text"]
        case .training: ["time", "trainee", "skill", "result"]
        case .plan: ["plan"]
        case .notice: ["notice"]
        case .question: ["ask"]
        case .person: ["name"]
        case .replica, .erasure: []
        }
    }

    /// A rejection for each one that is missing.
    var missing: [Finding] {
        Self.of(kind).filter { isMissing($0) && !isNeedless($0) }.map { field in
            let sentence = FieldTable.row(kind: kind, field: field)?.sentence
            return .rejection(.missing, field, sentence ?? "This is needed.")
        }
    }

    /// What was not done went no way in.
    private func isNeedless(_ field: String) -> Bool {
        field == "route" && fields["outcome"].flatMap(Outcome.init(json:))?.code == .notDone
    }

    private func isMissing(_ field: String) -> Bool { fields[field]?.isNull ?? true }
}
