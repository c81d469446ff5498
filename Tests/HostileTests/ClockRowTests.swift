import SeededRandom
import SyncCore
import Testing
import TestSupport

/// A24, A27 and A28: requests sent again, and clocks that say what was never written.
extension HostileTable {
    struct Clocks {
        @Test func `a whole request sent again has no second effect, and none elsewhere`()
            async throws
        {
            let clinic = try await HostileClinic.begin()
            var device = try await clinic.device()
            let line = try device.line()
            let recorded = device.wire(device.request([device.section([line])]))
            _ = try await RawHTTP.exchange(recorded, port: clinic.port)
            device.tip = line.position
            let other = try await SharedClinic.get()
            try await other.row("A24", "a recorded request, to another clinic") {
                let answer = try await RawHTTP.exchange(recorded, port: other.port)
                #expect(answer.summary == "401 not-enrolled")
                return answer.summary
            }
            for (input, pause) in [("a minute later", 60_000), ("a day later", 86_400_000)]
                as [(String, Int64)]
            {
                clinic.household.now += pause
                try clinic.household.close()
                try clinic.household.open()
                try await clinic.row("A24", "a recorded request, \(input)") {
                    let answer = try SyncAnswer(
                        await RawHTTP.exchange(recorded, port: clinic.port).body)
                    #expect(answer.taken == 1)
                    return answer.summary
                }
            }
        }

        /// As many positions that nobody ever wrote.
        private func unwritten(_ count: Int, seq: Int = 7) -> [Position] {
            var generator = SplitMix64(seed: 27)
            return (0..<count).map { _ in
                Position(
                    replica: ReplicaID.random(using: &generator), seq: seq,
                    id: EventID.random(using: &generator))
            }
        }

        @Test(arguments: [(100_000, "413 too-large"), (20_000, "413 too-large"), (12_000, "")])
        func `a clock beyond the stated bytes is too large, one within is only lacking`(
            count: Int, problem: String
        ) async throws {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            try await clinic.row("A27", "a frontier of \(count) positions") {
                let body = device.request(frontier: unwritten(count))
                let answer = try await device.post(body, port: clinic.port)
                guard problem.isEmpty else {
                    #expect(answer.summary == problem)
                    return answer.summary
                }
                let said = try SyncAnswer(answer.body)
                #expect(said.lacks.positions.count == count)
                #expect(said.sections.isEmpty)
                return said.summary
            }
        }

        @Test func `a context that is too long, of another entry or unseen stores nothing`()
            async throws
        {
            let clinic = try await SharedClinic.get()
            var device = try await clinic.device()
            let note = try device.line()
            _ = try await device.sync([device.section([note])], port: clinic.port)
            device.tip = note.position
            try await clinic.row("A27", "a context of 100,000 positions") {
                let text = String(decoding: try device.line().bytes, as: UTF8.self)
                let clock = VectorClock(unwritten(10_000)).json.canonicalBytes
                let line = text.replacing(
                    "\"context\":[]", with: "\"context\":" + String(decoding: clock, as: UTF8.self))
                let answer = try await device.sync(
                    [Section(lines: [Array(line.utf8)], heads: [])], port: clinic.port)
                #expect(answer.refused?.type == .malformed)
                return answer.summary
            }
            try await clinic.row("A27", "a context that was never written") {
                let line = try device.line {
                    $0.subject = .entry(note.position)
                    $0.context = unwritten(3)
                }
                let answer = try await device.sync([device.section([line])], port: clinic.port)
                #expect(answer.taken == 0)
                #expect(answer.refused == nil)
                return answer.summary
            }
            try await clinic.row("A27", "a context of another entry") {
                let line = try device.line {
                    $0.subject = .entry(note.position)
                    $0.context = [device.introduction.position]
                }
                let answer = try await device.sync([device.section([line])], port: clinic.port)
                #expect(answer.refused?.type == .malformed)
                return answer.summary
            }
            for seq in ["-1", "0", "9007199254740992"] {
                try await clinic.row("A28", "a context with seq \(seq)") {
                    let line = try device.line {
                        $0.subject = .entry(note.position)
                        $0.context = [note.position]
                    }
                    let text = String(decoding: line.bytes, as: UTF8.self).replacing(
                        "\"context\":[[\"\(device.replica.text)\",2,",
                        with: "\"context\":[[\"\(device.replica.text)\",\(seq),")
                    let answer = try await device.sync(
                        [Section(lines: [Array(text.utf8)], heads: [])], port: clinic.port)
                    #expect(answer.refused?.type == .malformed)
                    return answer.summary
                }
            }
        }

        @Test(arguments: [
            ("-1", "422 malformed"), ("0", "422 malformed"), ("1.5", "400 malformed"),
            ("9007199254740992", "400 malformed"), ("\"7\"", "422 malformed"),
        ])
        func `a frontier of impossible positions is refused by its form`(
            seq: String, problem: String
        ) async throws {
            let clinic = try await SharedClinic.get()
            let device = clinic.honest
            let id = device.tip.id.text
            try await clinic.row("A28", "a frontier with seq \(seq)") {
                let body = """
                    {"diary":"\(device.diary.text)","frontier":\
                    [["\(device.replica.text)",\(seq),"\(id)"]],"sync":1}

                    """
                let answer = try await device.post(Array(body.utf8), port: clinic.port)
                #expect(answer.summary == problem)
                return answer.summary
            }
        }

        @Test func `positions of others, changed or huge, are lacking and give nothing`()
            async throws
        {
            let clinic = try await SharedClinic.get()
            let device = try await clinic.device()
            let other = try await clinic.device()
            var generator = SplitMix64(seed: 28)
            let tip = device.tip
            let inputs: [(String, Position)] = [
                ("of another patient's diary", other.tip),
                (
                    "with another id",
                    Position(
                        replica: tip.replica, seq: tip.seq, id: EventID.random(using: &generator))
                ),
                ("with another seq", Position(replica: tip.replica, seq: 2, id: tip.id)),
                (
                    "as high as can be",
                    Position(
                        replica: tip.replica, seq: 9_007_199_254_740_991, id: tip.id)
                ),
            ]
            for (input, position) in inputs {
                try await clinic.row("A28", "a position \(input)") {
                    let answer = try await device.sync(
                        [], frontier: [device.tip, position], port: clinic.port)
                    #expect(answer.lacks.positions == [position])
                    #expect(answer.sections.isEmpty)
                    return answer.summary
                }
            }
        }
    }
}
