import Foundation

/// The few questions commands ask of the file system.
enum Files {
    /// Whether anything, a link to nowhere included, has this name.
    static func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }
}
