internal import Foundation

/// A directory for the stores of one world, gone with it.
final class ScratchFolder {
    private let path: String
    private var count = 0

    init() throws {
        path = NSTemporaryDirectory() + "simulator-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    /// A name that nothing has yet.
    func fresh() -> String {
        count += 1
        return "\(path)/\(count)"
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
