internal import DiaryStore
internal import Glibc
internal import SyncCore

/// One sync at a time for each store, however many processes begin one.
///
/// Whoever finds another at work waits for it and reports its result, which stands in a small file
/// beside the lock.
struct SyncTurn: ~Copyable {
    private let descriptor: Int32
    private let result: AtomicFile

    /// What taking a turn led to.
    enum Outcome: ~Copyable {
        case mine(SyncTurn)
        /// Another process synced this diary meanwhile.
        case others(SyncOutcome)
    }

    /// Waits for its turn, at most `patience`.
    ///
    /// - Throws: `StoreError`.
    static func take(
        in directory: String, diary: DiaryID, patience: Duration = .seconds(120)
    ) async throws -> Outcome {
        let path = directory + "/sync.lock"
        let file = AtomicFile(path: directory + "/sync-result.json")
        for name in [AtomicFile(path: path), file] { try name.check() }
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.file(path: path, code: Int(errno)) }
        let deadline = ContinuousClock.now + patience
        var hasWaited = false
        let before = try? file.read()
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < deadline else {
                close(descriptor)
                throw StoreError.lockHeld(by: nil)
            }
            hasWaited = true
            do { try await Task.sleep(for: .milliseconds(50)) } catch {
                close(descriptor)
                throw error
            }
        }
        if hasWaited, let after = try? file.read(), after != before,
            let json = try? JSONValue(canonical: after),
            json["diary"]?.stringValue == diary.text,
            var outcome = json["outcome"].flatMap(SyncOutcome.init(json:))
        {
            close(descriptor)
            outcome.isOfAnotherProcess = true
            return .others(outcome)
        }
        return .mine(SyncTurn(descriptor: descriptor, result: file))
    }

    private init(descriptor: Int32, result: AtomicFile) {
        self.descriptor = descriptor
        self.result = result
    }

    /// Leaves the result for whoever waits; without it they sync themselves.
    func finish(_ outcome: SyncOutcome, of diary: DiaryID, atMs: Int64) {
        let json: JSONValue = [
            "at_ms": .integer(atMs), "diary": .string(diary.text), "outcome": outcome.json,
        ]
        try? result.write(json.canonicalBytes, durably: false)
    }

    deinit { close(descriptor) }
}
