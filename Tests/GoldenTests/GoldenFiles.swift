import Foundation

/// The files of a store as they lie there.
enum GoldenFiles {
    static func size(_ path: String) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: path)).count
    }

    /// Every file of a directory, with all its bytes.
    static func all(in directory: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                (name, try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name)))
            })
    }
}
