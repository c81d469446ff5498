import DiaryModel
import SyncCore
import Testing

/// What is printed around the rows, and what may be said in the end.
@Suite struct RecallTextTests {
    private func answer(_ patients: [RecallPatient]) throws -> RecallAnswer {
        RecallAnswer(
            try #require(RecallQuery.octagam()), patients: patients, askedMs: RecallStory.noon)
    }

    private func clear(seed: UInt64) throws -> RecallStory {
        var story = RecallStory(seed: seed)
        try story.begin("a", .infusion("2016-04-03T10:00", .vials("K724B8541")))
        return story
    }

    @Test func `an empty class prints none`() throws {
        let lines = RecallText(try answer([RecallPatient("P01", clear(seed: 1))])).lines()
        #expect(
            lines == [
                "1 patient in scope; 1 diary complete to 2016-05-02 12:00 UTC",
                "INFUSED        none", "HELD           none", "POSSIBLE       none",
                "VOIDED_MATCH   none", "UNKNOWN        none", "CLEAR          P01",
                "No patient affected up to 2016-05-02 12:00 UTC.",
            ])
    }

    @Test func `with one unknown nobody says that no patient is affected`() throws {
        let patients = [
            try RecallPatient("P01", clear(seed: 1)),
            try RecallPatient("P02", clear(seed: 2), heardMs: utc("2016-05-02T11:59")),
        ]
        let text = RecallText(try answer(patients))
        #expect(
            text.closing == [
                "No match in the data received.", "No \"not affected\" can be said: 1 unknown.",
            ])
        #expect(text.lines().contains("UNKNOWN        P02 not heard since today 11:59 UTC"))
    }

    @Test func `where nobody is in scope nothing is promised`() throws {
        let text = RecallText(try answer([]))
        #expect(text.header == "0 patients in scope; 0 diaries complete to 2016-05-02 12:00 UTC")
        #expect(text.closing == ["No match in the data received."])
    }

    @Test func `whoever is waited for, and whoever is not, stands in the header`() throws {
        let lost = EnrolledDevice(
            "tablet", heardMs: nil, state: .retired, because: ["retired_lost"])
        let open = EnrolledDevice("phone", heardMs: RecallStory.noon)
        let closed = EnrolledDevice(
            "phone", heardMs: utc("2016-05-01T23:00"), state: .revoked, because: ["stolen"])
        let silent = EnrolledDevice("phone", heardMs: nil)
        let patients = [
            try RecallPatient("P03", clear(seed: 3), devices: [open, lost]),
            try RecallPatient("P01", clear(seed: 1), devices: [closed]),
            try RecallPatient("P02", clear(seed: 2), devices: [open, silent]),
        ]
        #expect(
            RecallText(try answer(patients)).header
                == "3 patients in scope; 1 diary complete to 2016-05-02 12:00 UTC; "
                + "2 not: P01, last heard 1 day ago (closed, still waited for); "
                + "P02, never heard; 1 device retired, not counted: P03's tablet, lost")
    }

    @Test func `a patient who would pass the last column begins a new line`() throws {
        let patients = try (1...20).map { number in
            try RecallPatient("P\(number + 10)", clear(seed: UInt64(number)))
        }
        let lines = RecallText(try answer(patients)).lines(columns: 80)
        #expect(
            lines.filter { $0.hasPrefix("CLEAR") || $0.hasPrefix("    ") } == [
                "CLEAR          P11. P12. P13. P14. P15. P16. P17. P18. P19. P20. P21. P22. P23.",
                "               P24. P25. P26. P27. P28. P29. P30",
            ])
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [40, 60, 80, 120]) func `no line passes the last column`(columns: Int) throws {
        let lines = try NoticeOfApril().text().lines(columns: columns)
        #expect(lines.allSatisfy { $0.count <= columns })
        let words = lines.flatMap { $0.split(separator: " ") }
        let whole = try NoticeOfApril().text().lines().flatMap { $0.split(separator: " ") }
        #expect(words == whole)
    }
}
