internal import Synchronization

/// Counts wrong codes for each name and each address; beyond a limit they have to wait.
///
/// Names are counted whether there is such a code or not, so that waiting tells nothing. The table is
/// bounded: when it is full, what is counted longest gives way.
final class AttemptCounter: Sendable {
    struct Limits: Sendable {
        var ofName = 10
        var ofAddress = 60
        var windowMs: Int64 = 10 * 60 * 1000
        var subjects = 20_000
    }

    enum Subject: Hashable, Sendable {
        case name(String)
        case address(String)
    }

    private struct Count {
        var wrong = 0
        let sinceMs: Int64
    }

    private let limits: Limits
    private let counts = Mutex<[Subject: Count]>([:])

    init(limits: Limits = Limits()) { self.limits = limits }

    /// How many seconds to wait before the next attempt; nil if there is no need.
    func wait(for subjects: [Subject], at ms: Int64) -> Int? {
        counts.withLock { counts in
            subjects.compactMap { subject -> Int? in
                guard let count = counts[subject] else { return nil }
                let left = limits.windowMs - (ms - count.sinceMs)
                guard left > 0, count.wrong >= limit(of: subject) else { return nil }
                return Int(clamping: left / 1000 + 1)
            }.max()
        }
    }

    func countWrong(_ subjects: [Subject], at ms: Int64) {
        counts.withLock { counts in
            if counts.count + subjects.count > limits.subjects {
                counts = counts.filter { ms - $0.value.sinceMs < limits.windowMs }
                if counts.count + subjects.count > limits.subjects {
                    counts.removeAll(keepingCapacity: true)
                }
            }
            for subject in subjects {
                var count = counts[subject] ?? Count(sinceMs: ms)
                if ms - count.sinceMs >= limits.windowMs { count = Count(sinceMs: ms) }
                count.wrong += 1
                counts[subject] = count
            }
        }
    }

    private func limit(of subject: Subject) -> Int {
        switch subject {
        case .name: limits.ofName
        case .address: limits.ofAddress
        }
    }
}
