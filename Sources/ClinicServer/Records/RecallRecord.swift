public import DiaryModel
internal import DiaryStore
public import SyncCore

/// A search for a lot as the clinic keeps it: who asked what when, the answer, and what it could see.
public struct RecallRecord: Sendable {
    public let number: Int
    /// When it was asked, by this clinic's clock.
    public let ms: Int64
    public let staff: String
    /// The first search of this question; nil for that one itself.
    public let repeats: Int?
    public let answer: RecallAnswer
    /// What this clinic held of each diary then.
    public let seen: [DiaryID: VectorClock]

    public var query: RecallQuery { answer.query }
}

extension ClinicRecords {
    /// Keeps a search; it is never changed and never taken out.
    ///
    /// - Returns: the number that people call it by.
    public func keep(
        _ answer: RecallAnswer, seen: [DiaryID: VectorClock], repeating first: Int?,
        by staff: String
    ) throws -> Int {
        let frontiers = JSONObject(seen.map { ($0.key.text, $0.value.json) })
        try run(
            """
            INSERT INTO recall(ms, staff, repeats, query, answer, seen)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .integer(answer.askedMs), .text(staff), .optional(first),
                .blob(answer.query.json.canonicalBytes), .blob(answer.json.canonicalBytes),
                .blob(JSONValue.object(frontiers).canonicalBytes),
            ], table: "recall")
        return transaction.lastRowNumber
    }

    /// All searches, the newest first.
    public func recalls() throws -> [RecallRecord] {
        try recalls(where: "1", []).compactMap(\.self)
    }

    /// A search by its number; nil where there is none, or it cannot be read by this version.
    public func recall(_ number: Int) throws -> RecallRecord? {
        try recalls(where: "number = ?", [.integer(number)]).first ?? nil
    }

    private func recalls(where condition: String, _ values: [SQLValue]) throws -> [RecallRecord?] {
        try rows(
            """
            SELECT number, ms, staff, repeats, answer, seen FROM recall
            WHERE \(condition) ORDER BY number DESC
            """, values, table: "recall"
        ) { row in
            guard let answer = RecallAnswer(json: try row.json(4)) else { return nil }
            let seen = (try row.json(5).objectValue ?? [:]).members.compactMap {
                member -> (DiaryID, VectorClock)? in
                guard let diary = DiaryID(member.key), let clock = VectorClock(json: member.value)
                else { return nil }
                return (diary, clock)
            }
            return RecallRecord(
                number: try row.integer(0), ms: try number(row, 1), staff: try row.text(2),
                repeats: try row.optionalInteger(3), answer: answer,
                seen: Dictionary(seen) { first, _ in first })
        }
    }
}
