import Foundation
import SyncCore
import Testing
import TestSupport

/// The clinic's directory is put back to an older copy by hand, while devices and the clinic went on.
@Suite struct RestoredClinicTests {
    let administrator = Household.administrator

    @Test func `put back while both went on, it says so, gives nothing, and all end equal`() throws
    {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.copyClinic(to: "saturday")
        try household.run(.clinic, "amend", handle, "lot=P100423971")
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        try household.run(.phone, "log", "note", "A quiet day.")
        try household.meet()
        let confirmed = try household.json(.laptop, "status")
        #expect(confirmed["confirmed"] == confirmed["entries"])
        let all = Set(try household.lines(.laptop))
        try household.putClinicBack(from: "saturday")

        let sync = try household.run(.laptop, "sync").output
        #expect(sync.contains("The clinic holds less than it confirmed on Sunday 29 March 08:"))
        #expect(sync.contains(": it was put back. What it lacked was sent again, "))
        #expect(sync.contains("gives nothing until its administrator has confirmed its devices"))
        #expect(try household.json(.phone, "sync")["result"] == "unconfirmed")
        let status = try household.json(.laptop, "status")
        #expect(status["clinic"] == "unconfirmed")
        #expect(status["confirmed"] == 0)
        #expect(
            try household.run(.laptop, "status").output
                .contains("The clinic has signed for nothing since it was put back."))
        #expect(Set(try household.lines(.clinic)) == all)

