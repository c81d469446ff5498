import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary report`: what a patient takes to the clinic.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Makes the report for the clinic: doses, reactions, measures, side by side.",
        discussion: """
            diary report                           the last three months, today among them
            diary report --months 6 --svg report   with pictures in the directory report

            It says first how far the data reach. What is not known is said to be not known, and nothing \
            is averaged.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var report: ReportOptions

    func run() throws {
        try Output.run("report", json: store.json) {
            let home = try store.openDevice()
            var number = 0
            return try home.readAll { desk, diary in
                number += 1
                let window = try report.window(last: desk.today, today: desk.today)
                let record = try desk.read("report") { try CareRecord($0) }
                let care = CareReport(
                    record, in: window, zone: desk.zone, today: desk.today,
                    reach: try reach(of: diary, home, desk),
                    lastVisit: try report.visit(today: desk.today))
                // Each diary of a patient has its own directory.
                let directory = report.svg.map { number == 1 ? $0 : "\($0)-\(number)" }
                return try care.reply(for: diary.name, picturesIn: directory)
            }
        }
    }

    /// A device knows of what it holds, and when the clinic last confirmed that.
    private func reach(
        of diary: DiaryRecord, _ home: DeviceHome, _ desk: Desk
    ) throws -> CareReport.Reach {
        let confirmed = try home.confirmed(in: diary.id).map {
            desk.when($0.receipt.milliseconds).short
        }
        let clinic = confirmed.map { "the clinic last answered \($0)" }
        let joined = diary.pinnedClinic == nil ? "it has joined no clinic" : "not yet synced"
        return CareReport.Reach(
            "By what this device holds; \(clinic ?? joined). What another device holds may be missing.",
            until: desk.today.adding(days: 1))
    }
}
