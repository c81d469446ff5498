import Foundation
import SyncCore
import TestSupport
import Testing

/// A laptop that kept its own diary meets a clinic that has begun one of the same patient.
struct JoiningTests {
    /// A nurse has recorded an infusion of Anna's; Anna has five entries on her laptop.
    private func apart() throws -> (household: Household, nurses: String, own: String) {
        let household = try Household()
        try household.beginClinic()
        try household.open()
        try household.run(.clinic, "enrol", "P03", staff: Household.administrator)
        let saved = try household.json(
            .clinic, "log", "infusion", "--patient", "P03", "--product", "hizentra", "--vials",
            "8x4g", "--lot", "P100423917", "--expiry", "2028-12", "--start", "2026-03-22T09:00",
            "--by", "nurse", "--sites", "abdomen-L,abdomen-R")
        let nurses = try #require(saved["handle"]?.stringValue)
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        let own = try household.infusion()
        for text in ["one", "two", "three", "four"] {
            try household.run(.laptop, "log", "note", text)
        }
        return (household, nurses, own)
    }

    private func join(
        _ household: Household, _ place: Household.Place, role: String = "patient",
        said: String? = "", _ words: String..., code: String? = nil, status: Int32 = 0
    ) throws -> Ended {
        let letter = try household.json(
            .clinic, "enrol", "P03", "--role", role, staff: Household.administrator)
        let said = said == "" ? role : said
        let code = try code ?? #require(letter["code"]?.stringValue)
        let key = try #require(letter["fingerprint"]?.stringValue)
        let ended = try household.start(
            place,
            ["join", household.address, "--code", code, "--fingerprint", key]
                + (said.map { ["--role", $0] } ?? []) + words
        ).wait()
        #expect(ended.status == status, "\(ended.text)")
        return ended
    }

    /// How many entries `list` has of the main diary and of each further one.
    private func counts(_ household: Household, _ place: Household.Place) throws -> [JSONValue?] {
        let list = try household.json(place, "list")
        return [list["count"]] + (list["further"]?.arrayValue ?? []).map { $0["count"] }
    }

