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
        guard try !SafePath.exists(path) else { throw BackupError.exists(path: path) }
        let passing = path + ".partial-\(getpid())"
        var length = 0
        let hash = try Self.hash(of: database, counting: &length)
        let header = make(length, hash)
        let target = try OpenFile.new(passing)
        do {
            let source = try OpenFile(database, O_RDONLY)
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
        do { try SafePath.synchroniseDirectory(SafePath.parent(of: path)) } catch {
            throw BackupError.notKept(path: path)
        }
        return header
    }

    /// Reads all of it and compares the hash.
    ///
    /// - Throws: `BackupError.notABackup`, `.altered`, `.newerVersion`.
    func verified() throws -> BackupHeader { try read { _ in } }

    /// Writes the database in it to a new file, and compares the hash on the way.
    func extract(to database: String) throws -> BackupHeader {
        let target = try OpenFile.new(database)
        let header = try read { try target.write($0) }
        try target.synchronise()
        return header
    }

    /// Its first line alone.
    func header() throws -> BackupHeader { try header(of: try opened()).header }

    private func opened() throws -> OpenFile {
        let file = try OpenFile(path, O_RDONLY | O_NONBLOCK)
        guard try file.isRegular else { throw BackupError.notABackup(path: path) }
        return file
    }

    private func header(
        of file: OpenFile
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
        try OpenFile(path, O_RDONLY).forEachBlock(blockLength) { block in
            length += block.count
            block.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
        return Array(hasher.finalize())
    }
}
