internal import Glibc

/// One writer at a time over all processes, from before a transaction to after its checkpoint.
///
/// SQLite before 3.51.3 can lose commits when one connection resets the write-ahead log while another
/// checkpoints. So writing and checkpointing happen only under this lock. The file says who holds it.
final class WriterLock: Sendable {
    private let path: String
    private let patience: Duration

    init(path: String, patience: Duration = .seconds(10)) {
        self.path = path
        self.patience = patience
    }

    /// Runs `body` while holding the lock.
    ///
    /// - Throws: `StoreError.lockHeld` if another holds it for longer than this one waits.
    func holding<T>(_ body: () throws -> T) throws -> T {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            switch errno {
            case ELOOP: throw StoreError.unsafePath(path, .symbolicLink)
            case EROFS, EACCES: throw StoreError.readOnly
            default: throw SafePath.fileError(path)
            }
        }
        // Closing gives the lock back.
        defer { Glibc.close(descriptor) }
        try acquire(descriptor)
        LockHolder.note(in: descriptor)
        defer { _ = ftruncate(descriptor, 0) }
        return try body()
    }

    private func acquire(_ descriptor: Int32) throws {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw SafePath.fileError(path) }
            guard clock.now < deadline else {
                throw StoreError.lockHeld(by: LockHolder.noted(in: descriptor))
            }
            usleep(5_000)
        }
    }
}
