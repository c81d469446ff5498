internal import Foundation
internal import DiaryStore
public import SyncCore

#if canImport(Glibc)
    internal import Glibc
#endif

/// One sync at a time for a store, however many processes start one.
///
/// The first holds a lock file. A second waits until it is done and is told what the first wrote down:
/// to sync again at once would find nothing.
public struct SyncTurn: Sendable {
    private let directory: String

    public init(directory: String) { self.directory = directory }

    private var lockPath: String { directory + "/sync.lock" }
    private var resultPath: String { directory + "/sync.result" }

    /// How long to wait for another's sync.
    public static let patienceMs: Int64 = 600_000

    /// Why it was not this process's turn.
    public enum Failure: Error, Sendable, Equatable {
        case stillRunning
        case file(code: Int32)
    }

    /// Runs `body` while nobody else does, or returns what somebody else's run wrote down meanwhile.
    ///
    /// - Parameter body: returns what to tell those who waited.
    public func take(
        wait: (Int64) async throws -> Void = { try await Task.sleep(for: .milliseconds($0)) },
        _ body: () async throws -> JSONValue
    ) async throws -> (result: JSONValue, isOwn: Bool) {
        let file = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Failure.file(code: errno) }
        defer { close(file) }
        var waited: Int64 = 0
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw Failure.file(code: errno) }
            guard waited < Self.patienceMs else { throw Failure.stillRunning }
            try await wait(100)
            waited += 100
        }
        defer { flock(file, LOCK_UN) }
        // Only a run that ended while this one waited is news to it.
        if waited > 0, let bytes = FileManager.default.contents(atPath: resultPath),
            let result = try? JSONValue(canonical: Array(bytes), depthLimit: 32)
        {
            return (result, false)
        }
        try? FileManager.default.removeItem(atPath: resultPath)
        let result = try await body()
        _ = FileManager.default.createFile(
            atPath: resultPath, contents: Data(result.canonicalBytes),
            attributes: [.posixPermissions: 0o600])
        return (result, true)
    }
}