    @Test func `two diaries of one patient are both read, amended where the entry is, and synced`()
        throws
    {
        let (household, nurses, own) = try apart()
        let joined = try join(household, .laptop)
        #expect(joined.text.contains("The 5 entries kept here stay"))
        #expect(joined.text.contains("a further diary of Anna's"))
        #expect(try counts(household, .laptop) == [1, 5])
        let list = try household.run(.laptop, "list").text
        #expect(list.contains(nurses) && list.contains(own))

        // A correction goes to the diary its entry is in, what is new into the clinic's.
        try household.run(.laptop, "show", nurses)
        try household.run(.laptop, "amend", nurses, "lot=P100423971")
        try household.run(.laptop, "amend", own, "lot=P100423972", "--why", "read again")
        try household.run(.laptop, "log", "note", "five")
        #expect(try counts(household, .laptop) == [2, 6])

        let sync = try household.json(.laptop, "sync", "--quiet")
        #expect(sync["result"] == "equal")
        #expect(sync["further"]?.arrayValue?.map { $0["result"] } == ["equal"])
        for (handle, lot) in [(nurses, "P100423971"), (own, "P100423972")] {
            let shown = try household.run(.clinic, "show", handle, "--patient", "P03").text
            #expect(shown.contains(lot), "\(shown)")
        }

        // A device that joins later comes to both.
        _ = try join(
            household, .phone, role: "carer", "--for", "Anna", "--as", "Ben", "--device", "phone")
        #expect(try counts(household, .phone) == [2, 6])
        try household.run(.phone, "show", own)
        try household.run(.phone, "amend", own, "sites=thigh-L,thigh-R", "--as", "Ben")
        try household.meet()
        try household.run(.phone, "sync", "--quiet")
        try household.expectEqualStores()
        let file = household.scratch.file("carried")
        #expect(
            try household.json(.laptop, "export", file)["further"]?.arrayValue
                == [.string(file + ".2")])
        for file in [file, file + ".2"] {
            #expect(try household.json(.phone, "import", file)["new"] == 0)
        }
        for place in [Household.Place.laptop, .phone] {
            #expect(try household.run(place, "doctor").text.contains("All is well"))
        }
    }

    @Test func `last, undo and a day find the entry in whichever diary it is`() throws {
        let (household, nurses, own) = try apart()
        _ = try join(household, .laptop)
        try household.run(.laptop, "show", own)
        try household.run(.laptop, "amend", own, "lot=P100423972")
        #expect(try household.json(.laptop, "show", "last")["handle"]?.stringValue == own)
        #expect(
            try household.json(.laptop, "show", "2026-03-22")["handle"]?.stringValue == nurses)
        let undone = try household.run(.laptop, "undo")
        #expect(undone.text.contains("P100423917"))
        #expect(try household.run(.laptop, "show", own).text.contains("P100423917"))

        let refused = try household.json(
            .laptop, "duplicates", "same", nurses, own, status: 1)
        #expect(refused["error"]?["code"] == "two_diaries")
        #expect(try household.json(.laptop, "duplicates")["inTwoDiaries"] == nil)
        let twice = try household.json(
            .laptop, "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--expiry", "2028-12", "--start", "08:05", "--sites",
            "abdomen-L,abdomen-R", "--by", "self")
        let found = try household.json(.laptop, "duplicates", status: 3)
        let pair = try #require(found["inTwoDiaries"]?.arrayValue?.first?.arrayValue)
        #expect(pair.first == twice["entry"])
        // Whoever says what waits says so, the clinic once it has both.
        let sentence = "\(own), in two diaries, look like one infusion."
        #expect(
            try household.run(.laptop, "status", "--check", status: 3).output.contains(sentence))
        #expect(try household.run(.laptop, "conflicts", status: 3).output.contains(sentence))
        let sync = try household.run(.laptop, "sync", "--quiet").output
        #expect(sync.contains("Needs a person:   ") && sync.contains(sentence), "\(sync)")
        let clinic = try household.run(.clinic, "conflicts", status: 3).output
        #expect(clinic.contains("in two diaries, look like one infusion."), "\(clinic)")
        // What was changed in the further diary came after what is new in the clinic's.
        let last = try household.json(.clinic, "show", "last", "--patient", "P03")
        #expect(last["handle"]?.stringValue == own)
        try household.run(.laptop, "void", own, "--reason", "duplicate")
        #expect(try household.json(.laptop, "duplicates")["inTwoDiaries"] == nil)
    }

    @Test func `two infusions in two diaries are said to be two, once and for every store`() throws
    {
        let (household, _, own) = try apart()
        _ = try join(household, .laptop)
        let twice = try household.json(
            .laptop, "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--expiry", "2028-12", "--start", "08:05", "--sites",
            "abdomen-L,abdomen-R", "--by", "self")
        let here = try #require(twice["handle"]?.stringValue)
        let asked = try household.run(.laptop, "conflicts", status: 3).output
        #expect(asked.contains("diary duplicates different \(here) \(own)  if not"), "\(asked)")
        try household.run(.laptop, "duplicates", "different", here, own)
        #expect(try household.json(.laptop, "duplicates")["inTwoDiaries"] == nil)
        try household.run(.laptop, "conflicts")
        try household.run(.laptop, "sync", "--quiet")
        try household.run(.clinic, "conflicts")
        let totals = try household.json(.laptop, "duplicates")
        #expect(totals["lowMilligrams"] == 64_000)
        #expect(totals["further"]?.arrayValue?.first?["highMilligrams"] == 32_000)
        try household.run(.laptop, "undo")
        #expect(try household.run(.laptop, "conflicts", status: 3).output.contains("two diaries"))
    }

    @Test func `the diaries of two people on one device are never taken for one`() throws {
        let (household, _, own) = try apart()
        try household.run(.laptop, "init", "--for", "Ben", "--device", "laptop")
        _ = try join(household, .laptop, "--for", "Anna")
        try household.run(.laptop, "log", "note", "whose?", status: 2)
        try household.run(.laptop, "show", own, status: 2)
        try household.run(.laptop, "log", "note", "Ben's", "--for", "Ben")
        #expect(try household.json(.laptop, "list", "--for", "Ben")["count"] == 1)
        #expect(try household.json(.laptop, "list", "--for", "Anna")["further"] != nil)
    }

    /// Who is listed as writing on a device, with the role.
    private func you(_ household: Household, _ place: Household.Place) throws -> [Substring]? {
        try household.run(place, "people").output.split(separator: "\n")
            .first { $0.hasSuffix("you") }?.split(separator: " ", omittingEmptySubsequences: true)
            .dropFirst().map { $0 }
    }

    @Test func `who joins is what the letter says, where nobody says otherwise`() throws {
        let (household, _, _) = try apart()
        _ = try join(household, .laptop)
        _ = try join(household, .phone, role: "carer", said: nil, "--for", "Anna", "--as", "Ben")
        #expect(try you(household, .phone) == ["Ben", "carer", "you"])
    }

    @Test func `a letter for a carer and somebody who says patient is told`() throws {
        let (household, _, _) = try apart()
        _ = try join(household, .laptop)
        let joined = try join(
            household, .phone, role: "carer", said: "patient", "--for", "Anna", "--as", "Ben")
        #expect(joined.text.contains("Your letter is a carer's, and you write here as patient."))
        #expect(try you(household, .phone) == ["Ben", "patient", "you"])
    }

    @Test func `a name that nobody in the diary has adds nobody, and who writes is said later`()
        throws
    {
        let (household, _, _) = try apart()
        _ = try join(household, .laptop)
        let joined = try join(household, .phone, said: nil, "--for", "Ana", "--device", "phone")
        #expect(joined.text.contains("Who writes here is not said yet"), "\(joined.text)")
        let people = try household.json(.phone, "people")
        let all = [people] + (people["further"]?.arrayValue ?? [])
        let names = all.flatMap { $0["people"]?.arrayValue ?? [] }.compactMap(
            \.["name"]?.stringValue)
        #expect(names.sorted() == ["Anna", Household.nurse])
        #expect(try you(household, .phone) == nil)
        let staff = try household.run(.phone, "people", "me", Household.nurse, status: 2)
        #expect(staff.text.contains("Nobody in this diary is called"), "\(staff.text)")
        let nobody = try household.run(.phone, "people", "me", "Ana", status: 2)
        #expect(nobody.text.contains("Nobody in this diary is called Ana."))
        try household.run(.phone, "people", "me", "Anna")
        #expect(try you(household, .phone)?.first == "Anna")
        try household.run(.phone, "log", "note", "by whom?")
        let history = try household.run(.phone, "history", "last").output
        #expect(history.contains("Anna, patient"), "\(history)")
    }

    @Test func `what is no code is said to be none, and is not sent`() throws {
        let (household, _, _) = try apart()
        for typed in ["K7QM", "K7QM-4TZN8-PWC2", "U7QM-4TZN8-PWC2X"] {
            let ended = try join(household, .laptop, code: typed, status: 2)
            #expect(ended.text.contains("such as K7QM-4TZN8-PWC2X"), "\(ended.text)")
        }
        let attempts = try household.sql(
            .clinic, isReading: true, "SELECT count(*) FROM challenge")
        #expect(attempts == "0\n")
        let unknown = try join(household, .laptop, code: "0000-00000-00000", status: 1)
        #expect(unknown.text.contains("does not take that code"))
    }
}
