import ClinicServer
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore
import TestSupport
import Testing

/// A clinic whose disk is lost begins again from paper, and the devices bring everything back.
@Suite(.serialized) struct EnrolmentRecoveryTests {
    @Test func `A diary that the clinic founded comes back through the only device`() async throws {
        let clinics = try TestClinic.LostDisk()
        var laptop = try clinics.device("laptop")
        try await clinics.before { clinic in
            try clinic.staffWrite("P03")
            try await laptop.join(clinic, code: clinic.code(for: "P03"))
            try laptop.write()
            #expect(try await laptop.sync().result == .equal)
        }
        let events = try laptop.eventCount()
        try await clinics.after { clinic in
            let again = try await laptop.join(
                clinic, code: clinic.code(for: "P03"), diary: laptop.diary)
            #expect(again.diary == laptop.diary)
            #expect(!again.hadDiary)
            #expect(try await laptop.sync().result == .unconfirmed)
            // All that was lost, and a log and a word of the clinic begun again.
            #expect(try clinic.eventCount() == events + 2)
            try clinic.clinic.confirmDevices(by: TestClinic.administrator)
            #expect(try await laptop.sync().result == .equal)
            #expect(try laptop.eventCount() == events + 2)

            try clinic.staffWrite("P03")
            #expect(try await laptop.sync().result == .equal)
            let device = try #require(
                try clinic.clinic.devices(ofPatient: "P03", by: TestClinic.administrator).first)
            #expect(device.isTrustedWholly && device.eventsToReview == 0)
        }
    }

    @Test func `A device that was put back brings it through its chain`() async throws {
        try await TestClinic.running { clinic in
            var device = try RawJoining(diary: .unknown)
            device.member = clinic.clinic.key.sign(
                .membership(device.diary, firstReplica: device.firstReplica))
            for _ in 0..<3 { device.goOn() }
            #expect(try await device.join(clinic).status == 200)
        }
    }

    @Test func `What another clinic signed, or for another device or diary, brings nothing`()
        async throws
    {
        try await TestClinic.running { clinic in
            let key = clinic.clinic.key
            var generator = SystemRandomNumberGenerator()
            let other = SigningKey.random(using: &generator)
            let code = try clinic.code()
            var device = try RawJoining(diary: .unknown)
            let own = SignedText.membership(device.diary, firstReplica: device.firstReplica)
            let stranger = try RawJoining(diary: .unknown)
            let elsewhere = try RawJoining()
            var bodies: Set<[UInt8]> = []
            for member in [
                nil, other.sign(own), device.present.key.sign(own),
                key.sign(.membership(device.diary, firstReplica: stranger.firstReplica)),
                key.sign(.membership(elsewhere.diary, firstReplica: device.firstReplica)),
            ] {
                device.member = member
                let answer = try await device.finish(clinic.challenge(code: code), clinic)
                #expect(answer.problem == "not-found")
                bodies.insert(answer.body)
            }
            #expect(bodies.count == 1)
            // It attaches nothing that is attached already.
            device.member = key.sign(own)
            #expect(
                try await device.finish(clinic.challenge(code: code), clinic).status == 200)
            #expect(try await device.join(clinic, patient: "P02").problem == "diary-taken")
        }
    }

    @Test func `A diary comes back beside the one that staff have begun meanwhile`() async throws {
        let clinics = try TestClinic.LostDisk()
        var laptop = try clinics.device("laptop")
        try await clinics.before { clinic in
            try clinic.staffWrite("P03")
            try await laptop.join(clinic, code: clinic.code(for: "P03"))
            #expect(try await laptop.sync().result == .equal)
        }
        let old = try #require(laptop.diary)
        try await clinics.after { clinic in
            try clinic.staffWrite("P03")
            let new = try clinic.clinic.diary(ofPatient: "P03", by: TestClinic.nurse)
            #expect(new != old)
            let joined = try await laptop.join(
                clinic, code: clinic.code(for: "P03"), diary: old)
            #expect(joined.further == [new])
            #expect(joined.missed == nil)
            try clinic.clinic.confirmDevices(by: TestClinic.administrator)
            for diary in [old, new] {
                laptop.diary = diary
                #expect(try await laptop.sync().result == .equal)
            }
            let patients = try laptop.database.read { try PatientDiaries.all(in: $0) }
            #expect(patients.count == 1)
            #expect(patients.first?.main.id == new)
            #expect(patients.first?.further.map(\.id) == [old])
        }
    }

    @Test func `A device that kept two diaries of a patient brings both with one code`()
        async throws
    {
        let clinics = try TestClinic.LostDisk()
        var laptop = try clinics.device("laptop")
        try await clinics.before { clinic in
            try clinic.staffWrite("P01")
            #expect(try await RawJoining().join(clinic).status == 200)
            let joined = try await laptop.join(clinic, code: clinic.code())
            #expect(joined.further.count == 1)
        }
        let diaries = try laptop.database.read { try $0.diaries() }.map(\.id)
        let main = try #require(laptop.diary)
        try await clinics.after { clinic in
            let further = diaries.filter { $0 != main }
            let joined = try await laptop.join(
                clinic, code: clinic.code(), diary: main, further: further)
            #expect(joined.diary == main)
            #expect(joined.further == further)
            let devices = try clinic.clinic.devices(by: TestClinic.administrator)
            #expect(devices.map(\.diary) == [main] + further)
        }
    }

    @Test
    func `A device closed before the loss comes in with a code, and is closed once that is heard`()
        async throws
    {
        let clinics = try TestClinic.LostDisk()
        var laptop = try clinics.device("laptop")
        var phone = try clinics.device("phone")
        try await clinics.before { clinic in
            try await laptop.join(clinic, code: clinic.code())
            try await phone.join(clinic, code: clinic.code(role: .carer))
            #expect(try await phone.sync().result == .equal)
            try clinic.close("phone")
            #expect(try await laptop.sync().result == .equal)
        }
        try await clinics.after { clinic in
            try await phone.join(clinic, code: clinic.code(role: .carer), diary: phone.diary)
            #expect(try await phone.sync().result == .unconfirmed)
            // The phone brought the laptop's log, which the clinic lists, too.
            #expect(try clinic.status(of: "phone").isOpenHere)
            try await laptop.join(clinic, code: clinic.code(), diary: laptop.diary)
            _ = try await laptop.sync()
            let known = try clinic.clinic.devices(by: TestClinic.administrator)
            #expect(known.map(\.label) == ["phone", "laptop"])
            #expect(known.map(\.isClosed) == [true, false])
        }
    }
}

