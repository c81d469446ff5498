import Foundation
import SyncCore
import TestSupport
import Testing

/// The built command on what earlier versions left behind.
@Suite(.timeLimit(.minutes(60))) struct GoldenCommandTests {
    typealias Home = GoldenFolder.Home
    typealias Place = Household.Place

    @Test(arguments: GoldenFolder.all, Home.allCases)
    func `the command prints of an earlier version's store what it printed then`(
        folder: GoldenFolder, home: Home
    ) throws {
        let copy = try GoldenCopy(folder, [home])
        let now = try PrintedWords.of(home, in: copy.household)
        let then = try folder.printed(for: home)
        #expect(now.count == then.count)
        for (answer, earlier) in zip(now, then) {
            #expect(answer.json.differences(from: earlier) == [], "\(answer.words)")
        }
        let doctor = try #require(now.first { $0.words == ["doctor"] })
        #expect(doctor.answer["findings"] == [])
    }

    @Test(arguments: GoldenFolder.all, [Home.device, .clinic])
    func `the read model made anew is the one that was kept`(
        folder: GoldenFolder, home: Home
    ) throws {
        let copy = try GoldenCopy(folder, [home])
        let before = try rows(home, in: copy)
        #expect(!before.isEmpty)
        try copy.household.run(home.place, "doctor", "--rebuild", staff: Household.administrator)
        #expect(try rows(home, in: copy) == before)
    }

    private func rows(_ home: Home, in copy: GoldenCopy) throws -> String {
        try copy.household.sql(
            home.place, isReading: true, "SELECT * FROM entry ORDER BY arrival")
    }

    /// Opens the golden clinic at an address of its own, and gives each device a new letter for it.
    private func reopened(_ folder: GoldenFolder, _ homes: [Home]) throws -> GoldenCopy {
        let copy = try GoldenCopy(folder, homes + [.clinic])
        try copy.household.open()
        for home in homes { try rejoin(home.place, in: copy.household) }
        return copy
    }

    private func rejoin(_ place: Place, of patient: String = "P03", in household: Household) throws
    {
        let letter = try household.json(
            .clinic, "enrol", patient, "--role", "carer", staff: Household.administrator)
        let code = try #require(letter["code"]?.stringValue)
        let fingerprint = try #require(letter["fingerprint"]?.stringValue)
        let ended = try household.start(
            place,
            [
                "join", household.address, "--code", code, "--fingerprint", fingerprint, "--role",
                "carer", "--for", patient == "P03" ? "Anna" : "Dora",
            ]
        ).wait()
        #expect(ended.status == 0, "\(ended.text)")
    }

    /// The lines of a store that hold this text.
    private func count(_ text: String, _ place: Place, in household: Household) throws -> Int {
        try household.texts(place).filter { $0.contains(text) }.count
    }

    @Test(arguments: GoldenFolder.all)
    func `devices and clinic of an earlier version write on, sync and end equal`(
        folder: GoldenFolder
    ) throws {
        let copy = try reopened(folder, [.device, .phone])
        let household = copy.household
        for place in [Place.laptop, .phone] {
            try household.run(place, "log", "note", "--for", "Anna", "Years later, \(place).")
        }
        try household.run(.clinic, "log", "note", "--patient", "P03", "Years later, clinic.")
        for place in [Place.laptop, .phone, .laptop] {
            try household.run(place, "sync", "--quiet", "--for", "Anna")
        }
        try household.expectEqualStores([.phone, .clinic])
        #expect(Set(try household.lines(.phone)).isSubset(of: try household.lines(.laptop)))
        for place in Place.allCases {
            #expect(try count("Years later", place, in: household) == 3)
            try household.run(place, "doctor", staff: Household.administrator)
        }
        // What nobody joined stays where it is.
        #expect(try count("A diary of my own.", .laptop, in: household) == 1)
        #expect(try count("A diary of my own.", .clinic, in: household) == 0)
    }

    @Test(arguments: GoldenFolder.all)
    func `a diary of an earlier version joins a clinic of this one`(folder: GoldenFolder) throws {
        let copy = try GoldenCopy(folder, [.device])
        let household = copy.household
        try household.beginClinic()
        try household.open()
        try rejoin(.laptop, of: "P04", in: household)
        try household.run(.laptop, "sync", "--quiet", "--for", "Dora")
        #expect(try count("A diary of my own.", .clinic, in: household) == 1)
        try household.run(.laptop, "doctor")
        try household.run(.clinic, "doctor", staff: Household.administrator)
    }

    @Test(arguments: GoldenFolder.all)
    func `a copy of a device and a closed one of an earlier version go on as they were`(
        folder: GoldenFolder
    ) throws {
        let copy = try GoldenCopy(folder, [.phone, .copy])
        let household = copy.household
        for place in [Place.phone, .copy] {
            try household.run(place, "log", "note", "--for", "Anna", "On the \(place) again.")
        }
        for (from, to) in [(Place.phone, Place.copy), (.copy, .phone)] {
            let file = copy.scratch.file("\(from).bundle")
            try household.run(from, "export", file)
            try household.run(to, "import", file)
        }
        try household.expectEqualStores([.phone, .copy])
        for place in [Place.phone, .copy] { try household.run(place, "doctor") }
        // The closed device reads nothing, and its diary stays readable.
        try folder.unpack(.closed, to: household.home(.laptop), in: copy.scratch)
        let held = try household.lines(.laptop)
        let status = try household.json(.laptop, "status")
        #expect(status["clinic"] == "closed")
        #expect(try household.lines(.laptop) == held)
    }

    @Test(arguments: GoldenFolder.all)
    func `backups of an earlier version are put back and go on`(folder: GoldenFolder) throws {
        let copy = try GoldenCopy(folder, [])
        let household = copy.household
        let backups = copy.scratch.file("backups")
        try folder.unpack(GoldenFolder.backups, to: backups, in: copy.scratch)
        for home in [Home.device, .clinic] {
            try household.run(
                home.place, "restore", backups + "/" + GoldenFolder.backup(home),
                staff: Household.administrator)
            let said = try StoreDigest.lines(of: copy, home)
            #expect(try GoldenStoreTests.differences(said, from: folder.said(by: home)) == [])
            try household.run(home.place, "doctor", staff: Household.administrator)
        }
        try household.open()
        let saved = try household.run(
            .laptop, "log", "note", "--for", "Anna", "On the new disk."
        ).output
        #expect(saved.contains("goes on as a new writer"), "\(saved)")
        try rejoin(.laptop, in: household)
        try household.run(
            .clinic, "devices", "confirm", "--yes", staff: Household.administrator)
        try household.run(.laptop, "sync", "--quiet", "--for", "Anna")
        #expect(try count("On the new disk.", .clinic, in: household) == 1)
        #expect(
            Set(try household.lines(.clinic)).isSubset(of: try household.lines(.laptop)))
    }

    @Test(arguments: GoldenFolder.all)
    func `a bundle of an earlier version is taken`(folder: GoldenFolder) throws {
        let copy = try GoldenCopy(folder, [.phone])
        let household = copy.household
        let bundle = folder.path + "/anna.bundle"
        let first = try household.json(.phone, "import", bundle)
        #expect((first["new"]?.integerValue ?? 0) > 0)
        #expect(try household.json(.phone, "import", bundle)["new"] == 0)
        let said = try StoreDigest.lines(of: copy.directory(of: .phone), isClinic: false)
        let laptop = try folder.said(by: .device)
        #expect(said[0]["frontier"] == laptop[0]["frontier"])
        #expect(said[0]["lines"] == laptop[0]["lines"])
    }

    @Test(arguments: GoldenFolder.all, [Home.device, .clinic])
    func `a store of a newer version is refused in words and keeps every byte`(
        folder: GoldenFolder, home: Home
    ) throws {
        let copy = try GoldenCopy(folder, [home])
        let household = copy.household
        try household.sql(home.place, "PRAGMA user_version = 1000")
        let before = try GoldenFiles.all(in: copy.directory(of: home))
        let words =
            home.isClinic
            ? [["list", "P03"], ["log", "note", "--patient", "P03", "x"], ["doctor"], ["serve"]]
            : [["list"], ["log", "note", "x"], ["doctor"], ["doctor", "--repair"], ["sync"]]
        for words in words {
            let ended = try household.start(
                home.place, words, staff: Household.administrator
            ).wait()
            #expect(ended.status == 6, "\(words) \(ended.text)")
            #expect(ended.text.contains("newer version"), "\(words) \(ended.text)")
        }
        #expect(try GoldenFiles.all(in: copy.directory(of: home)) == before)
    }
}
