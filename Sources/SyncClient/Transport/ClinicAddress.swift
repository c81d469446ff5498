/// The address in a clinic's letter: `https://clinic.example`, perhaps with a port and a path.
public struct ClinicAddress: Sendable, Equatable {
    /// Without a slash at its end.
    public let text: String
    /// For people: the host alone.
    public let host: String
    public let isSecure: Bool

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
        self.text = text
        self.host = String(host)
        let isHere =
            self.host == "localhost" || self.host == "::1" || self.host.hasPrefix("127.")
        guard isSecure || insecureHTTP || isHere else { throw .insecure }
    }
}
