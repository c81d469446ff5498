import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic reviews`: whose logs, blood samples and trainings are due again.
struct ClinicReviews: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reviews",
        abstract: "Lists whose logs, blood samples and trainings the clinic has to ask for again.",
        discussion: """
            Logs are asked for when a device was not heard for 90 days, blood samples 90 days after the \
            last IgG trough, a training two years after the last one.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference; all if not said.")
    var patient: String?

    @Option(help: "The day that is asked about; today if not said.")
    var on: String?

    @Flag(help: "List what is not due yet, too.")
    var all = false

    func run() throws {
        try Output.run("clinic reviews", json: options.json) {
            let home = try options.open()
            let today = try home.zone().day(atMs: home.clinic.now)
            let day = try on.map { try TypedDay($0, today: today).day } ?? today
            let rows = try ReviewList(home: home, day: day).rows(of: patient)
            let shown = rows.filter { all || $0.isDue }
            var reply = Reply()
            reply.lines = shown.map(\.words)
            let due = rows.count(where: \.isDue)
            let unknown = rows.count { $0.due == .neverKnown }
            reply.say(
                due == 0 ? "Nothing is due." : "\(due) \(due == 1 ? "is" : "are") due."
            )
            if unknown > 0, !all {
                reply.say(
                    "Of \(unknown) it is not known when \(unknown == 1 ? "it was" : "they were") last "
                        + "done.   diary clinic reviews --all")
            }
            reply.json["reviews"] = .array(rows.map(\.json))
            return reply
        }
    }
}

/// A day as staff type it.
struct TypedDay {
    let day: CivilDate

    init(_ typed: String, today: CivilDate) throws {
        guard let day = DayName.date(typed, today: today) else {
            throw Refused(
                "“\(typed)” is no day I can read. Type 2026-03-29.", code: "malformed", exit: .usage
            )
        }
        self.day = day
    }
}

/// What the clinic asks for again and again, of each patient.
private struct ReviewList {
    let home: ClinicHome
    let day: CivilDate

    /// One thing that is asked of one patient.
    struct Row {
        let reference: String
        let cycle: ReviewCycle
        /// Whom it is about, where it is not the patient alone.
        let person: String?
        let due: ReviewCycle.Due

        var isDue: Bool {
            switch due {
            case .today, .overdue: true
            case .later, .neverKnown: false
            }
        }

        var words: String {
            "\(reference)  \(cycle.words)\(person.map { " of \($0)" } ?? "")  \(due.words)"
        }

        var json: JSONValue {
            var object: JSONObject = [
                "cycle": .string(cycle.rawValue), "due": .bool(isDue),
                "patient": .string(reference),
            ]
            if let person { object["person"] = .string(person) }
            switch due {
            case .later(let day), .overdue(let day, _): object["day"] = .string(day.description)
            case .today, .neverKnown: break
            }
            return .object(object)
        }
    }

    func rows(of patient: String?) throws -> [Row] {
        var rows: [Row] = []
        for (reference, diary) in try home.patientDiaries(of: patient) {
            let desk = try home.desk(diary: diary, act: .seeDiary)
            let heard = try home.clinic.database.read { transaction in
                try home.clinic.coverage(ofDiary: diary, in: transaction).reach.ms
            }
            let logs = heard.map { desk.zone.day(atMs: $0) }
            try desk.read("reviews") { reading in
                rows.append(row(reference, .logs, after: logs))
                rows.append(row(reference, .bloods, after: try reading.lastBloods()))
                for trained in try reading.trained(on: day) where trained.person != nil {
                    rows.append(
                        Row(
                            reference: reference, cycle: .retraining,
                            person: "\(trained.name) (\(trained.route.rawValue))",
                            due: trained.retraining))
                }
            }
        }
        return rows
    }

    private func row(_ reference: String, _ cycle: ReviewCycle, after last: CivilDate?) -> Row {
        Row(
            reference: reference, cycle: cycle, person: nil,
            due: cycle.next(after: last, today: day))
    }
}
