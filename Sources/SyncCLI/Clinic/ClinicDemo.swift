import ArgumentParser
import Cohort
import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncCore

/// `diary clinic demo`: a clinic of invented people, made through the real engine.
struct ClinicDemo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Makes a SYNTHETIC clinic of invented people, two years of it.",
        discussion: """
            For trying, for teaching and for measuring. The same seed gives the same people, diaries and \
            ids. Its key can be made by whoever knows the seed: enrol nobody real there. Beside the store \
            expected-recall.json says what a recall of one of its lots has to find.
            """)

    @Option(help: "How many patients, 1 to 5000.")
    var patients: Int = CohortTable.demoPatients

    @Option(help: "The number that everything is drawn from.")
    var seed: UInt64 = 1

    @Option(name: .customLong("until"), help: "The last of its days.")
    var lastDay: String = "2026-09-30"

    @Option(help: "The directory, which holds no clinic yet (or DIARY_CLINIC; ./synthetic-clinic).")
    var home: String?

    @Flag(help: "Print one JSON object instead of sentences.")
    var json = false

    private var directory: String {
        if let home { return home }
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["DIARY_CLINIC"], !home.isEmpty { return home }
        return "synthetic-clinic"
    }

    func run() throws {
        try Output.run("clinic demo", json: json) {
            guard (1...5000).contains(patients) else {
                throw Refused(
                    "A demo has 1 to 5000 patients. Nothing was written.", code: "usage",
                    exit: .usage)
            }
            guard let day = CivilDate(lastDay), (1990...2150).contains(day.year) else {
                throw Refused(
                    "--until is a day such as 2026-09-30. Nothing was written.", code: "usage",
                    exit: .usage)
            }
            guard try !DiaryDatabase.isThere(in: directory, purpose: .clinic) else {
                throw StoreError.exists(directory: directory)
            }
            let plan = CohortPlan(
                patientCount: patients, seed: seed, lastDay: day, zones: try zones())
            let report = try CohortRun.make(plan, in: directory, progress: progress)
            let expected = ExpectedRecall(of: plan)
            try write(expected.json)
            return DemoWords(plan: plan, report: report, expected: expected, directory: directory)
                .reply
        }
    }

    private func zones() throws -> CohortZones {
        let files = ZoneFiles()
        let abroad = CohortZones.abroadNames.map { files.rules(named: $0) }
        guard let home = files.rules(named: CohortZones.homeName),
            !abroad.contains(where: { $0 == nil })
        else { throw Refused("Install the package tzdata.", code: "no_tzdata") }
        return CohortZones(home: home, abroad: abroad.compactMap(\.self))
    }

    /// Who waits at a terminal sees that it goes on.
    private func progress(_ done: Int) {
        guard isatty(STDERR_FILENO) == 1, done % 10 == 0 else { return }
        Output.complain("\(CohortTable.banner): \(done) of \(patients) patients")
    }

    private func write(_ json: JSONValue) throws {
        let path = directory + "/expected-recall.json"
        let bytes = Data(json.canonicalBytes + [UInt8(ascii: "\n")])
        guard
            FileManager.default.createFile(
                atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600])
        else {
            throw Refused(
                "The store is made, but \(path) cannot be written.", code: "not_written")
        }
    }
}

/// What the demo says of what it made.
private struct DemoWords {
    let plan: CohortPlan
    let report: CohortReport
    let expected: ExpectedRecall
    let directory: String

    var reply: Reply {
        let lot = plan.recall.lot
        let recall =
            "diary clinic recall --product \(lot.product) \(lot.text)"
            + " --as-of \(plan.days.last)T12:00Z --staff \(StaffPlan.pharmacist.login)"
        return Reply(
            "\(CohortTable.banner): invented people only. \(report.patients) patients,"
                + " \(plan.days.first) to \(plan.days.last), seed \(plan.seed).",
            "In \(directory): \(report.devices) devices, \(report.infusions) infusions written down,"
                + " \(report.events) events.",
            "\(report.unsyncedDevices) devices hold \(report.unsentEvents) events that never came.",
            "One lot to look for; expected-recall.json beside the store says what there is to find:",
            "  \(recall) --home \(directory)",
            "Staff: "
                + StaffPlan.members.map { "\($0.login) (\($0.role.rawValue))" }
                .joined(separator: ", "),
            json: json)
    }

    private var json: JSONObject {
        var injected: JSONObject = [:]
        for kind in Injection.allCases {
            injected[kind.rawValue] = .integer(Int64(report.injections.count { $0 == kind }))
        }
        return [
            "banner": .string(CohortTable.banner), "devices": .integer(Int64(report.devices)),
            "events": .integer(Int64(report.events)), "expected": expected.json,
            "from": .string(plan.days.first.description), "home": .string(directory),
            "infusions": .integer(Int64(report.infusions)), "injected": .object(injected),
            "patients": .integer(Int64(report.patients)), "seed": .string(String(plan.seed)),
            "skipped": .integer(Int64(report.skipped)),
            "unsentEvents": .integer(Int64(report.unsentEvents)),
            "unsyncedDevices": .integer(Int64(report.unsyncedDevices)),
            "until": .string(plan.days.last.description),
        ]
    }
}
