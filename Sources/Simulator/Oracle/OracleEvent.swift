import SyncCore

/// What the oracle knows of an event: plain sets, no clocks.
struct OracleEvent {
    let line: EventLine
    let entry: EventID
    /// The kind of its entry.
    let kind: String
    let sets: JSONObject
    /// It and what is below it on its branch.
    let below: Set<EventID>
    /// The events it rests on.
    let supports: Set<EventID>

    var id: EventID { line.id }
    var replica: ReplicaID { line.envelope.replica }
    var isVoid: Bool { sets["status"] == Vocabulary.voided }
    var mayBeErased: Bool {
        kind != "erasure"
            && !(kind == "replica" && OracleEvent.clinicFields.contains { sets[$0] != nil })
    }

    static let clinicFields = ["role", "trusted", "access", "because"]
}
