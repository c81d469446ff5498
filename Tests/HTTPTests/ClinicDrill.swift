import ClinicServer
import DiaryModel
import DiaryStore
import Foundation
import SyncClient
import SyncCore
import TestSupport
import Testing

/// A clinic whose directory is copied, put back and lost while its server is down.
struct ClinicDrill {
    let scratch: Scratch
    let phrase: RecoveryPhrase
    private var port = 0

    init() throws {
        scratch = try Scratch()
        let made = try Clinic.create(
            in: scratch.file("clinic"), name: "Invented Clinic", administrator: Self.administrator)
        phrase = made.phrase
        try Self.addNurse(to: made.clinic)
        try made.clinic.database.close()
    }

    private static let administrator = StaffRecord(
        login: TestClinic.administrator, name: "A. Obi", role: .administrator)

    private static func addNurse(to clinic: Clinic) throws {
        try clinic.setStaff(
            StaffRecord(login: TestClinic.nurse, name: "N. Lin", role: .nurse),
            by: TestClinic.administrator)
    }

    /// Opens the clinic, serves at the port it had before, and closes it again.
    mutating func open<R>(_ body: (TestClinic) async throws -> R) async throws -> R {
        let clinic = try Clinic.open(in: scratch.file("clinic"))
        let log = LogLines()
        let scratch = scratch
        let (result, used) = try await TestClinic.withServer(clinic, log: log, port: port) {
            port, _ in
            let served = TestClinic(clinic: clinic, port: port, scratch: scratch, log: log)
            return (try await body(served), port)
        }
        port = used
        try clinic.database.close()
        return result
    }

    /// Two devices of one patient that have joined and are equal.
    mutating func laptopAndPhone() async throws -> (laptop: TestDevice, phone: TestDevice) {
        try await open { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let phone = try await clinic.enrolled("phone", role: .carer)
            for device in [laptop, phone] { #expect(try await device.sync().result == .equal) }
            return (laptop, phone)
        }
    }

    func copy(to name: String) throws {
        try FileManager.default.copyItem(
            atPath: scratch.file("clinic"), toPath: scratch.file(name))
    }

    func putBack(from name: String) throws {
        try FileManager.default.removeItem(atPath: scratch.file("clinic"))
        try FileManager.default.copyItem(
            atPath: scratch.file(name), toPath: scratch.file("clinic"))
    }

    /// Puts back the database and leaves beside it what is not of the copy.
    func putBackDatabaseAlone(from name: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            let live = scratch.file("clinic/clinic.db" + suffix)
            try? FileManager.default.removeItem(atPath: live)
            let kept = scratch.file("\(name)/clinic.db" + suffix)
            if FileManager.default.fileExists(atPath: kept) {
                try FileManager.default.copyItem(atPath: kept, toPath: live)
            }
        }
    }
}

extension TestClinic {
    var isUnconfirmed: Bool {
        get throws { try clinic.database.read { try clinic.isUnconfirmed($0) } }
    }

    func confirm() throws { try clinic.confirmDevices(by: Self.administrator) }

    /// A line in the clinic's own log of a patient's diary.
    func writeNote(for patient: String = "P01") throws {
        let diary = try clinic.diary(ofPatient: patient, by: Self.nurse)
        try clinic.database.write { transaction in
            try clinic.record(in: diary, transaction) { commit, generator in
                _ = try commit.write(
                    .begin("note", set: ["text": "at the clinic"]), using: &generator)
            }
        }
    }

    /// Whether an event that the clinic holds counts there; nil if it is not held.
    func counts(_ position: Position, in diary: DiaryID) throws -> Bool? {
        try clinic.database.read { transaction in
            guard let held = try transaction.events(in: diary).held(position) else { return nil }
            return try transaction.standing(in: diary).counts(held.place)
        }
    }

    func frontier(of diary: DiaryID) throws -> VectorClock {
        try clinic.database.read { try $0.events(in: diary).frontier }
    }
}
