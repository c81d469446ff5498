internal import Synchronization

/// What this process has brought to the disk so far.
///
/// A command that fails has to say what was kept: after a commit it is no longer true that nothing was.
public enum Commits {
    private static let own = Atomic<Bool>(false)
    private static let any = Atomic<Bool>(false)

    /// Whether anything was written that a person recorded here.
    public static var haveRecorded: Bool { own.load(ordering: .sequentiallyConsistent) }

    /// Whether anything was written at all.
    public static var haveWritten: Bool { any.load(ordering: .sequentiallyConsistent) }

    static func note(ofThisDevice isOwn: Bool) {
        any.store(true, ordering: .sequentiallyConsistent)
        if isOwn { own.store(true, ordering: .sequentiallyConsistent) }
    }
}
