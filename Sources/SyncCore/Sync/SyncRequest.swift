/// What an asker holds, and what it believes the other side lacks. In a file, a bundle.
public struct SyncRequest: Sendable, Equatable {
    public let diary: DiaryID
    /// What the asker holds; after a refusal, only what is known to be held by both.
    public let frontier: VectorClock
    /// What the answerer once signed for, where the asker has found that it holds less now.
    public let confirmed: ConfirmedFrontier?
    public let sections: [Section]

    public init(
        diary: DiaryID, frontier: VectorClock, confirmed: ConfirmedFrontier? = nil,
        sections: [Section]
    ) {
        self.diary = diary
        self.frontier = frontier
        self.confirmed = confirmed
        self.sections = sections
    }

    public var bytes: [UInt8] {
        var header: JSONObject = [
            "diary": .string(diary.text), "frontier": frontier.json,
            "sync": .integer(SyncLimits.version),
        ]
        header["confirmed"] = confirmed?.json
        return MessageText.write(header: header, sections: sections)
    }

    /// Reads a request of at most `page`.
    public init(_ bytes: [UInt8], page: PageLimit = .http) throws(MessageFlaw) {
        let text = try MessageText(bytes, page: page)
        guard let diary = text.header["diary"]?.stringValue.flatMap({ DiaryID($0) }) else {
            throw .header("diary has to be a diary's id")
        }
        self.init(
            diary: diary, frontier: try text.header.clock("frontier"),
            confirmed: text.header["confirmed"].flatMap(ConfirmedFrontier.init(json:)),
            sections: text.sections)
    }
}
