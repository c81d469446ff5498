extension Question.State {
    /// How a question stands.
    public var words: String {
        switch self {
        case .open: "no answer yet"
        case .answered(let answer): "answered: \(answer.answerWords)"
        case .contested(let answers):
            "two answers: \(answers.map(\.answerWords).joined(separator: " or "))"
        case .voided: "taken back"
        case .inQuestion: "one took it back, another changed it"
        case .toReview: "to review"
        }
    }
}

extension Question {
    /// What is asked: the clinic's words, else those of a question that is known here.
    public var sentence: String {
        ask?.text?.text ?? ask?.row?.sentence ?? "A question that cannot be read here."
    }
}

extension PrintedText {
    /// A code as words.
    fileprivate var answerWords: String { text.replacing("_", with: " ") }
}

extension InfusedAfterNotice {
    /// The alert's heading.
    public static let heading = "INFUSED AFTER NOTICE"

    /// The two instants in their order, in a zone's time.
    public func words(zone: some ZoneRules) -> String {
        func at(_ ms: Int64) -> String {
            let wall = zone.wall(atMs: ms)
            return "\(wall.date.shortWords) \(wall.clockFace)"
        }
        let notice = noticeMs.map { "notice \(at($0))" } ?? "notice that day"
        let infused = infused.map { moment in
            moment.ms.map(at) ?? "\(moment.wall)"
        }.joined(separator: " or ")
        let then = order == .after ? "then" : "order not known,"
        return
            "lot \(lot): \(notice), \(then) infused \(infused.isEmpty ? "at a time not known" : infused)"
    }
}
