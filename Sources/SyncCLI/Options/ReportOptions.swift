import ArgumentParser
import DiaryDesk
import DiaryModel

/// Of which days a report is, and where its pictures go, at home and at the clinic.
struct ReportOptions: ParsableArguments {
    @Option(help: "How many months it looks back.")
    var months = 3

    @Option(help: "Its last day, such as 2026-03-31.")
    var lastDay: String?

    @Option(help: "The day of the last visit; what was measured is compared with it.")
    var lastVisit: String?

    @Option(help: "Draw grams and measures to SVG files in this directory.")
    var svg: String?

    /// The days of the report.
    ///
    /// - Parameter last: its last day where none is said.
    func window(last: CivilDate, today: CivilDate) throws -> DayWindow {
        guard (1...240).contains(months) else {
            throw Refused(
                "--months is a number from 1 to 240. Nothing was done.", code: "usage",
                exit: .usage)
        }
        let until = (try day(lastDay, today) ?? last).adding(days: 1)
        return DayWindow(from: until.adding(months: -months), until: until)
    }

    func visit(today: CivilDate) throws -> CivilDate? { try day(lastVisit, today) }

    private func day(_ typed: String?, _ today: CivilDate) throws -> CivilDate? {
        guard let typed else { return nil }
        guard let day = DayName.date(typed, today: today) else {
            throw Refused(
                "“\(typed)” is no day. Expected: 2026-03-31, today, sunday.", code: "no_day",
                exit: .usage)
        }
        return day
    }
}
