import Foundation

/// The standard output and the standard error, written to the end or not taken for written.
///
/// `print` says nothing of a disk that is full, and a file handle ends the process there: what was to be
/// read once, such as a recovery phrase, would be gone with a status of 0.
enum StandardOutput {
    /// Opens the three standard descriptors that are closed, so that no file of a store gets their
    /// number and is written into as if it were the terminal; writing to one still fails.
    static func keepDescriptors() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes a text and the end of its line.
    ///
    /// - Returns: why it could not be written; nil where it was, or where its reader has gone away.
    static func say(_ text: String) -> String? { put(text + "\n", to: STDOUT_FILENO) }

    /// Writes to the standard error; where that fails there is nobody left to tell.
    static func complain(_ text: String) { _ = put(text, to: STDERR_FILENO) }

    private static func put(_ text: String, to descriptor: Int32) -> String? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            // Whoever reads only the first lines has seen what they wanted.
            case EPIPE: return nil
            case let code: return String(cString: strerror(code))
            }
        }
        return nil
    }
}
