import DiaryDesk
import DiaryModel
import SyncCore

extension CareReport {
    /// The report of a patient: how far the data reach, then all it says, then strength beside the dose.
    func reply(for name: String) -> Reply {
        var reply = Reply("\(name). Report for the clinic, up to \(lastDay.longWords).")
        reply.lines += report.lines.flatMap { DeskWords.fitted($0) }
        let table = beside.lines(columns: Terminal.current.width)
        if !table.isEmpty {
            reply.lines += ["", "What was measured beside what was given:"] + table
        }
        reply.json = json
        reply.json["for"] = .string(name)
        return reply
    }

    private var lastDay: CivilDate { report.to.adding(days: -1) }

    private var json: JSONObject {
        [
            "antibiotics": report.antibiotics.json, "coverage": .string(report.coverage),
            "doses": .object(adherence.json), "from": .string(report.from.description),
            "iggBelowTarget": .array(
                report.iggBelowTarget.map { below in
                    [
                        "certain": .bool(below.isCertain),
                        "day": .string(below.day.day.description),
                        "target": .integer(below.targetMilligramsPerLitre),
                    ]
                }),
            "infections": report.infections.json,
            "leftOut": .array(report.leftOut.map { .string($0.text) }),
            "outcomes": .array(report.outcomes.map(\.json)),
            "periodDays": .integer(Int64(beside.grams.periodDays)),
            "periods": .array(beside.grams.periods.map(\.json)),
            "reactions": report.reactions.json, "until": .string(report.to.description),
            "wearingOff": report.wearingOff.verdict.json,
        ]
    }

    /// The report with its pictures, where somebody wants them.
    func reply(for name: String, picturesIn directory: String?) throws -> Reply {
        var reply = reply(for: name)
        if let directory { reply.add(try PictureFiles(pictures, in: directory).write()) }
        return reply
    }
}

extension WearingOff.Verdict {
    fileprivate var json: JSONValue {
        switch self {
        case .forReview(let from, let cycles):
            ["cycles": .integer(Int64(cycles)), "from": .string(from.description)]
        case .depends: "depends"
        case .no: .null
        }
    }
}
