internal import Glibc

/// A small file that is replaced as a whole: whoever reads it sees the old bytes or the new ones.
public struct AtomicFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Checks that there is nothing of this name, or a plain file of this user's alone.
    ///
    /// - Throws: `StoreError.unsafePath`.
    public func check() throws { try SafePath.checkFile(path) }

    /// The bytes; nil if there is no file.
    public func read(limit: Int = 1 << 20) throws -> [UInt8]? {
        guard try SafePath.exists(path) else { return nil }
        try SafePath.checkFile(path)
        let file = try OpenFile(path, O_RDONLY)
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let block = try file.read(4096)
            if block.isEmpty { return bytes }
            bytes += block
        }
        throw StoreError.file(path: path, code: Int(EFBIG))
    }

    /// Writes a temporary file beside it and renames that over it.
    ///
    /// - Parameter durably: whether to wait until bytes and name are on the disk. Without it a power
    ///   cut may bring back the old bytes, never a mixture, on file systems that order the two.
    public func write(_ bytes: [UInt8], durably: Bool = true) throws {
        let temporary = path + ".new"
        _ = unlink(temporary)
        let file = try OpenFile.new(temporary)
        do {
            try file.write(bytes[...])
            if durably { try file.synchronise() }
            guard rename(temporary, path) == 0 else { throw SafePath.fileError(path) }
        } catch {
            // On a full disk even a few bytes are somebody's.
            _ = unlink(temporary)
            throw error
        }
        if durably { try SafePath.synchroniseDirectory(SafePath.parent(of: path)) }
    }
}
