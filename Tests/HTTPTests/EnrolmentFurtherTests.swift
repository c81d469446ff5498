import ClinicServer
import DiaryStore
import SyncClient
import SyncCore
import TestSupport
import Testing

@Suite(.serialized) struct EnrolmentFurtherTests {
    @Test func `A device that brings its own diary joins the clinic's with the same code`()
        async throws
    {
        try await TestClinic.running { clinic in
            try clinic.staffWrite("P01")
            let first = try clinic.clinic.diary(ofPatient: "P01", by: TestClinic.nurse)
            var device = try RawJoining()
            device.further = [device.diary, first]
            let answer = try await device.join(clinic)
            #expect(answer.further.map(\.diary) == [first])
            let further = try #require(answer.further.first)
            let second = try await RawJoining(diary: first).finish(further.challenge, clinic)
            #expect(second.status == 200)
            #expect(second.further.isEmpty)
            let devices = try clinic.clinic.devices(
                ofPatient: "P01", by: TestClinic.administrator)
            #expect(devices.map(\.diary) == [first, device.diary])
        }
    }

    @Test func `A further challenge is good once, for its diary, for ten minutes`() async throws {
        let clock = TestClock()
        try await TestClinic.running(clock: clock.read) { clinic in
            try clinic.staffWrite("P01")
            try clinic.staffWrite("P02")
            let code = try clinic.code()
            let late = try await clinic.challenge(code: code)
            let answer = try await RawJoining().finish(clinic.challenge(code: code), clinic)
            let further = try #require(answer.further.first)
            let other = try clinic.clinic.diary(ofPatient: "P02", by: TestClinic.nurse)
            // Not for a diary of one's own, not for another patient's, and the code is used up.
            for device in [try RawJoining(), try RawJoining(diary: other)] {
                let refused = try await device.finish(further.challenge, clinic)
                #expect(refused.problem == "wrong-challenge")
            }
            #expect(try await RawJoining().finish(late, clinic).problem == "wrong-challenge")

            let device = try RawJoining(diary: further.diary)
            #expect(try await device.finish(further.challenge, clinic).status == 200)
            for again in [device, try RawJoining(diary: further.diary)] {
                let refused = try await again.finish(further.challenge, clinic)
                #expect(refused.problem == "wrong-challenge")
            }

            let second = try await RawJoining().join(clinic)
            let slow = try #require(second.further.first)
            clock.advance(byMs: 10 * 60 * 1000)
            let refused = try await RawJoining(diary: slow.diary).finish(slow.challenge, clinic)
            #expect(refused.problem == "wrong-challenge")
        }
    }

    @Test func `A device brings several diaries with one code, and none of another patient's`()
        async throws
    {
        try await TestClinic.running { clinic in
            let taken = try RawJoining()
            #expect(try await taken.join(clinic, patient: "P02").status == 200)
            var device = try RawJoining()
            let own = try RawJoining()
            device.further = [own.diary, taken.diary, .unknown]
            let answer = try await device.join(clinic)
            // Whether a diary is known here is told by nothing in the answer.
            #expect(answer.further.map(\.diary) == device.further)
            let challenges = answer.further.map(\.challenge)
            #expect(try await own.finish(challenges[0], clinic).status == 200)
            #expect(try await taken.finish(challenges[1], clinic).problem == "diary-taken")
            let nobody = try RawJoining(diary: device.further[2])
            #expect(try await nobody.finish(challenges[2], clinic).problem == "not-found")
            #expect(
                try clinic.clinic.devices(ofPatient: "P01", by: TestClinic.administrator).count
                    == 2)

            device.further = (0..<17).map { _ in .unknown }
            #expect(try await device.join(clinic).problem == "malformed")
        }
    }

    @Test func `A device that has joined takes the others with its next code`() async throws {
        try await TestClinic.running { clinic in
            var phone = try await clinic.enrolled("phone")
            let laptop = try RawJoining()
            #expect(try await laptop.join(clinic).status == 200)
            let first = phone.diary
            let again = try await phone.join(clinic, code: clinic.code(), diary: first)
            #expect(again.diary == first)
            #expect(again.further == [laptop.diary])
            let patients = try phone.database.read { try PatientDiaries.all(in: $0) }
            #expect(patients.map(\.main.id) == [first])
            #expect(patients.first?.further.map(\.id) == [laptop.diary])
        }
    }

    @Test func `What the clinic does not take beside is said, and the rest is joined`() async throws
    {
        try await TestClinic.running { clinic in
            let ours = try RawJoining()
            #expect(try await ours.join(clinic).status == 200)
            var device = try clinic.device("laptop")
            let joined = try await device.join(
                clinic, code: clinic.code(), diary: nil, further: [.unknown])
            #expect(joined.diary == ours.diary)
            #expect(joined.missed == .refused(.notFound))
            #expect(try await device.sync().result == .equal)
            let patients = try device.database.read { try PatientDiaries.all(in: $0) }
            #expect(patients.map(\.main.id) == [ours.diary])
        }
    }
}
