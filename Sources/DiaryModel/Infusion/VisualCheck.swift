/// What the solution looked like before it was used.
public enum VisualCheck: String, DiaryValue, CaseIterable {
    case ok
    case problem
    case notDone = "not_done"
}
