import ClinicServer
import DiaryModel
import DiaryStore
import Foundation
import SyncClient
import SyncCore
import Testing
import TestSupport

/// Ways out of having been closed, none of which leads anywhere.
@Suite(.serialized) struct ClosedDeviceTests {
    /// A device's directory copied while nobody writes, opened as a second device.
    private func copy(_ device: TestDevice, in scratch: Scratch) throws -> TestDevice {
        let directory = scratch.file("a copy of \(device.name)")
        try FileManager.default.copyItem(atPath: device.database.directory, toPath: directory)
        var copy = TestDevice(
            database: try DiaryDatabase.open(in: directory, purpose: .device), name: device.name)
        copy.diary = device.diary
        return copy
    }

    /// Expects that lines are held, wait for review, and are given to an open device as such.
    private func expectToReview(
        _ positions: [Position], at clinic: TestClinic, seenBy laptop: TestDevice,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let diary = try #require(laptop.diary)
        #expect(try await laptop.sync().result == .equal, sourceLocation: sourceLocation)
        for position in positions {
            #expect(
                try clinic.counts(position, in: diary) == false, sourceLocation: sourceLocation)
            let seen = try laptop.database.read { transaction in
                try transaction.events(in: diary).held(position).map {
                    try transaction.standing(in: diary).counts($0.place)
                }
            }
            #expect(seen == false, sourceLocation: sourceLocation)
        }
    }

    @Test
    func `A branch from below what is trusted waits, and so does a log that goes on from there`()
        async throws
    {
        try await TestClinic.running { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let phone = try await clinic.enrolled("phone", role: .carer)
            try phone.write()
            #expect(try await phone.sync().result == .equal)
            let early = try copy(phone, in: clinic.scratch)
            let trusted = try phone.write()
            #expect(try await phone.sync().result == .equal)
            #expect(try clinic.close("phone") == .closed)

            // It does not know that it is a copy: a branch.
            let branch = try early.write()
            #expect(branch.seq == trusted.seq)
            #expect(try await early.sync().result == .closed)
            try await expectToReview([branch], at: clinic, seenBy: laptop)

            // Now it does: a log of its own that goes on from below what is trusted.
            try early.database.close()
            let file = early.database.directory + "/high-water.json"
            try FileManager.default.removeItem(atPath: file)
            try FileManager.default.copyItem(
                atPath: phone.database.directory + "/high-water.json", toPath: file)
            var later = TestDevice(
                database: try DiaryDatabase.open(
                    in: early.database.directory, purpose: .device), name: "phone")
            later.diary = phone.diary
            let continued = try later.write()
            #expect(continued.replica != trusted.replica)
            let outcome = try await later.sync()
            #expect(outcome.result == .closed)
            #expect(outcome.fetched == 0)
            try await expectToReview([branch, continued], at: clinic, seenBy: laptop)

            let diary = try #require(laptop.diary)
            #expect(try clinic.counts(trusted, in: diary) == true)
            let status = try clinic.status(of: "phone")
            #expect(status.copies.count == 2)
            #expect(status.copies.first?.isForked == true)
            #expect(status.entriesToReview == 2)
            #expect(try clinic.trust("phone"))
            for position in [trusted, branch, continued] {
                #expect(try clinic.counts(position, in: diary) == true)
            }
            #expect(try await later.sync().result == .closed)
        }
    }

    @Test func `A second copy with the same token reads nothing either`() async throws {
        try await TestClinic.running { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let phone = try await clinic.enrolled("phone", role: .carer)
            #expect(try await phone.sync().result == .equal)
            let copy = try copy(phone, in: clinic.scratch)
            try clinic.close("phone", because: .stolen)
            try laptop.write()
            #expect(try await laptop.sync().result == .equal)
            for device in [phone, copy] {
                let outcome = try await device.sync()
                #expect(outcome.result == .closed)
                #expect(outcome.fetched == 0)
            }
            let written = try copy.write()
            #expect(try await copy.sync().result == .closed)
            try await expectToReview([written], at: clinic, seenBy: laptop)
        }
    }

    @Test func `Two of staff who decide from one page are a conflict, and what both trust counts`()
        async throws
    {
        try await TestClinic.running { clinic in
            let phone = try await clinic.enrolled("phone", role: .carer)
            let early = try phone.write()
            #expect(try await phone.sync().result == .equal)
            func page(_ login: String, _ act: Act) throws -> DevicePage {
                try clinic.clinic.device(named: "PHONE", for: act, by: login)
            }
            let closing = try page(TestClinic.administrator, .governDevice)
            let late = try phone.write()
            #expect(try await phone.sync().result == .equal)
            let stale = try page(TestClinic.administrator, .governDevice)
            let (administrator, nurse) = (TestClinic.administrator, TestClinic.nurse)
            #expect(try clinic.clinic.close(closing, because: .lost, by: administrator) == .closed)
            #expect(try clinic.clinic.close(stale, because: .stolen, by: administrator) == .closed)
            let diary = try #require(phone.diary)
            var status = try clinic.status(of: "phone")
            #expect(status.isClosed)
            #expect(Set(status.because) == ["lost", "stolen"])
            guard case .inConflict = status.trusted else {
                Issue.record("\(status.trusted)")
                return
            }
            #expect(try clinic.counts(early, in: diary) == true)
            #expect(try clinic.counts(late, in: diary) == false)

            // Two who rely on different amounts: what both do. Who has seen both settles it.
            let first = try page(nurse, .acceptReview)
            let last = try phone.write()
            #expect(try await phone.sync().result == .closed)
            let second = try page(nurse, .acceptReview)
            #expect(try clinic.clinic.trust(first, by: nurse))
            #expect(try clinic.clinic.trust(second, by: nurse))
            #expect(try clinic.counts(late, in: diary) == true)
            #expect(try clinic.counts(last, in: diary) == false)
            #expect(try clinic.trust("phone"))
            #expect(try clinic.counts(last, in: diary) == true)
            status = try clinic.status(of: "phone")
            #expect(status.isClosed)
            #expect(try !clinic.trust("phone"))
        }
    }

    @Test
    func `Closing again writes nothing, and retiring a closed device writes the reason alone`()
        async throws
    {
        try await TestClinic.running { clinic in
            let phone = try await clinic.enrolled("phone", role: .carer)
            #expect(try await phone.sync().result == .equal)
            #expect(try clinic.close("phone") == .closed)
            let late = try phone.write()
            #expect(try await phone.sync().result == .closed)
            let before = try clinic.eventCount()
            #expect(try clinic.close("phone", because: .stolen) == .wasClosed)
            #expect(try clinic.eventCount() == before)
            #expect(try clinic.close("phone", because: .retiredLost) == .retired)
            #expect(try clinic.eventCount() == before + 1)
            let diary = try #require(phone.diary)
            #expect(try clinic.counts(late, in: diary) == false)
            #expect(try clinic.status(of: "phone").isRetired)
        }
    }

    @Test func `A closing that the clinic forgot is told by an honest device`() async throws {
        var drill = try ClinicDrill()
        let (laptop, phone) = try await drill.laptopAndPhone()
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            try clinic.close("phone")
            #expect(try await laptop.sync().result == .equal)
        }
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try await laptop.sync().result == .unconfirmed)
            #expect(try clinic.status(of: "phone").isClosed)
            // It came back by itself: closing again does nothing.
            #expect(try clinic.close("phone") == .wasClosed)
            try clinic.confirm()
            #expect(try await phone.sync().result == .closed)
        }
    }

    @Test func `Closed again at the confirmation, the first closing comes later and both stand`()
        async throws
    {
        var drill = try ClinicDrill()
        let (laptop, tablet, phone, trusted) = try await drill.open { clinic in
            let laptop = try await clinic.enrolled("laptop")
            let tablet = try await clinic.enrolled("tablet")
            let phone = try await clinic.enrolled("phone", role: .carer)
            let trusted = try phone.write()
            for device in [laptop, phone, tablet] {
                #expect(try await device.sync().result == .equal)
            }
            return (laptop, tablet, phone, trusted)
        }
        try drill.copy(to: "saturday")
        try await drill.open { clinic in
            try clinic.writeNote()
            #expect(try await laptop.sync().result == .equal)
            try clinic.close("phone", because: .stolen)
            // Only the tablet hears of the closing.
            #expect(try await tablet.sync().result == .equal)
        }
        let late = try phone.write()
        try drill.putBack(from: "saturday")
        try await drill.open { clinic in
            #expect(try await laptop.sync().result == .unconfirmed)
            #expect(try await phone.sync().result == .unconfirmed)
            #expect(try !clinic.status(of: "phone").isClosed)
            #expect(try clinic.close("phone", because: .stolen) == .closed)
            try clinic.confirm()
            let diary = try #require(laptop.diary)
            // The second closing relied on more than the first, which nobody has brought yet.
            #expect(try clinic.counts(late, in: diary) == true)
            #expect(try await tablet.sync().result == .equal)
            #expect(try clinic.counts(late, in: diary) == false)
            #expect(try clinic.counts(trusted, in: diary) == true)
            #expect(try await phone.sync().result == .closed)
            #expect(try await laptop.sync().result == .equal)
            #expect(try laptop.frontier() == tablet.frontier())
        }
    }
}
