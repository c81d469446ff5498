/// The address in a clinic's letter: `https://clinic.example`, perhaps with a port and a path.
public struct ClinicAddress: Sendable, Equatable {
    /// Without a slash at its end.
    public let text: String
    /// For people: the host alone.
    public let host: String
    public let isSecure: Bool
    /// Where it listens: the usual port unless the address says another.
    public let port: Int

    /// Why an address cannot be a clinic's.
    public enum Flaw: Error, Equatable, Sendable {
        case malformed
        /// Plain HTTP beyond this computer, where it was not allowed.
        case insecure
    }

    /// - Parameter insecureHTTP: allows plain HTTP to other computers.
    public init(_ typed: String, insecureHTTP: Bool = false) throws(Flaw) {
        var text = typed
        while text.hasSuffix("/") { text.removeLast() }
        guard text.utf8.count <= 1024,
            text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }),
            !text.contains(where: { "@?#\"<>\\^`{|}".contains($0) })
        else { throw .malformed }
        let lower = text.lowercased()
        isSecure = lower.hasPrefix("https://")
        guard isSecure || lower.hasPrefix("http://") else { throw .malformed }
        let rest = text.dropFirst(isSecure ? 8 : 7)
        let authority = rest.prefix { $0 != "/" }
        let host: Substring
        if authority.first == "[" {
            host = authority.dropFirst().prefix { $0 != "]" }
        } else {
            host = authority.prefix { $0 != ":" }
        }
        guard !host.isEmpty else { throw .malformed }
        let afterHost = authority.dropFirst(host.count + (authority.first == "[" ? 2 : 0))
        guard let port = Self.port(afterHost, usual: isSecure ? 443 : 80) else { throw .malformed }
        self.port = port
        self.text = text
        self.host = String(host)
        let isHere =
            self.host == "localhost" || self.host == "::1" || self.host.hasPrefix("127.")
        guard isSecure || insecureHTTP || isHere else { throw .insecure }
    }

    /// The port in what follows the host: nothing, or a colon and a number.
    private static func port(_ text: Substring, usual: Int) -> Int? {
        if text.isEmpty { return usual }
        guard text.first == ":", (2...6).contains(text.utf8.count),
            text.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
            let port = Int(text.dropFirst()), (1...65535).contains(port)
        else { return nil }
        return port
    }
}
