import Synchronization

/// A clock that stands until it is moved.
final class TestClock: Sendable {
    private let ms = Mutex<Int64>(1_774_775_645_000)
    var read: @Sendable () -> Int64 { { self.ms.withLock { $0 } } }
    func advance(byMs step: Int64) { ms.withLock { $0 += step } }
}
