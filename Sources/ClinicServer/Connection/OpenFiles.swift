internal import Glibc

/// How many files, sockets among them, this process may have open.
enum OpenFiles {
    /// Files that are no connections: the store, its readers, the log, the event loops.
    private static let ownFiles = 128

    /// Raises the limit as far as the system grants it.
    ///
    /// - Returns: how many connections fit below it.
    static func raise(for connections: Int) -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return min(connections, 512)
        }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return min(connections, 512)
        }
        let granted = Int(clamping: limit.rlim_cur)
        return max(min(connections, granted - min(granted, ownFiles)), 16)
    }
}
