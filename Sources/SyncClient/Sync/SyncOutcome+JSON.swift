public import SyncCore

extension SyncOutcome {
    /// The outcome as it is kept for another process, and printed for programs.
    public var json: JSONValue {
        var object: JSONObject = [
            "fetched": .integer(Int64(fetched)), "merged": .integer(Int64(mergedCount)),
            "refused": .array(refused.map(\.json)), "requests": .integer(Int64(requests)),
            "result": .string(result.word), "sent": .integer(Int64(sent)),
            "touched": .array(touched.map { .string($0.text) }),
        ]
        if let confirmedMs { object["confirmed_ms"] = .integer(confirmedMs) }
        if let retryAfterMs { object["retry_after_ms"] = .integer(retryAfterMs) }
        object["put_back"] = putBack?.json
        switch result {
        case .notReached(let reason): object["reason"] = .string(reason.rawValue)
        case .refusedWhole(let type): object["reason"] = .string(type.rawValue)
        case .stuck(let position): object["at"] = position?.json
        default: break
        }
        return .object(object)
    }

    /// Reads what `json` writes; nil for anything else.
    init?(json: JSONValue) {
        guard let word = json["result"]?.stringValue,
            let result = Result(
                word: word, reason: json["reason"]?.stringValue,
                at: json["at"].flatMap(Position.init(json:)))
        else { return nil }
        self.init(result)
        func count(_ member: String) -> Int {
            json[member]?.integerValue.flatMap(Int.init(exactly:)) ?? 0
        }
        sent = count("sent")
        fetched = count("fetched")
        mergedCount = count("merged")
        requests = count("requests")
        touched = (json["touched"]?.arrayValue ?? []).compactMap {
            $0.stringValue.flatMap { EntryID($0) }
        }
        refused = (json["refused"]?.arrayValue ?? []).compactMap(Position.init(json:))
        confirmedMs = json["confirmed_ms"]?.integerValue
        retryAfterMs = json["retry_after_ms"]?.integerValue
        putBack = json["put_back"].flatMap(PutBack.init(json:))
    }
}

extension SyncOutcome.PutBack {
    var json: JSONValue {
        var object: JSONObject = ["confirmed_ms": .integer(confirmedMs)]
        if let entries { object["entries"] = .integer(Int64(entries)) }
        return .object(object)
    }

    init?(json: JSONValue) {
        guard let confirmedMs = json["confirmed_ms"]?.integerValue else { return nil }
        self.init(
            confirmedMs: confirmedMs,
            entries: json["entries"]?.integerValue.flatMap(Int.init(exactly:)))
    }
}

extension SyncOutcome.Result {
    /// A stable word for programs.
    public var word: String {
        switch self {
        case .equal: "equal"
        case .refusedSome: "refused_some"
        case .closed: "closed"
        case .unconfirmed: "unconfirmed"
        case .notReached: "not_reached"
        case .notJoined: "not_joined"
        case .notEnrolled: "not_enrolled"
        case .versionTooNew: "version_too_new"
        case .refusedWhole: "refused_whole"
        case .stuck: "stuck"
        case .notTheClinic: "not_the_clinic"
        case .badAnswer: "bad_answer"
        }
    }

    init?(word: String, reason: String?, at position: Position?) {
        let simple: [SyncOutcome.Result] = [
            .equal, .refusedSome, .closed, .unconfirmed, .notJoined, .notEnrolled, .versionTooNew,
            .notTheClinic, .badAnswer, .stuck(at: position),
        ]
        if let result = simple.first(where: { $0.word == word }) {
            self = result
            return
        }
        switch word {
        case "not_reached":
            guard let reason = reason.flatMap(NotReached.init(rawValue:)) else { return nil }
            self = .notReached(reason)
        case "refused_whole":
            guard let type = reason.flatMap(ProblemType.init(rawValue:)) else { return nil }
            self = .refusedWhole(type)
        default: return nil
        }
    }
}
