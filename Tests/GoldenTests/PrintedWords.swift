import SyncCore
import TestSupport
import Testing

/// What the command prints of a store, asked in one order, so that what a question itself leaves behind
/// is the same every time.
enum PrintedWords {
    /// One question and its answer.
    struct Answer {
        let words: [String]
        let answer: JSONValue

        var json: JSONValue {
            ["answer": answer, "words": .array(words.map(JSONValue.string))]
        }
    }

    static func of(_ home: GoldenFolder.Home, in household: Household) throws -> [Answer] {
        func ask(_ words: [String], as staff: String = Household.nurse) throws -> Answer {
            let ended = try household.start(home.place, words + ["--json"], staff: staff).wait()
            return Answer(words: words, answer: try ended.json())
        }
        if home.isClinic {
            let administrator = Household.administrator
            return try [["audit"], ["devices", "P03"], ["staff"], ["doctor"]].map {
                try ask($0, as: administrator)
            } + [["diaries"], ["conflicts"], ["list", "P03"]].map { try ask($0) }
        }
        let who = ["--for", "Anna"]
        var answers = try [["status"], ["conflicts"], ["duplicates"], ["people"]].map {
            try ask($0 + who)
        }
        let listed = try ask(["list"] + who)
        answers.append(listed)
        for entry in home.isShort ? [] : listed.answer["entries"]?.arrayValue ?? [] {
            let handle = try #require(entry["handle"]?.stringValue)
            for word in ["show", "history"] { answers.append(try ask([word, handle] + who)) }
        }
        answers.append(try ask(["doctor"]))
        return answers
    }
}

extension JSONValue {
    /// Where this differs from an earlier version's value; a later one may say more, and nothing less.
    func differences(from earlier: JSONValue, at path: String = "") -> [String] {
        switch (self, earlier) {
        case (.object(let now), .object(let then)):
            return then.members.flatMap { member in
                let path = path + "." + member.key
                guard let value = now[member.key] else { return ["\(path) is gone"] }
                return value.differences(from: member.value, at: path)
            }
        case (.array(let now), .array(let then)) where now.count == then.count:
            return zip(now, then).enumerated().flatMap { number, pair in
                pair.0.differences(from: pair.1, at: "\(path)[\(number)]")
            }
        default:
            return self == earlier
                ? [] : ["\(path) is \(canonicalText), was \(earlier.canonicalText)"]
        }
    }
}
