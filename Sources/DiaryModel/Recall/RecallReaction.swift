public import SyncCore

/// A reaction that began within seven days of an infusion of the lot, or that names that infusion.
public struct RecallReaction: DiaryValue {
    public let entry: EntryID
    /// The days said for its beginning.
    public let days: [PrintedText]
    /// The highest that anybody gave, 1 to 5; nil where nobody did.
    public let grade: Int64?

    public init(entry: EntryID, days: [PrintedText], grade: Int64?) {
        self.entry = entry
        self.days = days
        self.grade = grade
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let entry: EntryID? = reader.member("entry")
        let days: [PrintedText]? = reader.member("days")
        grade = reader.member("grade")
        guard reader.isWhole, let entry, let days else { return nil }
        self.entry = entry
        self.days = days
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("entry", entry)
        object.set("days", days)
        object.set("grade", grade)
        return .object(object)
    }

    /// "reaction 2016-03-21, grade 2".
    var words: String {
        let day = days.isEmpty ? "" : " " + days.map(\.text).joined(separator: " or ")
        return "reaction" + day + (grade.map { ", grade \($0)" } ?? "")
    }
}

extension RecallReaction {
    /// The reaction as it is shown with an infusion; nil if it has nothing to do with it or was voided.
    init?(_ reaction: RecallEntry, of infusion: RecallEntry) {
        guard reaction.view.kind == EntryKind.reaction.rawValue, reaction.view.status != .voided,
            Self.names(reaction.view, infusion.view.entry.id)
                || Self.isSoonAfter(reaction.occurrence, infusion.occurrence)
        else { return nil }
        self.init(
            entry: reaction.view.entry.id, days: reaction.occurrence.days,
            grade: Self.highestGrade(of: reaction.view))
    }

    private static func names(_ reaction: EntryView, _ infusion: EntryID) -> Bool {
        (reaction.fields["infusion"]?.candidates ?? []).contains {
            $0.value.json.flatMap { EntryID(json: $0) } == infusion
        }
    }

    /// By instants within seven days, by bare days within seven dates.
    private static func isSoonAfter(_ reaction: Occurrence, _ infusion: Occurrence) -> Bool {
        infusion.starts.contains { start in
            reaction.starts.contains { onset in
                if let from = start.ms, let to = onset.ms {
                    return to >= from && to.subtractingSaturating(from) <= 7 * 86_400_000
                }
                guard start.precision != .month, onset.precision != .month else { return false }
                let days = onset.wall.date.daysSinceEpoch - start.wall.date.daysSinceEpoch
                return (0...7).contains(days)
            }
        }
    }

    /// Said and assessed never conflict; the higher is what matters (domain 2.4).
    private static func highestGrade(of view: EntryView) -> Int64? {
        let said = (view.fields["grade.said"]?.candidates ?? []).compactMap {
            $0.value.json?["grade"]?.integerValue
        }
        let assessed = (view.fields["grade.assessed"]?.candidates ?? []).compactMap {
            $0.value.json?.integerValue
        }
        return (said + assessed).max()
    }
}
