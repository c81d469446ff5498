internal import Foundation

/// Where a clinic is: an origin, and perhaps a path before `/v1`.
public struct ClinicAddress: Sendable, Equatable, CustomStringConvertible {
    /// The base without a slash at its end.
    public let base: String
    public let host: String

    /// Why what was typed is no address to send a diary to.
    public enum Flaw: Error, Equatable, Sendable {
        case notAnAddress
        /// Plain HTTP to another computer can be read and changed on the way.
        case insecure(host: String)
    }

    /// - Parameter allowInsecure: takes plain HTTP beyond this computer.
    public init(_ typed: String, allowInsecure: Bool = false) throws(Flaw) {
        var text = typed
        while text.hasSuffix("/") { text.removeLast() }
        guard text.utf8.count <= 2000, let url = URLComponents(string: text),
            let host = url.host, !host.isEmpty, url.query == nil, url.fragment == nil,
            url.user == nil, url.password == nil
        else { throw .notAnAddress }
        switch url.scheme {
        case "https": break
        case "http":
            let loopback = host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
            guard loopback || allowInsecure else { throw .insecure(host: host) }
        default: throw .notAnAddress
        }
        base = text
        self.host = host
    }

    public var description: String { base }
}
