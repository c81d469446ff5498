/// A mistake that a program around the engine could make, planted to see that worlds find it.
///
/// Mistakes inside the engine are patches in `Tests/Defects`; these need no build.
public enum Mistake: String, CaseIterable, Sendable {
    /// The context is taken when the form is saved, not when it was opened.
    case contextAtSaving
    /// The context names what did not count on the page.
    case contextOfWhatDoesNotCount
    /// The asker remembers as held what it sent and heard nothing of.
    case believesUnanswered
    /// A signed form does not replace the body of a line that is held.
    case keepsErasedBody
    /// A restored clinic gives before its list of devices is confirmed.
    case givesUnconfirmed
    /// A clinic answers, and then its transaction is undone.
    case answersBeforeCommit
}
