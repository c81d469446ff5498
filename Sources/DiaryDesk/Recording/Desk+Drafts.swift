import DiaryStore
public import SyncCore

extension Desk {
    /// A draft is a row of this device only: never synced, never counted.
    public func draft(_ kind: String) throws -> JSONValue? {
        try database.read { try $0.setting("draft.\(kind)", in: diary) }
    }

    /// Keeps a draft; after each answer, so that Ctrl-C loses nothing.
    public func keepDraft(_ kind: String, _ value: JSONValue) throws {
        try database.write { try $0.setSetting("draft.\(kind)", value, in: diary) }
    }

    public func forgetDraft(_ kind: String) throws {
        guard try draft(kind) != nil else { return }
        try database.write { try $0.setSetting("draft.\(kind)", nil, in: diary) }
    }
}
