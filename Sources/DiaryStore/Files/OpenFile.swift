internal import Glibc

/// An open file of this name and never of a link's, closed when the last reference goes.
final class OpenFile {
    let number: Int32
    private let path: String

    /// - Parameter flags: as `open` takes them; a file that is made is this user's alone.
    init(_ path: String, _ flags: Int32) throws {
        self.path = path
        number = Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else {
            throw errno == ELOOP
                ? StoreError.unsafePath(path, .symbolicLink) : SafePath.fileError(path)
        }
    }

    /// Makes a file that was not there, to write to.
    static func new(_ path: String) throws -> OpenFile {
        try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL)
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

    /// Waits until the disk has what was written.
    func synchronise() throws {
        guard fsync(number) == 0 else { throw SafePath.fileError(path) }
    }
}
