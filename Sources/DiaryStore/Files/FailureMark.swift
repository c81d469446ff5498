internal import Glibc

/// A file that says that the disk failed while somebody wrote.
///
/// After a failed wait for the disk the kernel may take pages for written that are in memory only, and
/// a later wait then succeeds without them. Whoever writes next has to write them anew.
struct FailureMark {
    let path: String

    var isThere: Bool { get throws { try SafePath.exists(path) } }

    /// Leaves the mark, if the disk still takes it.
    func leave() {
        let descriptor = Glibc.open(
            path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    func remove() throws {
        guard unlink(path) == 0 else { throw SafePath.fileError(path) }
    }
}
