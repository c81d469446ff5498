/// What is signed, to the byte: a tag of its own for each purpose, then fields of fixed length.
///
/// Tags differ and lengths are fixed, so nothing signed for one purpose serves another.
public struct SignedText: Sendable, Equatable {
    public let octets: [UInt8]

    private init(tag: StaticString, _ parts: [UInt8]...) {
        var octets = tag.withUTF8Buffer { Array($0) }
        octets.append(0)
        for part in parts { octets += part }
        self.octets = octets
    }

    /// A log up to a position, by its replica's key.
    public static func head(_ diary: DiaryID, _ position: Position) -> SignedText {
        SignedText(tag: "diary-head-v1", diary.octets, position.octets)
    }

    /// What a clinic holds durably, by the clinic's key; `frontier` is its canonical JSON.
    public static func receipt(
        _ diary: DiaryID, milliseconds: Int64, frontier: [UInt8]
    ) -> SignedText {
        SignedText(
            tag: "diary-receipt-v1", diary.octets, milliseconds.bigEndianOctets,
            SHA256Hash.octets(of: frontier))
    }

    /// That a body is erased by order, by the clinic's key.
    public static func erasure(_ diary: DiaryID, _ event: EventID) -> SignedText {
        SignedText(tag: "diary-erased-v1", diary.octets, event.octets)
    }

    /// That `new` goes on from a position, by that position's replica's key.
    public static func continuation(
        _ diary: DiaryID, from position: Position, to new: ReplicaID
    ) -> SignedText {
        SignedText(tag: "diary-continue-v1", diary.octets, position.octets, new.octets)
    }

    /// That a replica's holder is here now, by that replica's key.
    public static func enrolment(
        clinic: PublicKey, diary: DiaryID, replica: ReplicaID, challenge: Challenge
    ) -> SignedText {
        SignedText(
            tag: "diary-enrol-v1", clinic.octets, diary.octets, replica.octets, challenge.octets)
    }

    /// That the device of this first replica joined this diary here, by the clinic's key.
    public static func membership(_ diary: DiaryID, firstReplica: ReplicaID) -> SignedText {
        SignedText(tag: "diary-member-v1", diary.octets, firstReplica.octets)
    }
}

extension Position {
    /// Replica (16), seq (8, big endian), id (32).
    fileprivate var octets: [UInt8] {
        replica.octets + UInt64(clamping: seq).bigEndianOctets + id.octets
    }
}
