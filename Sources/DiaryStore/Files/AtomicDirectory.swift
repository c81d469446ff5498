internal import FileRenames
internal import Glibc

/// A new directory of files that appears as a whole, or not at all.
///
/// Files are written under a passing name, `<path>.new`, for this user alone, and the directory gets its
/// own name when all are on the disk. One that is there already is never touched.
public final class AtomicDirectory {
    public let path: String
    private let passing: String
    private var files: [String: OpenFile] = [:]
    private var isFinished = false

    /// Begins a directory; what an export that was cut short left is taken away first.
    ///
    /// - Throws: `StoreError.file` with `EEXIST` if something has this name.
    public init(path: String) throws {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.path = path
        passing = path + ".new"
        guard try !SafePath.exists(path) else {
            throw StoreError.file(path: path, code: Int(EEXIST))
        }
        try SafePath.removeTree(passing)
        try SafePath.createDirectory(passing)
    }

    deinit { if !isFinished { try? SafePath.removeTree(passing) } }

    /// Whether a file of this name has been begun.
    public func has(_ name: String) -> Bool { files[name] != nil }

    /// Adds to the end of a file, which is made when it is first named.
    public func append(_ text: String, to name: String) throws {
        let file = try files[name] ?? OpenFile.new(passing + "/" + name)
        files[name] = file
        // In pieces: to find what is left costs as much as there is.
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try file.write(rest.prefix(1 << 20))
            rest = rest.dropFirst(1 << 20)
        }
    }

    /// Gives the directory its name, once everything is on the disk.
    public func finish() throws {
        for file in files.values { try file.synchronise() }
        try SafePath.synchroniseDirectory(passing)
        guard rename_exclusively(passing, path) == 0 else { throw SafePath.fileError(path) }
        isFinished = true
        try SafePath.synchroniseDirectory(SafePath.parent(of: path))
    }
}