        let listed = try household.run(.clinic, "devices", "P03", staff: administrator).output
        #expect(listed.contains("This clinic was put back to an older copy; noticed today 0"))
        let asked = try household.run(
            .clinic, "devices", "confirm", status: 3, staff: administrator
        ).output
        #expect(asked.contains("Open in that copy: 2 devices."))
        #expect(try household.json(.phone, "sync")["result"] == "unconfirmed")
        try household.run(.clinic, "devices", "confirm", "--yes", staff: administrator)
        // It goes on under a replica of its own, and nothing it wrote before is lost.
        try household.run(.clinic, "amend", handle, "sites=thigh-L,thigh-R")
        try household.meet()
        try household.expectEqualStores()
        #expect(all.isSubset(of: try household.lines(.phone)))
        let view = try household.json(.phone, "show", handle)
        #expect(view.lots == ["P100423971"])
        #expect(view.conflicts == [])
        let after = try household.json(.laptop, "status")
        #expect(after["confirmed"] == after["entries"])
        #expect(after["clinic"] == nil)
    }

    @Test func `a device enrolled, one closed and a diary begun since the copy all come right`()
        throws
    {
        let household = try Household.joined()
        _ = try household.sharedInfusion()
        try household.copyClinic(to: "saturday")
        let (tablet, kofi) = (household.scratch.file("tablet"), household.scratch.file("kofi"))
        try household.join(home: tablet, of: "P03", named: "tablet")
        try household.run(.laptop, "log", "note", "--home", tablet, "From the tablet.")
        try household.run(.laptop, "sync", "--home", tablet)
        try household.run(
            .laptop, "init", "--home", kofi, "--for", "P04", "--device", "kofi's laptop")
        try household.join(
            home: kofi, of: "P04", named: "kofi's laptop", role: "patient", person: "Kofi")
        try household.run(.laptop, "log", "note", "--home", kofi, "A diary of my own.")
        try household.run(.laptop, "sync", "--home", kofi)
        try household.run(
            .clinic, "devices", "close", "phone", "--because", "stolen", staff: administrator)
        try household.run(.laptop, "sync", "--quiet")
        let all = Set(try household.lines(.clinic))
        let late = try household.infusion(.phone, start: "08:05")
        try household.putClinicBack(from: "saturday")

        try household.run(.laptop, "sync", "--quiet")
        for home in [tablet, kofi] {
            let unknown = try household.run(.laptop, "sync", "--home", home, status: 5).output
            #expect(unknown.contains("does not know this device any more. Everything here is safe"))
        }
        // The laptop knew of the closing: it has come back by itself, and is not made again.
        let closing = try household.json(
            .clinic, "devices", "close", "phone", "--because", "stolen", staff: administrator)
        #expect(closing["written"] == false)
        #expect(try household.json(.phone, "sync")["result"] == "unconfirmed")
        let asked = try household.json(
            .clinic, "devices", "confirm", "--yes", staff: administrator)
        #expect(asked["open"] == 1)
        #expect(asked["unknown"] == 2)
        try household.run(.phone, "sync", status: 5)

        try household.join(home: tablet, of: "P03", named: "tablet")
        try household.join(
            home: kofi, of: "P04", named: "kofi's laptop", role: "patient", person: "Kofi")
        for home in [tablet, kofi, household.home(.laptop), tablet] {
            try household.run(.laptop, "sync", "--home", home)
        }
        let held = Set(try household.lines(.clinic))
        #expect(all.isSubset(of: held))
        let anna = try household.lines(in: household.store(.laptop))
        #expect(try household.lines(in: tablet + "/diary.db") == anna)
        #expect(try anna.union(household.lines(in: kofi + "/diary.db")) == held)
        #expect(Set(try household.lines(.phone)).isSubset(of: held))
        try household.run(.phone, "sync", status: 5)
        #expect(try household.device("phone")["entriesToReview"] == 1)
        #expect(try household.run(.laptop, "list").output.contains(late))
    }

    @Test func `a closing that no device knew of is made again before it gives`() throws {
        let household = try Household.joined()
        try household.copyClinic(to: "saturday")
        try household.run(.clinic, "log", "note", "--patient", "P03", "Seen at the clinic.")
        try household.run(.laptop, "sync", "--quiet")
        try household.run(
            .clinic, "devices", "close", "phone", "--because", "lost", staff: administrator)
        try household.run(.phone, "sync", status: 5)
        try household.putClinicBack(from: "saturday")
        try household.run(.laptop, "sync", "--quiet")
        #expect(try household.device("phone")["closed"] == false)
        #expect(try household.json(.phone, "sync")["result"] == "unconfirmed")
        let closing = try household.json(
            .clinic, "devices", "close", "phone", "--because", "lost", staff: administrator)
        #expect(closing["written"] == true)
        let confirmed = try household.json(
            .clinic, "devices", "confirm", "--yes", staff: administrator)
        #expect(confirmed["open"] == 1)
        let held = try household.lines(.phone)
        try household.run(.phone, "sync", status: 5)
        #expect(try household.lines(.phone) == held)
        try household.run(.laptop, "sync", "--quiet")
        try household.expectEqualStores([.laptop, .clinic])
    }

    @Test func `put back twice, to different copies, it says so twice and loses nothing`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.copyClinic(to: "friday")
        try household.run(.clinic, "amend", handle, "lot=P100423971")
        try household.meet()
        try household.copyClinic(to: "saturday")
        var all: Set<Substring> = []
        for (copy, site) in [("friday", "thigh-L"), ("saturday", "thigh-R")] {
            try household.run(.laptop, "log", "note", "Before \(copy).")
            try household.run(.clinic, "log", "note", "--patient", "P03", "Before \(copy), too.")
            try household.meet()
            all.formUnion(try household.lines(.laptop))
            try household.putClinicBack(from: copy)
            #expect(try household.json(.laptop, "sync")["result"] == "unconfirmed")
            try household.run(.clinic, "devices", "confirm", "--yes", staff: administrator)
            // What it was shown before it was put back it has forgotten, too.
            try household.run(.clinic, "show", handle)
            try household.run(.clinic, "amend", handle, "sites=\(site)")
            try household.meet()
            try household.expectEqualStores()
        }
        #expect(all.isSubset(of: try household.lines(.clinic)))
        let view = try household.json(.phone, "show", handle)
        #expect(view.lots == ["P100423971"])
        #expect(view.conflicts == [])
    }
}
