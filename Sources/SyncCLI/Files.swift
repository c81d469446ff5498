import Foundation

/// The few questions commands ask of the file system.
enum Files {
    /// Whether anything, a link to nowhere included, has this name.
    static func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }

    /// Makes the directories above a path: on a new computer there is no `~/.local/share` yet.
    static func makeParent(of path: String) {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        // Whoever then makes the directory itself says what is wrong.
        try? FileManager.default.createDirectory(
            atPath: parent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }
}
