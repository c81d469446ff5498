import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic adherence`: what was given against what was prescribed.
struct ClinicAdherence: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adherence",
        abstract: "Says what was given in a window of days against what was prescribed.",
        discussion: """
            diary clinic adherence P03 --weeks 12
            diary clinic adherence --from 2026-01-05 --to 2026-03-02

            Days that no device has brought are not known, and never counted as nothing: a share stands \
            beside the days it is of. Where people disagree it is a range. Days are those of the plan's \
            time zone. Without a plan there are grams and no share.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference, such as P03; all patients if not said.")
    var patient: String?

    @Option(help: "The first day, such as 2026-01-05.")
    var from: String?

    @Option(help: "The day after the last one; today if not said.")
    var to: String?

    @Option(help: "So many weeks up to that day, 1 to 520; 12 if nothing is said.")
    var weeks: Int?

    func run() throws {
        try Output.run("clinic adherence", json: options.json) {
            let wanted = try WantedDays(from: from, to: to, weeks: weeks)
            let home = try options.open()
            let (found, withoutDiary) = try home.treatments("adherence", of: patient) { patient in
                let window = try wanted.window(today: patient.treatment.today)
                return AdherenceLines(
                    patient: patient,
                    adherence: patient.treatment.adherence(
                        in: window, received: patient.coverage.reach))
            }
            var reply = Reply()
            if patient == nil, !found.isEmpty {
                reply.say(AdherenceLines.header(found, days: wanted.words))
                reply.lines += AdherenceLines.table(found)
                reply.lines += found.flatMap(\.patient.retiredDevices)
            } else {
                reply.lines = found.flatMap(\.lines)
            }
            for reference in withoutDiary { reply.say("\(reference)  has no diary yet.") }
            if reply.lines.isEmpty { reply.say("There is no patient yet.") }
            reply.json = [
                "patients": .array(found.map(\.json)),
                "withoutDiary": .array(withoutDiary.map(JSONValue.string)),
            ]
            return reply
        }
    }
}

/// The days that somebody asks about.
struct WantedDays {
    private let from: CivilDate?
    private let to: CivilDate?
    private let weeks: Int?

    private static let standardWeeks = 12

    /// - Throws: `Refused` for a day that is none, and for weeks beside a first day.
    init(from: String?, to: String?, weeks: Int?) throws {
        self.from = try Self.day(from, "--from")
        self.to = try Self.day(to, "--to")
        self.weeks = weeks
        guard from == nil || weeks == nil else {
            throw Refused(
                "Say either --from or --weeks.", code: "two_windows", exit: .usage)
        }
        guard weeks.map({ (1...520).contains($0) }) ?? true else {
            throw Refused("--weeks is 1 to 520.", code: "usage", exit: .usage)
        }
    }

    private static func day(_ typed: String?, _ option: String) throws -> CivilDate? {
        guard let typed else { return nil }
        guard let day = CivilDate(typed), (1900...2200).contains(day.year) else {
            throw Refused(
                "\(option) is a day such as 2026-01-05; “\(typed)” is none.", code: "usage",
                exit: .usage)
        }
        return day
    }

    /// "12 weeks up to today", "Monday 5 January 2026 up to Monday 2 March 2026".
    var words: String {
        let end = to?.longWords ?? "today"
        if let from { return "\(from.longWords) up to \(end)" }
        return "\(CountWords.of(weeks ?? Self.standardWeeks, "week")) up to \(end)"
    }

    func window(today: CivilDate) throws -> DayWindow {
        let until = to ?? today
        let first = from ?? until.adding(days: -7 * (weeks ?? Self.standardWeeks))
        guard first < until else {
            throw Refused(
                "The window ends before it begins: \(first) to \(until).",
                "--to is the day after the last one.", code: "usage", exit: .usage)
        }
        return DayWindow(from: first, until: until)
    }
}
