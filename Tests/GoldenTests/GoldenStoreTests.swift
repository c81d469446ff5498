import DiaryStore
import SyncCore
import TestSupport
import Testing

/// The library opens what every earlier version left behind, and it says what it said then.
@Suite(.timeLimit(.minutes(60))) struct GoldenStoreTests {
    typealias Home = GoldenFolder.Home

    static func differences(_ now: [JSONValue], from then: [JSONValue]) -> [String] {
        guard now.count == then.count else { return ["\(now.count) lines, were \(then.count)"] }
        return zip(now, then).flatMap {
            $0.differences(from: $1, at: $1["entry"]?.canonicalText ?? "")
        }
    }

    @Test(arguments: GoldenFolder.all, Home.allCases)
    func `a store of an earlier version says what it said then`(
        folder: GoldenFolder, home: Home
    ) throws {
        let copy = try GoldenCopy(folder, [home])
        let now = try StoreDigest.lines(of: copy, home)
        #expect(try Self.differences(now, from: folder.said(by: home)) == [])
    }

    @Test(arguments: GoldenFolder.all, Home.allCases)
    func `the library finds nothing wrong with it`(folder: GoldenFolder, home: Home) throws {
        let copy = try GoldenCopy(folder, [home])
        let database = try StoreDigest.open(copy.directory(of: home), isClinic: home.isClinic)
        #expect(try Doctor.examine(database) == [])
        try database.close()
    }

    @Test(arguments: GoldenFolder.all)
    func `the goldens hold every kind of trouble a diary can have`(folder: GoldenFolder) throws {
        let said = try folder.said(by: .device)
        func has(_ what: (JSONValue) -> Bool) -> Bool { said.contains(where: what) }
        func isFilled(_ value: JSONValue?) -> Bool { value?.arrayValue?.isEmpty == false }
        #expect(has { isFilled($0["conflicts"]) && !isFilled($0["voidQuestions"]) })
        #expect(has { isFilled($0["voidQuestions"]) })
        #expect(has { isFilled($0["toReview"]) })
        #expect(has { isFilled($0["erased"]) && $0["kind"] == "note" })
        #expect(has { $0["status"] == "voided" && !isFilled($0["erased"]) })
        #expect(has { $0["kind"] == "mood" })
        #expect(has { $0["fields"]?["warmth"] != nil })
        #expect(has { isFilled($0["setAside"]) })
        #expect(has { ($0["questions"]?.integerValue ?? 0) > 0 })
        #expect(has { $0["diary"] != nil && $0["clinic"] == nil })
        // A fork: one log has two tips.
        let replicas = said[0]["frontier"]?.arrayValue?.compactMap { $0.arrayValue?.first } ?? []
        #expect(Set(replicas).count < replicas.count)
    }

    @Test(arguments: GoldenFolder.all)
    func `what was in the write-ahead log alone is there`(folder: GoldenFolder) throws {
        let copy = try GoldenCopy(folder, [.interrupted])
        let household = copy.household
        let wal = copy.directory(of: .interrupted) + "/diary.db-wal"
        #expect(try GoldenFiles.size(wal) > 0)
        let list = try household.json(.laptop, "list", "--for", "Anna")
        #expect(list.canonicalText.contains("in the log alone"))
        try household.run(.laptop, "log", "note", "--for", "Anna", "And it goes on.")
        try household.run(.laptop, "doctor")
    }
}
