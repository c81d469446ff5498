internal import Synchronization

/// How many logs and branches a device may bring: some at once, then one every so often.
///
/// Each costs every later sync of that diary a place in its clocks, for ever. Whoever brings them by the
/// thousand is asked to come again later; nothing is refused for good. A request is let in while
/// anything is left and may take more than that, so that a page is never too much by itself.
final class LogAllowance: Sendable {
    private struct Account {
        /// What has been brought beyond what was granted since.
        var brought: Int
        var sinceMs: Int64
    }

    private let atOnce: Int
    private let millisecondsForOne: Int64
    private let accounts = Mutex<[Int: Account]>([:])

    init(atOnce: Int, millisecondsForOne: Int64) {
        self.atOnce = atOnce
        self.millisecondsForOne = max(1, millisecondsForOne)
    }

    /// How many seconds this device has to wait before it brings anything more; nil if not at all.
    func wait(of device: Int, at ms: Int64) -> Int? {
        accounts.withLock { accounts in
            guard let brought = settled(accounts[device], at: ms)?.brought, brought >= atOnce
            else { return nil }
            let left = Int64(brought - atOnce + 1) * millisecondsForOne
            return Int(clamping: left / 1000 + 1)
        }
    }

    func brought(_ logs: Int, by device: Int, at ms: Int64) {
        guard logs > 0 else { return }
        accounts.withLock { accounts in
            var account = settled(accounts[device], at: ms) ?? Account(brought: 0, sinceMs: ms)
            account.brought += logs
            accounts[device] = account
        }
    }

    /// The account after what time has granted; nil once nothing is left to wait for.
    private func settled(_ account: Account?, at ms: Int64) -> Account? {
        guard var account else { return nil }
        let granted = max(0, ms - account.sinceMs) / millisecondsForOne
        guard granted < Int64(account.brought) else { return nil }
        account.brought -= Int(granted)
        account.sinceMs += granted * millisecondsForOne
        return account
    }
}
