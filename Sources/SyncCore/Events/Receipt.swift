/// The clinic's signed statement of the frontier it holds durably.
public struct Receipt: Sendable, Hashable {
    /// When, by the clinic's clock, in milliseconds since 1970.
    public let milliseconds: Int64
    public let signature: Signature

    public init(milliseconds: Int64, signature: Signature) {
        self.milliseconds = milliseconds
        self.signature = signature
    }

    /// Signs that `frontier` is held durably now.
    public init(diary: DiaryID, frontier: VectorClock, milliseconds: Int64, key: SigningKey) {
        let text = SignedText.receipt(
            diary, milliseconds: milliseconds, frontier: frontier.json.canonicalBytes)
        self.init(milliseconds: milliseconds, signature: key.sign(text))
    }

    /// Whether this is `clinic`'s statement of exactly this frontier.
    public func isGenuine(of frontier: VectorClock, diary: DiaryID, clinic: PublicKey) -> Bool {
        let text = SignedText.receipt(
            diary, milliseconds: milliseconds, frontier: frontier.json.canonicalBytes)
        return clinic.verifies(signature, over: text)
    }

    public var json: JSONValue {
        ["ms": .integer(milliseconds), "signature": .string(signature.text)]
    }

    public init?(json: JSONValue) {
        guard let milliseconds = json["ms"]?.integerValue,
            let signature = json["signature"]?.stringValue.flatMap({ Signature($0) })
        else { return nil }
        self.init(milliseconds: milliseconds, signature: signature)
    }
}
