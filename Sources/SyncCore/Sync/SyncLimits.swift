/// The limits of one message, all in bytes.
public enum SyncLimits {
    /// The version of the protocol that `sync` in a header names.
    public static let version: Int64 = 1
    /// A header line, its newline not counted: the clock of some 13 000 logs. A heads line, too.
    public static let headerLength = 1024 * 1024
    /// The lines of a page, newlines counted.
    public static let pageLength = PageLimit.http.bytes
    /// A whole request or answer: a page, its heads and its header.
    public static let messageLength = 4 * 1024 * 1024
}
