import ClinicServer
import DiaryStore
import Foundation
import SyncCore
import TestSupport
import Testing

/// The household of the goldens: whatever this version writes happens to it once.
final class GoldenStory {
    let household: Household
    let recorder: WireRecorder
    let tablet: String

    static let administrator = Household.administrator

    init() throws {
        household = try Household()
        tablet = household.scratch.file("tablet")
        try household.beginClinic()
        try household.open()
        recorder = try WireRecorder(clinic: household.port)
    }

    /// Tells all of it; afterwards no server runs and every store lies still.
    func tell() async throws {
        try join()
        try answers()
        let erased = try questions()
        try await stranger()
        try copies()
        try close()
        try putClinicBack()
        try household.close()
        try erase(erased)
        try newerLines()
        try household.open()
        try recorder.keeping("newer-lines") { try sync(.laptop) }
        for place in [Household.Place.phone, .copy, .laptop] { try sync(place) }
        try household.close()
        // What the clinic and the phone lack.
        try household.run(.laptop, "log", "note", "--for", "Anna", "Not yet at the clinic.")
        _ = try household.start(
            .laptop,
            ["log", "infusion", "--for", "Anna", "--start", "yesterday", "--product", "no"]
        ).wait()
    }

    private func letter() throws -> (code: String, fingerprint: String) {
        let letter = try household.json(
            .clinic, "enrol", "P03", "--role", "carer", staff: Self.administrator)
        return (
            try #require(letter["code"]?.stringValue),
            try #require(letter["fingerprint"]?.stringValue)
        )
    }

    private func join(_ place: Household.Place, _ words: [String]) throws {
        let (code, fingerprint) = try letter()
        let typed =
            [
                "join", recorder.meddler.address, "--code", code, "--fingerprint", fingerprint,
                "--for", "Anna", "--zone", "Europe/London",
            ] + words
        let ended = try household.start(place, typed).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
    }

    private func sync(_ place: Household.Place) throws {
        let ended = try household.start(place, ["sync", "--quiet", "--for", "Anna"]).wait()
        guard [0, 5].contains(ended.status) else { throw Unexpected("\(place) \(ended.text)") }
    }

    private func meet() throws {
        for place in [Household.Place.laptop, .phone, .laptop] { try sync(place) }
    }

    private func join() throws {
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        _ = try household.infusion(start: "2026-03-22 07:30")
        try recorder.keeping("first-contact") {
            try join(.laptop, ["--role", "patient", "--device", "laptop"])
        }
        try recorder.keeping("second-device") {
            try join(.phone, ["--role", "carer", "--as", "Ben", "--device", "phone"])
        }
        try join(
            .laptop, ["--home", tablet, "--role", "carer", "--as", "Cleo", "--device", "tablet"])
        try meet()
        // A second patient's diary on the same laptop, which has joined nobody.
        try household.run(.laptop, "init", "--for", "Dora", "--zone", "Europe/Berlin")
        try household.run(.laptop, "log", "note", "--for", "Dora", "A diary of my own.")
    }

    private func change(_ place: Household.Place, _ words: String...) throws {
        let typed = words + (place == .clinic ? [] : ["--for", "Anna"])
        let ended = try household.start(place, typed).wait()
        guard [0, 3].contains(ended.status) else { throw Unexpected("\(typed) \(ended.text)") }
    }

    private func infusion(_ place: Household.Place, _ start: String) throws -> String {
        let saved = try household.json(
            place, "log", "infusion", "--for", "Anna", "--product", "hizentra", "--vials", "8x4g",
            "--lot", "P100423917", "--expiry", "2028-12", "--start", start, "--sites",
            "abdomen-L,abdomen-R", "--by", "self")
        return try #require(saved["handle"]?.stringValue)
    }

    /// Entries that were amended, settled, voided and said to be the same.
    private func answers() throws {
        let settled = try infusion(.laptop, "2026-03-23 08:05")
        let voided = try infusion(.laptop, "2026-03-24 08:05")
        let first = try infusion(.laptop, "2026-03-25 08:05")
        let second = try infusion(.phone, "2026-03-25 08:10")
        try recorder.keeping("push-and-pull") { try sync(.phone) }
        try meet()
        for place in [Household.Place.laptop, .phone] { try change(place, "show", settled) }
        try change(.laptop, "amend", settled, "lot=P100423971", "--why", "read the box again")
        try change(.phone, "amend", settled, "lot=P10042391")
        try change(.laptop, "void", voided, "--reason", "test")
        try meet()
        try change(.phone, "conflicts", "show", settled)
        try change(.phone, "conflicts", "resolve", settled, "lot=a", "--why", "photo of the box")
        try change(.phone, "duplicates", "same", first, second)
        try meet()
        try recorder.keeping("nothing-new") { try sync(.laptop) }
    }

