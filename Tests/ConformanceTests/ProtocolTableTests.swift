import SyncCore
import Testing

struct ProtocolTableTests {
    let document: ProtocolText

    init() throws { document = try ProtocolText() }

    @Test func `problems are those of the code, both ways`() throws {
        let rows = try document.table("type", "status")
        #expect(
            Set(rows)
                == Set(
                    ProblemType.allCases.map {
                        ["`\($0.rawValue)`", String($0.status), $0.advice]
                    }))
        #expect(rows.count == ProblemType.allCases.count)
        let newer = ProblemType.busy.uri + "-by-night"
        for (status, type) in [
            (401, ProblemType.notEnrolled), (404, .notFound), (408, .timeout), (413, .tooLarge),
            (429, .tooManyAttempts), (507, .full), (500, .busy), (599, .busy), (409, .malformed),
        ] {
            #expect(ProblemType(uri: newer, status: status) == type)
        }
        #expect(ProblemType(uri: "about:blank", status: 503) == nil)
        #expect(ProblemType.busy.uri == "urn:home-infusion-diary:problem:busy")
        #expect(document.text.contains("`urn:home-infusion-diary:problem:`"))
    }

    @Test func `refusals are those of the code, both ways`() throws {
        let names = try document.table("refusal").map { ProtocolText.code(in: $0[0]) }
        #expect(Set(names) == Set(Refusal.Kind.allCases.map { [$0.rawValue] }))
    }

    @Test func `limits are those of the code, both ways`() throws {
        let rows = try document.table("limit", "bytes").map { [$0[0], $0[1]] }
        let limits = [
            "header": SyncLimits.headerLength, "line": EventLine.lengthLimit,
            "section": Section.lengthLimit, "page": SyncLimits.pageLength,
            "message": SyncLimits.messageLength,
        ]
        #expect(Set(rows) == Set(limits.map { ["`\($0.key)`", String($0.value)] }))
        let text = document.text
        #expect(text.contains("2^53−1 = \(JSONValue.integerLimit)"))
        #expect(text.contains("nest at most \(JSONValue.depthLimit) deep"))
        #expect(text.contains("(−\(Timestamp.offsetLimit) to \(Timestamp.offsetLimit))"))
        #expect(text.contains("| `sync` | \(SyncLimits.version) |"))
        #expect(FieldName.isWellFormed(Array(repeating: UInt8(ascii: "a"), count: 64)))
        #expect(!FieldName.isWellFormed(Array(repeating: UInt8(ascii: "a"), count: 65)))
        #expect(text.contains("`[A-Za-z0-9._-]{1,64}`"))
    }

    @Test func `tags and lengths of signed texts are those of the code, both ways`() throws {
        let ids = try ExampleIdentifiers()
        let texts: [SignedText] = [
            .head(ids.diary, ids.position), .erasure(ids.diary, ids.position.id),
            .receipt(ids.diary, milliseconds: 1, frontier: []),
            .continuation(ids.diary, from: ids.position, to: ids.replica),
            .enrolment(
                clinic: ids.key, diary: ids.diary, replica: ids.replica, challenge: ids.challenge),
            .membership(ids.diary, firstReplica: ids.replica),
        ]
        let code = texts.map { text in
            let tag = String(decoding: text.octets.prefix { $0 != 0 }, as: UTF8.self)
            return ["`\(tag)`", String(text.octets.count)]
        }
        let rows = try document.table("tag", "then", "octets").map { [$0[0], $0[2]] }
        #expect(Set(rows) == Set(code))
    }

    @Test func `derivations are the hashes described`() throws {
        let ids = try ExampleIdentifiers()
        func hash(_ row: [String], _ octets: [UInt8]) throws -> [UInt8] {
            let tag = try #require(ProtocolText.code(in: row[0]).first)
            return SHA256Hash.octets(of: Array(tag.utf8) + [0] + octets)
        }
        let rows = try document.table("tag", "then", "gives")
        try #require(rows.count == 3)
        let nonce = try #require(Nonce(octets: ids.replica.octets))
        let diary = try hash(rows[0], ids.key.octets + nonce.octets)
        #expect(DiaryID(founder: ids.key, nonce: nonce).octets == Array(diary.prefix(16)))
        let replica = try hash(rows[1], ids.diary.octets + ids.key.octets + nonce.octets)
        #expect(
            ReplicaID(diary: ids.diary, key: ids.key, nonce: nonce).octets
                == Array(replica.prefix(16)))
        let fingerprint = try hash(rows[2], ids.key.octets)
        let first = fingerprint.prefix(5).reduce(0) { $0 * 256 + UInt64($1) } % 100_000
        #expect(ids.key.fingerprint.split(separator: " ").first.flatMap { UInt64($0) } == first)
    }

    @Test func `keys of small order are those listed`() throws {
        let rows = try document.table("order")
        #expect(rows.count == 5)
        for row in rows {
            var octets = try octets(ofHex: try #require(ProtocolText.code(in: row[1]).first))
            #expect(PublicKey(octets: octets) == nil)
            octets[31] |= 0x80
            #expect(PublicKey(octets: octets) == nil)
        }
    }

    @Test func `authorities of fields are those of the code, both ways`() throws {
        let rows = try document.table("kind", "field")
        // The table in the code is a function; its words are the quoted ones of its file.
        let code = try Repository.source("SyncCore/Standing/FieldAuthority.swift")
        let quoted = code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        try #require(quoted.contains("notice") && quoted.contains("ask"))
        let kinds = Set(rows.flatMap { ProtocolText.code(in: $0[0]) } + quoted + ["infusion"])
        let fields = Set(rows.flatMap { ProtocolText.code(in: $0[1]) } + quoted + ["status"])
        for kind in kinds {
            for field in fields {
                let row = try #require(
                    rows.first { row in
                        let named = ProtocolText.code(in: row[1])
                        return ProtocolText.code(in: row[0]).contains(kind)
                            && (named.isEmpty || named.contains(field))
                    } ?? rows.last)
                let said: FieldAuthority? =
                    switch row[2] {
                    case "any log": .anyone
                    case "the clinic's logs": .pinnedClinic
                    case "the clinic's and former clinics' logs": .clinic
                    case let text where text.contains("began the entry"): .clinicOrOwnChain
                    default: nil
                    }
                #expect(said == .of(field: field, kind: kind), "\(kind) \(field)")
            }
        }
    }

    @Test func `the engine's words stand in the text`() {
        let words = [
            Vocabulary.status, Vocabulary.replicaKind, Vocabulary.erasureKind,
            Vocabulary.personKind, Vocabulary.trusted, Vocabulary.access, Vocabulary.role,
            Vocabulary.label, Vocabulary.because, Vocabulary.erase, Vocabulary.signatures,
        ]
        for word in words { #expect(document.text.contains("`\(word)`"), "\(word)") }
        for value in [
            Vocabulary.active, Vocabulary.voided, Vocabulary.trustedAll, Vocabulary.open,
            Vocabulary.closed, Vocabulary.clinicRole,
        ] {
            #expect(document.text.contains("`\(value.canonicalText)`"))
        }
        #expect(document.text.contains("`\(Vocabulary.linkPrefix)<id>`"))
        #expect(document.text.contains("`{\"\(Vocabulary.events)\":["))
    }

    @Test func `links lead to headings`() {
        let anchors = Set(document.lines.filter { $0.hasPrefix("#") }.map(ProtocolText.anchor))
        let links = document.text.split(separator: "](#").dropFirst().map {
            String($0.prefix { $0 != ")" })
        }
        #expect(!links.isEmpty)
        for link in links { #expect(anchors.contains(link), "\(link)") }
    }
}

/// Any ids, to see how texts are put together.
struct ExampleIdentifiers {
    let key: PublicKey
    let diary: DiaryID
    let replica: ReplicaID
    let position: Position
    let challenge: Challenge

    init() throws {
        let octets = Array(UInt8(1)...32)
        key = try #require(SigningKey(seed: octets)).publicKey
        diary = try #require(DiaryID(octets: octets.prefix(16)))
        replica = try #require(ReplicaID(octets: octets.suffix(16)))
        position = Position(replica: replica, seq: 7, id: try #require(EventID(octets: octets)))
        challenge = try #require(Challenge(octets: octets))
    }
}
