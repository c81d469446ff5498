import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// What waits for a person, in words.
extension DeskWords {
    /// All that waits in this diary, and what waits between it and another of the patient's.
    func waiting(in reading: Reading, and between: [Waiting] = []) throws -> [Waiting] {
        try reading.waiting(catalogue: desk.catalogue) + between
    }

    /// A line for each question: what it is, and the command that shows or answers it.
    func lines(for waiting: [Waiting], in reading: Reading) throws -> [String] {
        guard !waiting.isEmpty else { return [] }
        let handles = try reading.handles()
        let people = try reading.people()
        return try waiting.map { try line(for: $0, in: reading, handles, people) }
    }

    private var isClinic: Bool { desk.pen.clinicKey != nil }

    private func line(
        for item: Waiting, in reading: Reading, _ handles: HandleBook, _ people: PeopleBook
    ) throws -> String {
        let named = item.entries.map { handles.handle(of: $0).text }
        let first = named.first ?? ""
        let both = named.joined(separator: " and ")
        switch item {
        case .conflict(_, let question):
            let show = isClinic ? "diary clinic conflicts" : "diary conflicts show"
            return "\(first) \(words(for: question)).   \(show) \(first)"
        case .copies(let question):
            return "\(both): \(question.kind.words)   \(answer(first))"
        case .alike:
            return "\(both) look like one infusion.   \(answer(named.last ?? first))"
        case .alikeInTwoDiaries:
            let different =
                isClinic
                ? "" : ";  diary duplicates different \(named.joined(separator: " "))  if not"
            return "\(both), in two diaries, look like one infusion.   "
                + void(named.last ?? first) + different
        case .time(let doubt):
            return "\(first) has a time in doubt (\(doubt.skew.label)).   diary clock"
        case .asked(let entry):
            let asked = try reading.view(of: entry).map { entryWords($0).fullQuestion } ?? ""
            return isClinic
                ? "\(first) is not answered yet: \(asked)   diary clinic question close \(first)"
                : "\(first) the clinic asks: \(asked)   diary questions"
        case .notice:
            let list = isClinic ? "diary clinic notice list" : "diary notices"
            return "\(first) a lot under recall asks for something to be done.   \(list)"
        case .review(let view): return review(of: view, called: first, in: reading, people)
        }
    }

    /// What shows both copies and takes the answer; staff have only the void of one.
    private func answer(_ handle: String) -> String {
        isClinic ? void(handle) : "diary duplicates"
    }

    private func void(_ handle: String) -> String {
        "diary \(isClinic ? "clinic " : "")void \(handle) --reason duplicate  if they are one"
    }

    private func words(for question: ConflictPage.Question) -> String {
        if question.field.hasPrefix(Vocabulary.linkPrefix) {
            return "two answers to “one infusion or two?”"
        }
        let count = question.options.count
        let what = count > 1 ? "\(count) values" : "voided while corrected"
        return "\(EntryWords.label(question.field)), \(what)"
    }

    /// Who wrote what does not count, and who can make it count: the clinic, by relying on the device.
    func review(
        of view: EntryView, called handle: String, in reading: Reading, _ people: PeopleBook
    ) -> String {
        var devices: [String] = []
        for position in view.toReview {
            let device = people.device(position.replica)
            let isClosed = reading.standing.isClosed(position.replica)
            let words = isClosed ? "\(device), a closed device" : device
            if !devices.contains(words) { devices.append(words) }
        }
        let by = devices.joined(separator: " and ")
        let count = view.toReview.count
        let changes = count == 1 ? "1 change" : "\(count) changes"
        let what =
            view.beginsToReview
            ? "\(handle) is to review: written by \(by), and does not count."
            : "\(handle) has \(changes) to review: by \(by), not counted."
        guard isClinic else { return "\(what) The clinic decides.   diary history \(handle)" }
        return "\(what)   diary clinic history \(handle);  diary clinic devices trust NAME"
    }

    /// How many things wait, as a heading of their lines.
    static func heading(_ count: Int) -> String {
        switch count {
        case 0: "Nothing waits for a person."
        case 1: "1 thing waits for a person:"
        default: "\(count) things wait for a person:"
        }
    }

    /// The stable form for programs.
    static func json(_ waiting: [Waiting]) -> JSONValue {
        .array(
            waiting.map { item in
                [
                    "entries": .array(item.entries.map { .string($0.text) }),
                    "kind": .string(item.code),
                ]
            })
    }
}

extension Waiting {
    /// The kind's stable name.
    fileprivate var code: String {
        switch self {
        case .conflict: "conflict"
        case .copies: "copies"
        case .alike: "alike"
        case .alikeInTwoDiaries: "alike_in_two_diaries"
        case .time: "clock"
        case .asked: "question"
        case .notice: "notice"
        case .review: "review"
        }
    }
}
