import Foundation

/// The few questions commands ask of the file system.
enum Files {
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
