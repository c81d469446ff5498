import ClinicServer
import SyncCore
import TestSupport
import Testing

@Suite(.serialized) struct EnrolmentChainTests {
    /// A sanitizer's pace makes of hundreds more than the server waits for.
    private static let longest = Sanitizer.isWatching ? 50 : 500

    @Test(arguments: [0, 1, 3, longest])
    func `A device that was put back so often proves who it is through its chain`(
        _ length: Int
    ) async throws {
        try await TestClinic.running { clinic in
            var device = try RawJoining()
            for _ in 0..<length { device.goOn() }
            let answer = try await device.join(clinic)
            #expect(answer.status == 200, "\(answer.problem ?? "")")
        }
    }

    @Test func `A chain with one flaw is refused for it, and the code stays good`() async throws {
        try await TestClinic.running { clinic in
            let stranger = try RawJoining()
            var flawed: [(why: String, device: RawJoining, problem: String)] = []

            var device = try RawJoining()
            device.goOn()
            device.goOn(continuing: device.firstReplica)
            flawed.append(("a link that leaves one out", device, "malformed"))

            device = try RawJoining()
            device.goOn(signedBy: stranger.present.key)
            flawed.append(("a link signed by a stranger", device, "wrong-challenge"))

            device = try RawJoining()
            for _ in 0..<3 { device.goOn() }
            device.chain.swapAt(1, 2)
            flawed.append(("two links in the wrong order", device, "malformed"))

            device = try RawJoining()
            for _ in 0..<2 { device.goOn() }
            device.chain.removeLast()
            flawed.append(("a chain that ends below the present replica", device, "malformed"))

            device = try RawJoining()
            device.goOn()
            var link = try #require(device.chain[0].objectValue)
            link["nonce"] = .string(stranger.nonce.text)
            device.chain[0] = .object(link)
            flawed.append(("a replica of another nonce", device, "wrong-challenge"))

            device = try RawJoining()
            device.goOn()
            link = try #require(device.chain[0].objectValue)
            link["key"] = .string(String(repeating: "A", count: 43))
            device.chain[0] = .object(link)
            flawed.append(("a weak key", device, "weak-key"))

            device = try RawJoining()
            device.replica = stranger.firstReplica
            flawed.append(("another's replica", device, "malformed"))

            device = try RawJoining()
            device.headCount = 2
            flawed.append(("two heads", device, "malformed"))

            device = try RawJoining()
            for _ in 0..<501 { device.goOn() }
            flawed.append(("a link too many", device, "malformed"))

            let code = try clinic.code()
            for (why, device, problem) in flawed {
                let answer = try await device.finish(clinic.challenge(code: code), clinic)
                #expect(answer.problem == problem, "\(why)")
            }
            #expect(
                try await RawJoining().finish(clinic.challenge(code: code), clinic).status == 200)
        }
    }

    @Test func `Half a mebibyte is read of somebody not yet known, and not a byte more`()
        async throws
    {
        try await TestClinic.running { clinic in
            let limit = 524_288
            for (length, problem) in [(limit, "malformed"), (limit + 1, "too-large")] {
                let answer = try await RawHTTP.post(
                    "/v1/enrol/finish", [UInt8](repeating: UInt8(ascii: "a"), count: length),
                    type: "application/x-ndjson", port: clinic.port)
                #expect(answer.problem == problem)
            }
        }
    }
}
