import SyncClient
import Testing

@Suite struct BackoffTests {
    @Test func `Retry-After is read as seconds or as a date`() {
        #expect(RetryAfter("120") == .seconds(120))
        #expect(RetryAfter("Sun, 06 Nov 1994 08:49:37 GMT") == .date(784_111_777_000))
        #expect(RetryAfter("Thu, 29 Feb 2024 00:00:00 GMT") == .date(1_709_164_800_000))
        for wrong in ["", "-1", "+5", "1.5", "9999999999", "soon", "Sun, 06 Nov 1994 08:49:37 CET"]
        {
            #expect(RetryAfter(wrong) == nil, "\(wrong)")
        }
        #expect(RetryAfter.date(5000).delay(nowMs: 2000) == .seconds(3))
        #expect(RetryAfter.date(5000).delay(nowMs: 9000) == .zero)
    }

    @Test func `What the clinic asks for is the least wait`() {
        var generator = SystemRandomNumberGenerator()
        var backoff = Backoff(first: .seconds(1), attemptLimit: 3, patience: .seconds(30))
        #expect(
            backoff.failed(retryAfter: .seconds(20), nowMs: 0, using: &generator)
                == .wait(.seconds(20)))
        #expect(
            backoff.failed(retryAfter: .date(25_000), nowMs: 0, using: &generator)
                == .wait(.seconds(25)))
    }

    @Test func `Waits double up to a cap, and attempts end`() {
        var generator = SystemRandomNumberGenerator()
        var backoff = Backoff(
            first: .seconds(1), cap: .seconds(8), attemptLimit: 6, patience: .seconds(30))
        for upper in [1, 2, 4, 8, 8] {
            guard
                case .wait(let wait) = backoff.failed(nowMs: 0, using: &generator)
            else {
                Issue.record("gave up early")
                return
            }
            #expect(wait <= .seconds(upper))
            #expect(wait >= .seconds(upper) / 2)
        }
        guard case .giveUp = backoff.failed(nowMs: 0, using: &generator) else {
            Issue.record("never gave up")
            return
        }
    }

    @Test func `A wait beyond patience is for another day`() {
        var generator = SystemRandomNumberGenerator()
        var backoff = Backoff()
        #expect(
            backoff.failed(retryAfter: .seconds(3600), nowMs: 0, using: &generator)
                == .giveUp(retryAfter: .seconds(3600)))
    }

    @Test func `Plain HTTP is for this computer alone`() throws {
        #expect(try ClinicAddress("https://clinic.example/").text == "https://clinic.example")
        #expect(try ClinicAddress("http://127.0.0.1:8080").host == "127.0.0.1")
        #expect(throws: ClinicAddress.Flaw.insecure) {
            try ClinicAddress("http://clinic.example")
        }
        for wrong in ["clinic.example", "ftp://clinic.example", "https://", "https://a@b"] {
            #expect(throws: ClinicAddress.Flaw.malformed) { try ClinicAddress(wrong) }
        }
    }
}
