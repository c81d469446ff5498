import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic reaction`: what staff add to a reaction, beside the patient's own words.
struct ClinicReaction: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reaction",
        abstract: "Grades a reaction, and notes to whom it was reported.",
        subcommands: [Assess.self, Report.self])

    struct Assess: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assess",
            abstract: "Gives a reaction the clinic's grade, 1 to 5; the patient's words stay.",
            discussion: "For nurses, pharmacists and doctors.   diary clinic reaction assess k7q2 3"
        )

        @OptionGroup var options: ClinicOptions
        @OptionGroup var named: ClinicEntry

        @Argument(help: "The grade: 1 mild … 4 life-threatening, 5 death.")
        var grade: String

        @Option(help: "Why, in words; they are kept as a note.")
        var why: String?

        @Flag(help: "Go on although more has come than you were shown.")
        var yes = false

        func run() throws {
            try Output.run("clinic reaction assess", json: options.json) {
                let (desk, entry) = try options.open().desk(
                    entry: named.entry, patient: named.patient, act: .assess)
                return try Amendment(desk: desk, entry: entry, yes: yes)
                    .run(["grade.assessed=\(grade)"], why: why, reason: "assessed")
            }
        }
    }

    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "Notes to whom a reaction was reported, with the report's number.",
            discussion: "Sending a report is a human act; this keeps that it was done.")

        @OptionGroup var options: ClinicOptions
        @OptionGroup var named: ClinicEntry

        @Option(help: "regulator, manufacturer or local_haemovigilance.")
        var to: String

        @Option(help: "The report's number.")
        var number: String?

        @Option(help: "The day; today if not said.")
        var day: String?

        @Flag(help: "Go on although more has come than you were shown.")
        var yes = false

        func run() throws {
            try Output.run("clinic reaction report", json: options.json) {
                let (desk, entry) = try options.open().desk(
                    entry: named.entry, patient: named.patient, act: .assess)
                var form = ReportForm()
                form.to = to
                form.number = number
                form.day = day
                return try Amendment(desk: desk, entry: entry, yes: yes).set(
                    [form.newField(): try form.report(desk.formContext())], why: nil,
                    reason: "reported")
            }
        }
    }
}
