internal import Glibc

/// Who holds a lock, as far as its file tells.
public struct LockHolder: Equatable, Sendable {
    public let process: Int
    public let command: String

    public init(process: Int, command: String) {
        self.process = process
        self.command = command
    }

    /// Writes this process into the file of a lock that it holds.
    static func note(in descriptor: Int32) {
        // Arguments may hold what a person typed; the name alone is enough to find the process.
        let name = CommandLine.arguments.first ?? ""
        let command = String(name.split(separator: "/").last ?? "")
        let note = Array("\(getpid()) \(command)\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = note.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Who wrote itself there; nil if nobody did.
    static func noted(in descriptor: Int32) -> LockHolder? {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        let words = text.split(separator: "\n").first?.split(separator: " ", maxSplits: 1) ?? []
        guard let first = words.first, let process = Int(first) else { return nil }
        return LockHolder(process: process, command: words.count > 1 ? String(words[1]) : "")
    }
}
