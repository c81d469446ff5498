public import SyncCore

/// A symptom of the whole body: how bad it was, or whether it was there.
public enum Symptom: DiaryValue {
    /// 1 to 4, or that nobody can say how bad.
    case graded(Said<Int64>)
    case answered(Answer)

    public init?(json: JSONValue) {
        if let answer = Answer(json: json) {
            self = .answered(answer)
            return
        }
        guard var reader = MemberReader(json) else { return nil }
        let grade: Said<Int64>? = reader.member("grade")
        guard reader.isWhole, let grade else { return nil }
        self = .graded(grade)
    }

    public var json: JSONValue {
        switch self {
        case .graded(let grade): ["grade": grade.json]
        case .answered(let answer): answer.json
        }
    }

    /// It was there: graded, or answered with yes. Unknown is not yes.
    public var isPresent: Bool {
        switch self {
        case .graded: true
        case .answered(let answer): answer == .yes
        }
    }

    public var grade: Int64? { if case .graded(let grade) = self { grade.value } else { nil } }
}

/// A sign at one infusion site: `local.<site>.<code>`.
public struct LocalSign: Hashable, Sendable {
    /// The id in the infusion's `sites`.
    public let site: String
    public let code: String
    public let finding: Finding

    public enum Finding: DiaryValue {
        case answered(Answer)
        /// 0 to 10.
        case pain(Said<Int64>)
        case size(millimetres: Said<Int64>)

        public init?(json: JSONValue) {
            if let answer = Answer(json: json) {
                self = .answered(answer)
                return
            }
            guard var reader = MemberReader(json) else { return nil }
            let pain: Said<Int64>? = reader.member("painPoints")
            let size: Said<Int64>? = reader.member("sizeMillimetres")
            guard reader.isWhole else { return nil }
            switch (pain, size) {
            case (let pain?, nil): self = .pain(pain)
            case (nil, let size?): self = .size(millimetres: size)
            default: return nil
            }
        }

        public var json: JSONValue {
            switch self {
            case .answered(let answer): answer.json
            case .pain(let points): ["painPoints": points.json]
            case .size(let size): ["sizeMillimetres": size.json]
            }
        }
    }

    init?(field: String, json: JSONValue) {
        let parts = field.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty,
            let finding = Finding(json: json)
        else { return nil }
        site = String(parts[1])
        code = String(parts[2])
        self.finding = finding
    }

    /// The site as the infusion has it; nil where it names none of that id.
    public func site(in infusion: Infusion) -> Site? {
        infusion.sites?.first { $0.id == PrintedText(site) }
    }
}

/// That a reaction was reported, and to whom: `report.<line>`. Sending it is a human act.
public struct ReactionReport: DiaryValue {
    public var to: Said<Receiver>
    /// The number that was given to it, as printed.
    public var number: PrintedText?
    public var date: Said<PrintedDay>?

    public enum Receiver: String, DiaryValue, CaseIterable {
        /// Yellow Card, MedWatch.
        case regulator
        case manufacturer
        case localHaemovigilance = "local_haemovigilance"
    }

    public init(to receiver: Receiver, number: PrintedText? = nil, date: CivilDate? = nil) {
        to = .value(receiver)
        self.number = number
        self.date = date.map { .value(PrintedDay($0)) }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let to: Said<Receiver>? = reader.member("to")
        number = reader.member("number")
        date = reader.member("date")
        guard reader.isWhole, let to else { return nil }
        self.to = to
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("to", to)
        object.set("number", number)
        object.set("date", date)
        return .object(object)
    }
}