extension TestClinic {
    /// A clinic with one disk that is lost and another that is begun from its recovery phrase.
    struct LostDisk {
        private let scratch: Scratch
        private let old: Clinic
        private let phrase: RecoveryPhrase

        init() throws {
            scratch = try Scratch()
            (old, phrase) = try Clinic.create(
                in: scratch.file("old clinic"), name: "Invented Clinic",
                administrator: Self.administrator)
            try Self.addNurse(to: old)
        }

        private static var administrator: StaffRecord {
            StaffRecord(login: TestClinic.administrator, name: "A. Obi", role: .administrator)
        }

        private static func addNurse(to clinic: Clinic) throws {
            try clinic.setStaff(
                StaffRecord(login: TestClinic.nurse, name: "N. Lin", role: .nurse),
                by: TestClinic.administrator)
        }

        func device(_ name: String) throws -> TestDevice {
            try TestDevice(
                database: .create(in: scratch.file(name), purpose: .device), name: name)
        }

        func before(_ body: (TestClinic) async throws -> Void) async throws {
            try await serve(old, body)
        }

        func after(_ body: (TestClinic) async throws -> Void) async throws {
            let (new, _) = try Clinic.create(
                in: scratch.file("new clinic"), name: "Invented Clinic",
                administrator: Self.administrator, recovering: phrase)
            try Self.addNurse(to: new)
            try await serve(new, body)
        }

        private func serve(
            _ clinic: Clinic, _ body: (TestClinic) async throws -> Void
        ) async throws {
            let log = LogLines()
            try await TestClinic.withServer(clinic, log: log) { port, _ in
                try await body(
                    TestClinic(clinic: clinic, port: port, scratch: scratch, log: log))
            }
        }
    }

    /// A nurse writes a note, and begins the patient's diary with it if there is none.
    func staffWrite(_ patient: String) throws {
        try clinic.addPatient(patient, by: Self.nurse)
        let diary = try clinic.diary(ofPatient: patient, by: Self.nurse)
        try clinic.act("record", as: Self.nurse, needing: .record, onPatient: patient) { work in
            let author = try clinic.author(work.member, in: diary, work.transaction)
            _ = try clinic.record(in: diary, work.transaction) { commit, generator in
                try commit.write(
                    .begin("note", set: ["text": "seen today"], author: author),
                    using: &generator)
            }
        }
    }
}

extension DiaryID {
    /// A diary that no clinic of a test knows and nobody there founded.
    static var unknown: DiaryID {
        var generator = SystemRandomNumberGenerator()
        return DiaryID(
            founder: SigningKey.random(using: &generator).publicKey,
            nonce: .random(using: &generator))
    }
}
