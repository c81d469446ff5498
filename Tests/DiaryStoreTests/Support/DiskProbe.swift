import Glibc
import Synchronization

/// Counts the waits for the disk of this process by file, and lets those of a chosen directory fail.
///
/// The function below stands in the test program, so the dynamic linker hands it to SQLite in place
/// of the C library's.
enum DiskProbe {
    private struct State {
        var waits: [String: Int] = [:]
        var failing: Set<String> = []
    }

    private static let state = Mutex(State())

    /// How often somebody waited for files below this directory to be on the disk.
    static func waits(below directory: String) -> Int {
        state.withLock { $0.waits.filter { $0.key.hasPrefix(directory) }.values.reduce(0, +) }
    }

    /// Runs `body` while every wait for files below this directory fails.
    static func failing(below directory: String, _ body: () throws -> Void) rethrows {
        state.withLock { _ = $0.failing.insert(directory) }
        defer { state.withLock { _ = $0.failing.remove(directory) } }
        try body()
    }

    fileprivate static func wait(_ descriptor: Int32) -> Int32 {
        var name = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/fd/\(descriptor)", &name, name.count - 1)
        let path = String(
            decoding: name.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let fails = state.withLock { state in
            state.waits[path, default: 0] += 1
            return state.failing.contains { path.hasPrefix($0) }
        }
        guard !fails else {
            errno = EIO
            return -1
        }
        return Glibc.fsync(descriptor)
    }
}

@_cdecl("fdatasync")
public func fdatasyncInTests(_ descriptor: Int32) -> Int32 { DiskProbe.wait(descriptor) }
