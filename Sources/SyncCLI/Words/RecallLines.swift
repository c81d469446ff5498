import ClinicServer
import DiaryModel
import SyncCore

/// A search for a lot in a list: what was asked when by whom, and how many were found.
struct RecallLines {
    private let record: RecallRecord

    init(_ record: RecallRecord) { self.record = record }

    var lines: [String] {
        let lots = record.query.lots.map { "\($0.product) \($0.lot)" }.joined(separator: ", ")
        let again = record.repeats.map { ", recall \($0) again" } ?? ""
        let totals = record.answer.totals
        let classes = RecallClass.allCases.map { "\($0.rawValue) \(totals[$0])" }
        return [
            "\(record.number)  \(Self.time(record.ms)) UTC  \(record.staff)  \(lots)\(again)",
            "   complete to \(Self.time(record.query.asOfMs)) UTC:  "
                + classes.joined(separator: ", "),
        ]
    }

    var json: JSONValue {
        var object: JSONObject = [
            "asked": .integer(record.ms), "query": record.query.json,
            "recall": .integer(Int64(record.number)), "staff": .string(record.staff),
            "totals": record.answer.totals.json,
        ]
        if let repeats = record.repeats { object["repeats"] = .integer(Int64(repeats)) }
        return .object(object)
    }

    /// `2016-05-02 12:00`, in UTC as all of an answer is.
    private static func time(_ ms: Int64) -> String {
        let minute = ms / 60_000
        let days = minute / 1440
        let wall = WallTime(
            date: CivilDate(daysSinceEpoch: Int(clamping: days)),
            minuteOfDay: Int(clamping: minute - days * 1440))
        return wall.map { "\($0.date) \($0.clockFace)" } ?? "\(ms)"
    }
}
