/// What an entry is about.
public enum EntryKind: String, DiaryValue, CaseIterable {
    case infusion, check, reaction, measurement, stock, note, training, plan, notice, question
    case person, replica, erasure
}
