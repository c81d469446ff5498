/// A one-time code of a letter: a name of 4 characters to find it by, a secret of 10 (50 bits).
public struct EnrolmentCode: Sendable, Equatable, CustomStringConvertible {
    /// The part that is kept in clear.
    public let name: String
    /// The part that proves the letter was read; only printed.
    let secret: String

    static let nameLength = 4
    static let secretLength = 10

    init(using generator: inout some RandomNumberGenerator) {
        func draw(_ count: Int) -> String {
            Crockford.text(of: (0..<count).map { _ in Int.random(in: 0..<32, using: &generator) })
        }
        name = draw(Self.nameLength)
        secret = draw(Self.secretLength)
    }

    /// Reads what a person typed; nil if that can be no code.
    public init?(_ typed: String) {
        let length = Self.nameLength + Self.secretLength
        guard typed.utf8.count <= 64, let values = Crockford.values(of: typed, limit: length),
            values.count == length
        else { return nil }
        name = Crockford.text(of: values.prefix(Self.nameLength))
        secret = Crockford.text(of: values.dropFirst(Self.nameLength))
    }

    /// As a letter prints it: `K7QM-4TZN8-PWC2X`.
    public var description: String { "\(name)-\(secret.prefix(5))-\(secret.dropFirst(5))" }
}
