internal import Glibc

/// Which file a path names: two names of one file have equal identities, a file put in its place none.
struct FileIdentity: Sendable, Equatable {
    private let device: UInt
    private let inode: UInt

    /// - Throws: `StoreError.file` if nothing has this name.
    init(of path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw SafePath.fileError(path) }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }
}
