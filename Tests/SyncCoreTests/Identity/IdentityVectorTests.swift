import SyncCore
import Testing

@Suite struct `Ids, keys and signatures by fixed vectors` {
    let key: SigningKey
    let diary: DiaryID
    let position: Position
    let next: ReplicaID

    init() throws {
        key = try #require(SigningKey(seed: Vectors.seed))
        diary = try #require(DiaryID(Vectors.diary))
        let replica = try #require(ReplicaID(Vectors.replica))
        position = Position(
            replica: replica, seq: 7, id: try #require(EventID(Vectors.event)))
        next = try #require(ReplicaID(octets: Array(100..<116 as Range<UInt8>)))
    }

    @Test func `Names follow from key and nonce`() throws {
        let nonce = try #require(Nonce(Vectors.nonce))
        #expect(key.publicKey.text == Vectors.key)
        #expect(DiaryID(founder: key.publicKey, nonce: nonce).text == Vectors.diary)
        #expect(
            ReplicaID(diary: diary, key: key.publicKey, nonce: nonce).text == Vectors.replica)
        #expect(SHA256Hash.octets(of: Array("an envelope".utf8)) == position.id.octets)
    }

    @Test func `A fingerprint is six groups of five digits`() {
        #expect(key.publicKey.fingerprint == Vectors.fingerprint)
    }

    @Test func `Every signed text is signed to the byte`() throws {
        let challenge = try #require(Challenge(octets: Array(0..<32 as Range<UInt8>)))
        let frontier = VectorClock([position])
        let receipt = Receipt(
            diary: diary, frontier: frontier, milliseconds: 1_774_775_645_000, key: key)
        #expect(key.sign(.head(diary, position)).text == Vectors.head)
        #expect(receipt.signature.text == Vectors.receipt)
        #expect(key.sign(.erasure(diary, position.id)).text == Vectors.erasure)
        let continuation = SignedText.continuation(diary, from: position, to: next)
        #expect(key.sign(continuation).text == Vectors.continuation)
        let enrolment = SignedText.enrolment(
            clinic: key.publicKey, diary: diary, replica: position.replica, challenge: challenge)
        #expect(key.sign(enrolment).text == Vectors.enrolment)
    }

    @Test func `What was signed for one purpose serves no other`() throws {
        let challenge = try #require(Challenge(octets: position.id.octets))
        let texts: [SignedText] = [
            .head(diary, position), .erasure(diary, position.id),
            .receipt(diary, milliseconds: 7, frontier: position.id.octets),
            .continuation(diary, from: position, to: next),
            .enrolment(
                clinic: key.publicKey, diary: diary, replica: position.replica,
                challenge: challenge),
            .membership(diary, firstReplica: position.replica),
        ]
        for (number, signed) in texts.enumerated() {
            let signature = key.sign(signed)
            for (other, text) in texts.enumerated() {
                #expect(key.publicKey.verifies(signature, over: text) == (other == number))
            }
        }
    }

    @Test func `A receipt is of one frontier, one diary, one time and one clinic`() throws {
        let frontier = VectorClock([position])
        let receipt = Receipt(diary: diary, frontier: frontier, milliseconds: 5, key: key)
        let stranger = Pen(seed: 3).key.publicKey
        let later = Receipt(milliseconds: 6, signature: receipt.signature)
        #expect(receipt.isGenuine(of: frontier, diary: diary, clinic: key.publicKey))
        #expect(!receipt.isGenuine(of: VectorClock(), diary: diary, clinic: key.publicKey))
        #expect(!receipt.isGenuine(of: frontier, diary: .test, clinic: key.publicKey))
        #expect(!receipt.isGenuine(of: frontier, diary: diary, clinic: stranger))
        #expect(!later.isGenuine(of: frontier, diary: diary, clinic: key.publicKey))
    }

    @Test func `A signature with S of the group's order or more is refused`() throws {
        let text = SignedText.erasure(diary, position.id)
        let good = try #require(Signature(Vectors.erasure))
        let malleated = try #require(Signature(Vectors.malleated))
        #expect(key.publicKey.verifies(good, over: text))
        #expect(!key.publicKey.verifies(malleated, over: text))
    }

    @Test func `No signature verifies with a bit changed, and none of zeros`() throws {
        let text = SignedText.head(diary, position)
        let good = key.sign(text).octets
        for bit in stride(from: 0, to: 512, by: 37) {
            var octets = good
            octets[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = try #require(Signature(octets: octets))
            #expect(!key.publicKey.verifies(changed, over: text))
        }
        let zeros = try #require(Signature(octets: [UInt8](repeating: 0, count: 64)))
        #expect(!key.publicKey.verifies(zeros, over: text))
    }
}
