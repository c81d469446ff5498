internal import Glibc

/// Says that a server runs on a store, for as long as it lives; whoever would replace the store asks.
public final class ServingLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: `BackupError.inUse` if the store is being replaced or another server has it.
    public init(in directory: String) throws {
        descriptor = try Self.open(directory)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            defer { close(descriptor) }
            throw BackupError.inUse(by: LockHolder.noted(in: descriptor))
        }
        LockHolder.note(in: descriptor)
    }

    deinit { close(descriptor) }

    private static func open(_ directory: String) throws -> Int32 {
        let path = directory + "/serving.lock"
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SafePath.fileError(path) }
        return descriptor
    }
}
