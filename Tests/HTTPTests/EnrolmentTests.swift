import ClinicServer
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore
import Testing
import TestSupport

@Suite(.serialized) struct EnrolmentTests {
    @Test func `Two devices join one patient and hold the same after syncing`() async throws {
        try await TestClinic.running { clinic in
            var laptop = try clinic.device("Anna's laptop")
            let first = try await laptop.join(clinic, code: clinic.code())
            #expect(!first.hadDiary)
            try laptop.write()
            #expect(try await laptop.sync().result == .equal)

            var phone = try clinic.device("Ben's phone")
            let second = try await phone.join(clinic, code: clinic.code(role: .carer))
            #expect(second.hadDiary)
            #expect(second.diary == first.diary)
            try phone.write()
            #expect(try await phone.sync().result == .equal)
            #expect(try await laptop.sync().result == .equal)
            #expect(try laptop.frontier() == phone.frontier())
            #expect(try clinic.eventCount() == laptop.eventCount())

            let devices = try clinic.clinic.devices(
                ofPatient: "P01", by: TestClinic.administrator)
            #expect(devices.map(\.role) == ["patient", "carer"])
            #expect(devices.allSatisfy { $0.isTrustedWholly && !$0.isClosed })
            #expect(devices.allSatisfy { $0.eventsToReview == 0 })
        }
    }

    @Test func `The code stays here if the letter has another key`() async throws {
        try await TestClinic.running { clinic in
            var device = try clinic.device("laptop")
            let code = try clinic.code()
            await #expect(throws: EnrolmentError.notConfirmed) {
                try await device.join(clinic, code: code, confirms: false)
            }
            try await device.join(clinic, code: code)
        }
    }

    @Test func `Unknown, used and expired codes get one and the same answer`() async throws {
        let clock = TestClock()
        try await TestClinic.running(clock: clock.read) { clinic in
            let used = try clinic.code()
            var device = try clinic.device("laptop")
            try await device.join(clinic, code: used)
            let expired = try clinic.clinic.enrol(
                patient: "P02", by: TestClinic.administrator, lifetimeMs: 1000
            ).code.description
            clock.advance(byMs: 2000)
            let wrong = try clinic.code().dropLast() + "?"
            var bodies: Set<[UInt8]> = []
            for code in [used, expired, "0000-00000-00000", String(wrong)] {
                let answer = try await RawHTTP.post(
                    "/v1/enrol/start", Array("{\"code\":\"\(code)\"}".utf8),
                    type: "application/json", port: clinic.port)
                #expect(answer.status == 403)
                bodies.insert(answer.body)
            }
            #expect(bodies.count == 1)
        }
    }

    @Test func `A code is read however it was typed`() throws {
        let code = try #require(EnrolmentCode("k7qm 4tzn8-pwc2x"))
        #expect(code.description == "K7QM-4TZN8-PWC2X")
        #expect(EnrolmentCode("K7QM-4TZN8-PWC2") == nil)
        #expect(EnrolmentCode("OIL0-00000-00000")?.description == "0110-00000-00000")
        #expect(EnrolmentCode("U000-00000-00000") == nil)
    }

    @Test func `Of many devices that race with one code exactly one joins`() async throws {
        try await TestClinic.running { clinic in
            let code = try clinic.code()
            let devices = try (0..<20).map { try clinic.device("device \($0)") }
            let joined = await withTaskGroup(of: Bool.self) { group in
                for device in devices {
                    group.addTask {
                        var device = device
                        return (try? await device.join(clinic, code: code)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(joined == 1)
            #expect(
                try clinic.clinic.devices(by: TestClinic.administrator).count == 1)
        }
    }

    @Test func `Guessing is answered with waiting`() async throws {
        try await TestClinic.running { clinic in
            var last = RawHTTP.Answer(status: 0, head: "", body: [])
            for _ in 0..<11 {
                last = try await RawHTTP.post(
                    "/v1/enrol/start", Array("{\"code\":\"K7QM-00000-00000\"}".utf8),
                    type: "application/json", port: clinic.port)
            }
            #expect(last.status == 429)
            #expect(last.head.lowercased().contains("retry-after:"))
        }
    }

    @Test func `A device brings the diary it kept, and a diary stays with its patient`()
        async throws
    {
        try await TestClinic.running { clinic in
            var laptop = try clinic.device("laptop")
            try await laptop.join(clinic, code: clinic.code())
            // The same device with another patient's code.
            await #expect(throws: EnrolmentError.refused(.diaryTaken)) {
                try await laptop.join(
                    clinic, code: clinic.code(for: "P02"), diary: laptop.diary)
            }
            // A new code for the same patient gives it a new token for the same diary.
            let before = try laptop.token()
            let again = try await laptop.join(clinic, code: clinic.code(), diary: laptop.diary)
            #expect(again.diary == laptop.diary)
            #expect(try laptop.token() != before)
            #expect(try await laptop.sync().result == .equal)
        }
    }

    @Test func `Staff log first, and the device that joins finds the diary`() async throws {
        try await TestClinic.running { clinic in
            try clinic.clinic.addPatient("P03", by: TestClinic.nurse)
            let diary = try clinic.clinic.diary(ofPatient: "P03", by: TestClinic.nurse)
            try clinic.clinic.act(
                "record", as: TestClinic.nurse, needing: .record, onPatient: "P03"
            ) { work in
                let author = try clinic.clinic.author(work.member, in: diary, work.transaction)
                _ = try clinic.clinic.record(in: diary, work.transaction) { commit, generator in
                    try commit.write(
                        .begin("note", set: ["text": "first visit"], author: author),
                        using: &generator)
                }
            }
            var device = try clinic.device("laptop")
            let joined = try await device.join(clinic, code: clinic.code(for: "P03"))
            #expect(joined.diary == diary)
            let outcome = try await device.sync()
            #expect(outcome.result == .equal)
            #expect(try device.eventCount() == clinic.eventCount())
            let acts = try clinic.clinic.database.read { transaction in
                try ClinicRecords(transaction).auditLines(AuditQuery()).map(\.act)
            }
            #expect(acts.contains("record"))
            #expect(acts.contains("enrol"))
        }
    }

    @Test func `What a role may not do is refused before anything is written`() async throws {
        try await TestClinic.running { clinic in
            #expect(throws: ClinicError.self) {
                try clinic.clinic.confirmDevices(by: TestClinic.nurse)
            }
            #expect(throws: ClinicError.unknownStaff) {
                try clinic.clinic.confirmDevices(by: "nobody")
            }
        }
    }

    @Test func `A recovery phrase makes the same key again and finds a slip`() throws {
        var generator = SystemRandomNumberGenerator()
        let phrase = RecoveryPhrase(using: &generator)
        let typed = phrase.description.lowercased()
        #expect(try RecoveryPhrase(typed) == phrase)
        #expect(
            try RecoveryPhrase(typed).signingKey.publicKey == phrase.signingKey.publicKey)
        let first: Character = phrase.description.first == "7" ? "8" : "7"
        #expect(throws: RecoveryPhrase.Flaw.checksum) {
            try RecoveryPhrase(String(first) + phrase.description.dropFirst())
        }
        #expect(throws: RecoveryPhrase.Flaw.length) { try RecoveryPhrase("7K2M") }
    }
}
