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
        guard SafePath.exists(path) else { return nil }
        try SafePath.checkFile(path)
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw SafePath.fileError(path) }
        defer { Glibc.close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SafePath.fileError(path)
            }
            if count == 0 { return bytes }
            bytes += block.prefix(count)
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
        let descriptor = Glibc.open(
            temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SafePath.fileError(temporary) }
        do {
            defer { Glibc.close(descriptor) }
            try writeAll(bytes, to: descriptor, path: temporary)
            guard !durably || fsync(descriptor) == 0 else { throw SafePath.fileError(temporary) }
        }
        guard rename(temporary, path) == 0 else { throw SafePath.fileError(path) }
        if durably { try SafePath.synchroniseDirectory(SafePath.parent(of: path)) }
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw SafePath.fileError(path)
            }
            rest = rest.dropFirst(count)
        }
    }
}
