internal import NIOCore

/// Where the clinic listens. Without TLS only this computer may be listened to.
public struct ListenAddress: Sendable, Equatable {
    public let host: String
    public let port: Int
    /// The names a proxy hands on; empty if devices come here directly.
    public let names: [String]

    /// Why an address is not listened at.
    public enum Refusal: Error, Equatable, Sendable {
        /// Plain HTTP would carry diaries and tokens over a network readably. Put a proxy that speaks
        /// TLS in front, or say that the network is safe.
        case insecure(host: String)
        case port(Int)
        case host(String)
    }

    /// - Parameters:
    ///   - names: the hosts that requests may name; without any, the address that is listened at and
    ///     this computer's own.
    ///   - insecureHTTP: allows plain HTTP beyond this computer.
    public init(
        host: String = "127.0.0.1", port: Int, names: [String] = [], insecureHTTP: Bool = false
    ) throws(Refusal) {
        guard (0...65535).contains(port) else { throw .port(port) }
        if !insecureHTTP {
            guard Self.isLoopback(host) else { throw .insecure(host: host) }
        }
        self.host = host
        self.port = port
        self.names = names
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" { return true }
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
        return switch address {
        case .v4: host.hasPrefix("127.")
        case .v6: address.ipAddress == "::1"
        case .unixDomainSocket: false
        }
    }
}
