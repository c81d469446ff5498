internal import Crypto
internal import FileRenames
internal import Glibc

/// A backup on a disk: a first line that says what follows, then the bytes of a database.
///
/// SQLite's own check does not see a flipped bit in a value; the hash of all bytes does. Reading and
/// writing need a fixed amount of memory, whatever the length.
struct BackupFile {
    let path: String
    private static let blockLength = 1 << 18

    /// Writes the file under a passing name, reads it back from the disk, and only then gives it its own.
    ///
    /// - Parameter make: makes the header of a database of this length and hash.
    func write(
        database: String, _ make: (_ length: Int, _ hash: [UInt8]) -> BackupHeader
    ) throws -> BackupHeader {
        guard !SafePath.exists(path) else { throw BackupError.exists(path: path) }
        let passing = path + ".partial-\(getpid())"
        var length = 0
        let hash = try Self.hash(of: database, counting: &length)
        let header = make(length, hash)
        try SafePath.createFile(passing)
        do {
            let source = try Descriptor(database, O_RDONLY)
            let target = try Descriptor(passing, O_WRONLY)
            try target.write(header.line[...])
            try source.forEachBlock(Self.blockLength) { try target.write($0) }
            try target.synchronise()
            guard try BackupFile(path: passing).verified() == header else {
                throw BackupError.altered(path: path)
            }
            guard rename_exclusively(passing, path) == 0 else {
                throw errno == EEXIST ? BackupError.exists(path: path) : SafePath.fileError(path)
            }
        } catch {
            unlink(passing)
            throw error
        }
        try SafePath.synchroniseDirectory(SafePath.parent(of: path))
        return header
    }

    /// Reads all of it and compares the hash.
    ///
    /// - Throws: `BackupError.notABackup`, `.altered`, `.newerVersion`.
    func verified() throws -> BackupHeader { try read { _ in } }

    /// Writes the database in it to a new file, and compares the hash on the way.
    func extract(to database: String) throws -> BackupHeader {
        try SafePath.createFile(database)
        let target = try Descriptor(database, O_WRONLY)
        let header = try read { try target.write($0) }
        try target.synchronise()
        return header
    }

    /// Its first line alone.
    func header() throws -> BackupHeader { try header(of: try opened()).header }

    private func opened() throws -> Descriptor {
        let file = try Descriptor(path, O_RDONLY | O_NONBLOCK)
        guard try file.isRegular else { throw BackupError.notABackup(path: path) }
        return file
    }

    private func header(
        of file: Descriptor
    ) throws -> (header: BackupHeader, rest: ArraySlice<UInt8>) {
        let first = try file.read(BackupHeader.lengthLimit)
        guard let end = first.firstIndex(of: UInt8(ascii: "\n")) else {
            throw BackupError.notABackup(path: path)
        }
        return (
            try BackupHeader(line: Array(first[..<end]), path: path),
            first[first.index(after: end)...]
        )
    }

    private func read(_ take: (ArraySlice<UInt8>) throws -> Void) throws -> BackupHeader {
        let file = try opened()
        // What is verified is what the disk holds, not what is still in memory.
        _ = posix_fadvise(file.number, 0, 0, Int32(POSIX_FADV_DONTNEED))
        let (header, rest) = try header(of: file)
        var hasher = SHA256()
        var length = 0
        func add(_ block: ArraySlice<UInt8>) throws {
            length += block.count
            guard length <= header.length else { throw BackupError.altered(path: path) }
            block.withUnsafeBytes { hasher.update(bufferPointer: $0) }
            try take(block)
        }
        try add(rest)
        try file.forEachBlock(Self.blockLength) { try add($0) }
        guard length == header.length, Array(hasher.finalize()) == header.hash else {
            throw BackupError.altered(path: path)
        }
        return header
    }

    private static func hash(of path: String, counting length: inout Int) throws -> [UInt8] {
        var hasher = SHA256()
        try Descriptor(path, O_RDONLY).forEachBlock(blockLength) { block in
            length += block.count
            block.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
        return Array(hasher.finalize())
    }
}

/// An open file, closed when the last reference goes.
private final class Descriptor {
    let number: Int32
    private let path: String

    init(_ path: String, _ flags: Int32) throws {
        self.path = path
        number = Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else {
            throw errno == ELOOP
                ? StoreError.unsafePath(path, .symbolicLink) : SafePath.fileError(path)
        }
    }

    deinit { close(number) }

    var isRegular: Bool {
        get throws {
            var status = stat()
            guard fstat(number, &status) == 0 else { throw SafePath.fileError(path) }
            return status.st_mode & S_IFMT == S_IFREG
        }
    }

    /// At most `limit` bytes; fewer only at the end.
    func read(_ limit: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(number, $0.baseAddress?.advanced(by: filled), limit - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw SafePath.fileError(path) }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    func forEachBlock(_ length: Int, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        while true {
            let block = try read(length)
            if block.isEmpty { return }
            try body(block[...])
        }
    }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw SafePath.fileError(path) }
            rest = rest.dropFirst(count)
        }
    }

    func synchronise() throws {
        guard fsync(number) == 0 else { throw SafePath.fileError(path) }
    }
}
