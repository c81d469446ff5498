public import SyncCore

/// Which part of a dose in several parts an infusion is.
public struct Course: DiaryValue {
    public var id: PrintedText
    /// Counted from 1.
    public var part: Int64
    public var parts: Int64

    public init(id: PrintedText, part: Int64, parts: Int64) {
        self.id = id
        self.part = part
        self.parts = parts
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let id: PrintedText? = reader.member("id")
        let part: Int64? = reader.member("part")
        let parts: Int64? = reader.member("parts")
        guard reader.isWhole, let id, let part, let parts else { return nil }
        self.init(id: id, part: part, parts: parts)
    }

    public var json: JSONValue {
        ["id": id.json, "part": .integer(part), "parts": .integer(parts)]
    }
}
