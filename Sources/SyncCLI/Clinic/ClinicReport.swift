import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic report`: a patient's doses, reactions and measures, for the visit.
struct ClinicReport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Makes a patient's report: does strength follow the dose?",
        discussion: """
            diary clinic report P03 --staff r.evans
            diary clinic report P03 --months 12 --last-visit 2026-01-12 --svg P03

            It says first how far the data reach; its last day is yesterday if not said, since today has \
            not all come. All diaries of the patient are read as one.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference, such as P03.")
    var patient: String

    @OptionGroup var report: ReportOptions

    func run() throws {
        try Output.run("clinic report", json: options.json) {
            let replies = try options.open().cares("report", of: patient) { care in
                let window = try report.window(
                    last: care.today.adding(days: -1), today: care.today)
                return try CareReport(
                    care.record, in: window, zone: care.zone, today: care.today, reach: care.reach,
                    lastVisit: report.visit(today: care.today)
                ).reply(for: care.reference, picturesIn: report.svg)
            }
            return replies.first ?? Reply("\(patient) has no diary yet.")
        }
    }
}
