extension TrainingStatus {
    /// How a sign-off stands, for the person and the nurse.
    public var words: String {
        switch self {
        case .valid(let until):
            until.map { "signed off until \($0.shortWords)" } ?? "signed off"
        case .endsSoon(let day): "signed off until \(day.shortWords); please plan a new training"
        case .ended(let day): "the sign-off ended on \(day.shortWords); you can go on recording"
        case .withdrawn(let day): "the sign-off was taken back on \(day.shortWords)"
        case .inQuestion: "two results stand side by side; the clinic has to say which is right"
        case .notKnown: "no sign-off is known"
        }
    }
}

extension Competency {
    /// "seen", "done", "done alone".
    public var words: String {
        switch self {
        case .seen: "seen"
        case .done: "done with help"
        case .independent: "done alone"
        }
    }
}

extension ReviewCycle {
    /// What is asked for.
    public var words: String {
        switch self {
        case .logs: "infusion logs"
        case .bloods: "blood samples"
        case .review: "review at the clinic"
        case .retraining: "training again"
        }
    }
}

extension ReviewCycle.Due {
    /// "due on 5 Jan 2026", "due today", "overdue since 5 Jan 2026 (3 days)".
    public var words: String {
        switch self {
        case .later(let day): "due on \(day.shortWords)"
        case .today: "due today"
        case .overdue(let since, let days):
            "overdue since \(since.shortWords) (\(days) \(days == 1 ? "day" : "days"))"
        case .neverKnown: "not known when it was last done"
        }
    }
}
