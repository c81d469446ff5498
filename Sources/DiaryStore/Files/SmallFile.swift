internal import Glibc

/// A file that somebody else wrote and that is read whole, with who else may read it.
public struct SmallFile: Sendable {
    public let bytes: [UInt8]
    /// Everybody on this computer may read, write or run it.
    public let isOpenToOthers: Bool

    /// Why a file is not read.
    public enum Flaw: Error, Equatable, Sendable {
        /// The system's reason, such as “No such file or directory”.
        case system(String)
        /// It is longer than the limit, or a directory, a pipe, a device.
        case notSmall
    }

    /// Reads the file; its mode is that of the file that was read, whatever its name means by then.
    public init(path: String, limit: Int) throws(Flaw) {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.system() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.system() }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notSmall }
        isOpenToOthers = status.st_mode & 0o007 != 0
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(descriptor, &block, block.count)
            guard count >= 0 else { throw Self.system() }
            if count == 0 { break }
            bytes += block.prefix(count)
            guard bytes.count <= limit else { throw .notSmall }
        }
        self.bytes = bytes
    }

    private static func system() -> Flaw { .system(String(cString: strerror(errno))) }
}
