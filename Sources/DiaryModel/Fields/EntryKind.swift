/// What an entry is about.
public enum EntryKind: String, DiaryValue, CaseIterable {
    case infusion, check, reaction, measurement, stock, note, training, plan, notice, question
    case person, replica, erasure

    /// Whether entries of this kind say when they happened; of the others it is when they were written.
    public var hasTime: Bool { FieldTable.row(kind: self, field: "time") != nil }
}