    /// Entries that wait for a person, and one note that is to be erased.
    private func questions() throws -> Position {
        let sites = try infusion(.laptop, "2026-03-26 08:05")
        let voided = try infusion(.laptop, "2026-03-27 08:05")
        try change(.laptop, "log", "note", "To be erased at the patient's wish.")
        try meet()
        for place in [Household.Place.laptop, .phone] {
            for handle in [sites, voided] { try change(place, "show", handle) }
        }
        try change(.clinic, "show", sites)
        try change(.laptop, "amend", sites, "sites=thigh-L,thigh-R")
        try change(.phone, "amend", sites, "sites=abdomen-R,thigh-R")
        try change(.clinic, "amend", sites, "lot=P100423971")
        try change(.laptop, "void", voided, "--reason", "never_happened")
        try change(.phone, "amend", voided, "lot=P100423971")
        // A copy of a request with a line that is damaged, then the request itself.
        try recorder.keeping("conflicts", damaged: true) { try sync(.phone) }
        try meet()
        _ = try infusion(.phone, "2026-03-28 18:00")
        _ = try infusion(.laptop, "2026-03-28 18:10")
        try meet()
        let database = try StoreDigest.open(household.home(.laptop), isClinic: false)
        defer { try? database.close() }
        return try database.read { transaction in
            let diary = try #require(try transaction.diaries().first { $0.name == "Anna" })
            return try #require(
                try transaction.entries(in: diary.id, kinds: ["note"]).first
            ).position
        }
    }

    /// Somebody without a token.
    private func stranger() async throws {
        let request = SyncRequest(diary: try anna(), frontier: VectorClock(), sections: [])
        let answer = try await RawHTTP.post(
            "/v1/diaries/\(request.diary.text)/sync", request.bytes, port: household.port)
        problem = answer.body
    }

    private(set) var problem: [UInt8] = []

    private func anna() throws -> DiaryID {
        let database = try StoreDigest.open(household.home(.laptop), isClinic: false)
        defer { try? database.close() }
        return try database.read { transaction in
            try #require(try transaction.diaries().first { $0.name == "Anna" }).id
        }
    }

    /// The phone's directory is copied, both go on from one event, and notice.
    private func copies() throws {
        try household.copy(.phone, to: .copy)
        for place in [Household.Place.phone, .copy] {
            try change(place, "log", "note", "On the \(place), beside the other.")
        }
        try recorder.keeping("fork") {
            for place in [Household.Place.phone, .copy, .phone] { try sync(place) }
        }
        // Each goes on as a new replica.
        for place in [Household.Place.phone, .copy] {
            try change(place, "log", "note", "On the \(place), as a new writer.")
        }
        try recorder.keeping("continued") {
            for place in [Household.Place.phone, .copy, .phone, .laptop] { try sync(place) }
        }
    }

    private func close() throws {
        func atTablet(_ words: String...) throws {
            let ended = try household.start(.laptop, words + ["--home", tablet]).wait()
            guard [0, 5].contains(ended.status) else { throw Unexpected(ended.text) }
        }
        try atTablet("log", "note", "Before it was closed.")
        try atTablet("sync", "--quiet")
        try household.run(
            .clinic, "devices", "close", "tablet", "--because", "lost", staff: Self.administrator)
        try atTablet("log", "note", "After it was closed.")
        try recorder.keeping("closed") { try atTablet("sync", "--quiet") }
        try meet()
    }

    /// The clinic's directory is put back; it lacks, gives nothing, and is confirmed.
    private func putClinicBack() throws {
        let saturday = household.scratch.file("saturday")
        let clinic = household.home(.clinic)
        try household.close()
        try FileManager.default.copyItem(atPath: clinic, toPath: saturday)
        try household.open()
        try change(.laptop, "log", "note", "The new needles hurt less.")
        try change(.clinic, "log", "note", "--patient", "P03", "Rang the ward.")
        try meet()
        try household.close()
        try FileManager.default.removeItem(atPath: clinic)
        try FileManager.default.moveItem(atPath: saturday, toPath: clinic)
        try household.open()
        try change(.laptop, "log", "note", "While it was put back.")
        try recorder.keeping("put-back") { try sync(.laptop) }
        try recorder.keeping("unconfirmed") { try sync(.phone) }
        try household.run(.clinic, "devices", "confirm", "--yes", staff: Self.administrator)
        try change(.clinic, "log", "note", "--patient", "P03", "Confirmed.")
        try recorder.keeping("confirmed") { try meet() }
    }

    /// The clinic orders a body to be erased.
    private func erase(_ position: Position) throws {
        let now = household.now
        let clinic = try Clinic.open(in: household.home(.clinic)) { now }
        let diary = try anna()
        try clinic.database.write { transaction in
            let signature = clinic.key.sign(.erasure(diary, position.id))
            try clinic.record(in: diary, transaction) { commit, generator in
                let set: JSONObject = [
                    "erase": ["basis": "patient", "events": .array([position.json])],
                    "signatures": .array([.string(signature.text)]),
                ]
                _ = try commit.write(.begin("erasure", set: set), using: &generator)
            }
        }
        try clinic.database.close()
    }
}
