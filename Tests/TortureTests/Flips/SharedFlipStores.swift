import TestSupport
import Foundation
import Synchronization

/// One set of stores for all flips: their making takes longer than hundreds of flips.
actor SharedFlipStores {
    private static let shared = SharedFlipStores()
    private static let directory = Mutex("")
    private var making: Task<FlipStores, any Error>?

    static func get() async throws -> FlipStores { try await shared.stores() }

    private func stores() async throws -> FlipStores {
        if let making { return try await making.value }
        let task = Task {
            let stores = try FlipStores()
            Self.directory.withLock { $0 = stores.scratch.path }
            atexit {
                let path = SharedFlipStores.directory.withLock { $0 }
                try? FileManager.default.removeItem(atPath: path)
            }
            return stores
        }
        making = task
        return try await task.value
    }
}
