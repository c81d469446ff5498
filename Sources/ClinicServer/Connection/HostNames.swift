/// The names under which the clinic answers: a request for another host is not for it.
///
/// A page of another site can make a browser send requests here under that site's name; and a proxy
/// that hands on too much is better noticed than obeyed.
struct HostNames: Sendable {
    /// In lower case, without ports; nil if any will do.
    private let names: Set<String>?

    /// - Parameter configured: the names a proxy hands on; if none, the address that is listened at and
    ///   this computer's own names.
    init(listeningAt host: String, configured: [String]) {
        if !configured.isEmpty {
            names = Set(configured.map(Self.name(of:)))
        } else if ["0.0.0.0", "::"].contains(host) {
            // Every address of this computer, which nobody has listed.
            names = nil
        } else {
            names = [Self.name(of: host), "localhost", "127.0.0.1", "::1"]
        }
    }

    /// Whether the value of a `Host` header, or the authority of a target, is one of the names.
    func include(_ authority: String) -> Bool {
        guard let names else { return true }
        return names.contains(Self.name(of: authority))
    }

    /// The name alone: without port, brackets or a last dot.
    private static func name(of authority: String) -> String {
        let text = authority.lowercased()
        if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
        // More than one colon is an address of IPv6 without brackets.
        let name = text.filter { $0 == ":" }.count > 1 ? text[...] : text.prefix { $0 != ":" }
        return String(name.hasSuffix(".") ? name.dropLast() : name)
    }
}
