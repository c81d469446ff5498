import Foundation
import SyncCore
import Testing
import TestSupport

/// `diary clinic devices`, as staff type it.
@Suite struct DevicesTests {
    typealias Place = Household.Place
    let administrator = Household.administrator

    @Test func `the list says who, how far trusted, when heard, and what goes on beside it`() throws
    {
        let household = try Household.joined()
        let listed = try household.run(.clinic, "devices", "P03", staff: administrator).output
        let lines = listed.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].contains("laptop  patient  open  trusted all  heard today 08:"))
        #expect(lines[1].contains("phone   carer    open  trusted all  heard today 08:"))

        // The laptop is restored: a file beside its database says that it had written more.
        let home = household.home(.laptop)
        let store = try Data(contentsOf: URL(fileURLWithPath: home + "/diary.db"))
        let log = try? Data(contentsOf: URL(fileURLWithPath: home + "/diary.db-wal"))
        try household.run(.laptop, "log", "note", "Lost with the disk.")
        try store.write(to: URL(fileURLWithPath: home + "/diary.db"))
        try? FileManager.default.removeItem(atPath: home + "/diary.db-shm")
        try (log ?? Data()).write(to: URL(fileURLWithPath: home + "/diary.db-wal"))
        try household.run(.laptop, "log", "note", "Written after the restore.")
        try household.run(.laptop, "sync", "--quiet")
        let after = try household.run(.clinic, "devices", "P03", staff: administrator).output
        #expect(after.contains("  its copy, going on from today 08:"))
        let laptop = try household.device("laptop")
        let copies = laptop["copies"]?.arrayValue ?? []
        #expect(copies.count == 2)
        #expect(copies.last?["heard"] == laptop["heard"])
        #expect(copies.first?["replica"] == laptop["replicas"]?.arrayValue?.first)
        #expect(laptop["trusted"] == "all")
    }

    @Test func `a name is matched byte by byte but for case, and nobody guesses between two`()
        throws
    {
        let household = try Household.joined()
        let other = household.scratch.file("other")
        try household.join(home: other, of: "P04", named: "Phone", role: "patient")
        let before = try household.lines(.clinic)
        let refused = try household.json(
            .clinic, "devices", "close", "PHONE", "--because", "lost", status: 2,
            staff: administrator)
        #expect(refused["error"]?["code"] == "ambiguous")
        #expect(refused["error"]?["text"]?.texts.filter { $0.hasPrefix("  P0") }.count == 2)
        #expect(
            try household.json(
                .clinic, "devices", "close", "phones", "--because", "lost", status: 2,
                staff: administrator)["error"]?["code"] == "unknown_device")
        #expect(try household.lines(.clinic) == before)
        try household.run(
            .clinic, "devices", "close", "PHONE", "--patient", "P03", "--because", "lost",
            staff: administrator)
        #expect(try household.device("phone")["closed"] == true)
        #expect(try household.device("Phone", of: "P04")["closed"] == false)
        // Or by the first characters of its log's name.
        let replica = try #require(
            try household.device("Phone", of: "P04")["replicas"]?.texts.first)
        // A first character that looks like an option is left out.
        try household.run(
            .clinic, "devices", "retire", String(replica.trimmingPrefix("-").prefix(8)),
            "--because", "broken", staff: administrator)
        #expect(try household.device("Phone", of: "P04")["because"] == ["retired_broken"])
        #expect(try household.device("Phone", of: "P04")["retired"] == true)
    }

    @Test func `who governs closes, who may review relies, and each act is in the audit`() throws {
        let household = try Household.joined()
        let before = try household.lines(.clinic)
        for act in [["close", "phone", "--because", "lost"], ["confirm", "--yes"]] {
            let ended = try household.start(.clinic, ["devices"] + act).wait()
            #expect(ended.status == 1, "\(ended.text)")
            #expect(ended.text.contains("Nothing was done."))
        }
        try household.run(
            .clinic, "devices", "close", "phone", "--because", "broken", status: 2,
            staff: administrator)
        try household.run(
            .clinic, "devices", "trust", "phone", "--yes", status: 1, staff: administrator)
        #expect(try household.lines(.clinic) == before)
        let closed = try household.run(
            .clinic, "devices", "close", "phone", "--because", "stolen", staff: administrator
        ).output
        #expect(closed.contains("phone is closed: it reads nothing here any more."))
        let again = try household.json(
            .clinic, "devices", "close", "phone", "--because", "lost", staff: administrator)
        #expect(again["written"] == false)
        try household.run(.clinic, "devices", "trust", "phone", "--yes")
        let audit = try household.json(.clinic, "audit", "P03", staff: administrator)
        let acts = audit["lines"]?.arrayValue?.compactMap { line in
            line["act"]?.stringValue.map { "\(line["staff"]?.stringValue ?? ""): \($0)" }
        }
        #expect(acts?.contains("a.obi: close") == true)
        #expect(acts?.contains("r.evans: trust") == false)
        let nothing = try household.json(.clinic, "devices", "confirm", staff: administrator)
        #expect(nothing["confirmed"] == false)
        #expect(nothing["open"] == 1)
    }
}
