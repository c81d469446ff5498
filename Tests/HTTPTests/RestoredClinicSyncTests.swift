import ClinicServer
import DiaryModel
import DiaryStore
import Foundation
import SyncClient
import SyncCore
import Testing
import TestSupport

/// A clinic that somebody put back to an older copy of its files and did not tell.
@Suite(.serialized) struct RestoredClinicSyncTests {
    @Test func `The sync that shows a clinic that it was put back is given nothing`() async throws {
        var drill = try ClinicDrill()
        let (laptop, phone) = try await drill.laptopAndPhone()
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            try clinic.writeNote()
            try laptop.write()
            #expect(try await laptop.sync().result == .equal)
            try phone.write()
            #expect(try await phone.sync().result == .equal)
        }
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try !clinic.isUnconfirmed)
            let before = try laptop.eventCount()
            let outcome = try await laptop.sync()
            #expect(outcome.result == .unconfirmed)
            #expect(outcome.fetched == 0)
            #expect(outcome.putBack?.entries == 2)
            #expect(try clinic.isUnconfirmed)
            #expect(try laptop.eventCount() == before)
            #expect(try await phone.sync().result == .unconfirmed)
            try clinic.confirm()
            // What showed it once is no news later, and all end equal.
            for device in [laptop, phone, laptop, phone] {
                #expect(try await device.sync().result == .equal)
                #expect(try !clinic.isUnconfirmed)
            }
            #expect(try laptop.frontier() == phone.frontier())
            // It goes on under a replica of its own, and that is no news either.
            let logs = try clinicLogs(clinic)
            try clinic.writeNote()
            #expect(try clinicLogs(clinic) == logs + 1)
            for device in [laptop, phone] {
                #expect(try await device.sync().result == .equal)
                #expect(try !clinic.isUnconfirmed)
            }
            #expect(try laptop.frontier() == phone.frontier())
        }
    }

    /// How many logs the clinic's key has introduced, over all diaries.
    private func clinicLogs(_ clinic: TestClinic) throws -> Int {
        try clinic.clinic.database.read { transaction in
            try transaction.diaries().reduce(0) {
                $0 + (try transaction.standing(in: $1.id).clinicReplicas.count)
            }
        }
    }

    @Test func `A receipt for what it lacks tells it, where it had written nothing itself`()
        async throws
    {
        var drill = try ClinicDrill()
        let (laptop, phone) = try await drill.laptopAndPhone()
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            try laptop.write()
            #expect(try await laptop.sync().result == .equal)
        }
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            let outcome = try await laptop.sync()
            #expect(outcome.result == .unconfirmed)
            #expect(outcome.putBack?.entries == 1)
            #expect(outcome.requests == 2)
            #expect(try await phone.sync().result == .unconfirmed)
            try clinic.confirm()
            for device in [laptop, phone, laptop] {
                #expect(try await device.sync().result == .equal)
            }
            #expect(try laptop.frontier() == phone.frontier())
        }
        // Put back again, to the copy from before it knew: the same receipts tell it again.
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try await phone.sync().result == .unconfirmed)
            try clinic.confirm()
            for device in [phone, laptop] { #expect(try await device.sync().result == .equal) }
            let isUnconfirmed = try clinic.isUnconfirmed
            #expect(!isUnconfirmed)
        }
    }

    @Test func `A receipt that somebody made up tells a clinic nothing`() async throws {
        try await TestClinic.running { clinic in
            let laptop = try await clinic.enrolled("laptop")
            #expect(try await laptop.sync().result == .equal)
            let diary = try #require(laptop.diary)
            let ahead = VectorClock([try laptop.write()])
            var generator = SystemRandomNumberGenerator()
            let other = Receipt(
                diary: diary, frontier: ahead, milliseconds: clinic.clinic.now,
                key: .random(using: &generator))
            let request = SyncRequest(
                diary: diary, frontier: try clinic.frontier(of: diary),
                confirmed: ConfirmedFrontier(frontier: ahead, receipt: other), sections: [])
            let answer = try await RawHTTP.post(
                "/v1/diaries/\(diary.text)/sync", request.bytes, token: laptop.token(),
                port: clinic.port)
            #expect(answer.status == 200)
            #expect(try SyncAnswer(answer.body).frontier != nil)
            let isUnconfirmed = try clinic.isUnconfirmed
            #expect(!isUnconfirmed)
        }
    }

    @Test func `What another diary brings only after the confirmation is no news`() async throws {
        var drill = try ClinicDrill()
        let (first, second) = try await drill.open { clinic in
            let first = try await clinic.enrolled("first")
            let second = try await clinic.enrolled("second", patient: "P02")
            for device in [first, second] { #expect(try await device.sync().result == .equal) }
            return (first, second)
        }
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            for patient in ["P01", "P02"] { try clinic.writeNote(for: patient) }
            for device in [first, second] { #expect(try await device.sync().result == .equal) }
        }
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try await first.sync().result == .unconfirmed)
            try clinic.confirm()
            try clinic.writeNote(for: "P02")
            let outcome = try await second.sync()
            #expect(outcome.result == .equal)
            #expect(outcome.putBack?.entries == 1)
            #expect(try !clinic.isUnconfirmed)
            let diary = try #require(second.diary)
            #expect(try clinic.frontier(of: diary) == second.frontier())
        }
    }

    @Test func `A clinic put back twice, to different copies, notices twice`() async throws {
        var drill = try ClinicDrill()
        let laptop = try await drill.open { clinic in
            let laptop = try await clinic.enrolled("laptop")
            #expect(try await laptop.sync().result == .equal)
            return laptop
        }
        try drill.copy(to: "friday")
        try await drill.open { clinic in
            try clinic.writeNote()
            #expect(try await laptop.sync().result == .equal)
        }
        try drill.copy(to: "saturday")
        // First the newest line of its log is lost; then, and again, whole logs that it had begun, and
        // of the log which that copy writes nothing but that it was gone on from.
        for copy in ["friday", "saturday", "friday"] {
            try drill.putBack(from: copy)
            try await drill.open { clinic in
                let known = try clinicLogs(clinic)
                #expect(try await laptop.sync().result == .unconfirmed, "\(copy)")
                try clinic.confirm()
                try clinic.writeNote()
                #expect(try await laptop.sync().result == .equal)
                #expect(try !clinic.isUnconfirmed)
                #expect(try clinicLogs(clinic) > known)
                let diary = try #require(laptop.diary)
                #expect(try clinic.frontier(of: diary) == laptop.frontier())
            }
        }
        // Each time it was put back it wrote one note more; none of the four is lost.
        #expect(try notes(of: laptop) == 4)
    }

    private func notes(of device: TestDevice) throws -> Int {
        let diary = try #require(device.diary)
        return try device.database.read { try $0.entries(in: diary, kinds: ["note"]).count }
    }

    @Test func `The file beside the database tells at opening, once`() async throws {
        var drill = try ClinicDrill()
        let laptop = try await drill.open { try await $0.enrolled("laptop") }
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            try clinic.writeNote()
            _ = try await clinic.enrolled("new", patient: "P02")
        }
        try drill.putBackDatabaseAlone(from: "saturday")
        try await drill.open { clinic in
            #expect(try clinic.isUnconfirmed)
            #expect(try await laptop.sync().result == .unconfirmed)
            // A member of staff writes from another process, and after that the server does.
            let other = try Clinic.open(in: clinic.clinic.database.directory)
            try TestClinic(
                clinic: other, port: clinic.port, scratch: clinic.scratch, log: clinic.log
            ).writeNote()
            try other.database.close()
            try clinic.confirm()
            _ = try await clinic.enrolled("tablet", role: .carer)
            #expect(try await laptop.sync().result == .equal)
        }
        // The diary that was lost wholly is named by that file for ever, and is no news.
        try await drill.open { clinic in
            let isUnconfirmed = try clinic.isUnconfirmed
            #expect(!isUnconfirmed)
            #expect(try await laptop.sync().result == .equal)
        }
    }

    @Test func `A code that was open in the copy joins nobody`() async throws {
        var drill = try ClinicDrill()
        let (laptop, code) = try await drill.open { clinic in
            let laptop = try await clinic.enrolled("laptop")
            #expect(try await laptop.sync().result == .equal)
            return (laptop, try clinic.code(role: .carer))
        }
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            var phone = try clinic.device("phone")
            try await phone.join(clinic, code: code)
            #expect(try await laptop.sync().result == .equal)
        }
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try await laptop.sync().result == .unconfirmed)
            var thief = try clinic.device("thief")
            await #expect(throws: EnrolmentError.wrongCode) {
                try await thief.join(clinic, code: code)
            }
            try await thief.join(clinic, code: clinic.code(role: .carer))
        }
    }

    @Test func `Devices that it forgot are counted once each, and not without end`() async throws {
        var drill = try ClinicDrill()
        let laptop = try await drill.open { clinic in
            let laptop = try await clinic.enrolled("laptop")
            #expect(try await laptop.sync().result == .equal)
            return laptop
        }
        try drill.copy(to: "saturday")
        let phone = try await drill.open { clinic in
            let phone = try await clinic.enrolled("phone", role: .carer)
            #expect(try await phone.sync().result == .equal)
            #expect(try await laptop.sync().result == .equal)
            return phone
        }
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try await laptop.sync().result == .unconfirmed)
            for _ in 0..<2 {
                #expect(try await phone.sync().result == .notEnrolled)
            }
            let page = try clinic.clinic.confirmationPage(by: TestClinic.administrator)
            #expect(page.unknownCount == 1)
            // The phone is listed by its log and the clinic's word on it, which came back.
            #expect(page.devices.map(\.label) == ["laptop", "phone"])
            #expect(page.open.map(\.label) == ["laptop"])
            try clinic.confirm()
            let after = try clinic.clinic.confirmationPage(by: TestClinic.administrator)
            #expect(after.unknownCount == 0)
            #expect(after.restored == nil)
            // A new code: it keeps its diary, its replica and its entries.
            var again = phone
            let replica = try own(phone)
            try phone.write()
            try await again.join(
                clinic, code: clinic.code(role: .carer), diary: phone.diary)
            #expect(try await again.sync().result == .equal)
            #expect(try own(again) == replica)
            #expect(try await laptop.sync().result == .equal)
            #expect(try laptop.frontier() == phone.frontier())
        }
    }

    private func own(_ device: TestDevice) throws -> ReplicaID? {
        let diary = try #require(device.diary)
        return try device.database.read { try $0.ownLog(in: diary)?.replica }
    }

    /// A device whose files are open only while it is used: fifty open stores are too many for the
    /// processes that other tests start meanwhile.
    private struct ShutDevice {
        let directory: String
        let name: String
        let diary: DiaryID?

        init(_ device: TestDevice) throws {
            directory = device.database.directory
            name = device.name
            diary = device.diary
            try device.database.close()
        }

        func used<R>(_ body: (TestDevice) async throws -> R) async throws -> R {
            var device = TestDevice(
                database: try DiaryDatabase.open(in: directory, purpose: .device), name: name)
            device.diary = diary
            let result = try await body(device)
            try device.database.close()
            return result
        }
    }

    @Test func `Fifty diaries are equal again after two syncs each`() async throws {
        var drill = try ClinicDrill()
        var devices: [ShutDevice] = []
        try await drill.open { clinic in
            for number in 0..<50 {
                let device = try await clinic.enrolled("device \(number)", patient: "P\(number)")
                #expect(try await device.sync().result == .equal)
                devices.append(try ShutDevice(device))
            }
        }
        try drill.copy(to: "yesterday")
        let whole = try await drill.open { clinic in
            for (number, shut) in devices.enumerated() {
                // In every other diary the clinic writes nothing.
                if number.isMultiple(of: 2) { try clinic.writeNote(for: "P\(number)") }
                try await shut.used { device in
                    for _ in 0..<4 { try device.write() }
                    #expect(try await device.sync().result == .equal)
                }
            }
            return try clinic.eventCount()
        }
        try drill.putBack(from: "yesterday")
        try await drill.open { clinic in
            let back = try clinic.eventCount()
            for shut in devices {
                let result = try await shut.used { try await $0.sync().result }
                #expect(result == .unconfirmed)
            }
            let brought = try clinic.eventCount()
            try clinic.confirm()
            for shut in devices {
                try await shut.used { device in
                    #expect(try await device.sync().result == .equal)
                    let diary = try #require(device.diary)
                    #expect(try clinic.frontier(of: diary) == device.frontier())
                }
            }
            print(
                """
                50 diaries, the clinic put back to yesterday: it held \(whole) events, then \(back); \
                after one sync each \(brought), after two \(try clinic.eventCount()).
                """)
            #expect(brought == whole)
            #expect(try clinic.eventCount() == whole)
        }
    }
}
