extension EntryView {
    /// What a single event says by itself, for one that stands in no log any more.
    public init(
        alone event: Position, kind: String, set: JSONObject, author: EntryID? = nil, at: Timestamp
    ) {
        let registers = set.members.map { member in
            let candidate = Candidate(
                event: event, value: .said(member.value), author: author, at: at, about: [:])
            return (member.key, Register(candidates: [candidate]))
        }
        self.init(
            entry: event, kind: kind, fields: Dictionary(registers) { first, _ in first },
            voidQuestions: [], toReview: [], context: [event], eventCount: 1)
    }
}
