extension DiaryID {
    /// The diary that the holder of `founder` begins: SHA-256(`diary-v1\0` ‖ key ‖ nonce), 16 octets of it.
    public init(founder: PublicKey, nonce: Nonce) {
        self = Self.derived(tag: "diary-v1", founder.octets + nonce.octets)
    }
}

extension ReplicaID {
    /// The log of `key` in `diary`: SHA-256(`diary-replica-v1\0` ‖ diary ‖ key ‖ nonce), 16 octets of it.
    public init(diary: DiaryID, key: PublicKey, nonce: Nonce) {
        self = Self.derived(tag: "diary-replica-v1", diary.octets + key.octets + nonce.octets)
    }
}

extension OpaqueIdentifier {
    fileprivate static func derived(tag: String, _ octets: [UInt8]) -> Self {
        let hash = SHA256Hash.octets(of: Array(tag.utf8) + [0] + octets)
        guard let value = Self(octets: hash.prefix(Self.octetCount)) else {
            preconditionFailure("a prefix of a hash has the length of an id")
        }
        return value
    }
}

extension PublicKey {
    /// What a person compares: six groups of five digits.
    ///
    /// Group i is octets 5i to 5i+4 of SHA-256(`diary-fingerprint-v1\0` ‖ key), big endian, modulo
    /// 100 000: some 99 bits in all.
    public var fingerprint: String {
        let hash = SHA256Hash.octets(of: Array("diary-fingerprint-v1".utf8) + [0] + octets)
        return stride(from: 0, to: 30, by: 5).map { start in
            let number = hash[start..<(start + 5)].reduce(0) { ($0 << 8) | UInt64($1) } % 100_000
            let digits = String(number)
            return String(repeating: "0", count: 5 - digits.count) + digits
        }.joined(separator: " ")
    }
}
