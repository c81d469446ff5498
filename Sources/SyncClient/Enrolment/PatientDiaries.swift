public import DiaryStore
internal import SyncCore

/// The diaries of one patient on this device: the one that new entries go to, and those beside it.
///
/// Two diaries are one patient's if this device calls them alike. There are two where a device kept a
/// diary before it met a clinic that had begun one: an entry stays in the diary it was written in, since
/// ids commit to it, so nothing is moved and both are read.
public struct PatientDiaries: Sendable {
    public let main: DiaryRecord
    public let further: [DiaryRecord]

    public var name: String { main.name }
    /// The main one first.
    public var all: [DiaryRecord] { [main] + further }

    /// Set on a diary that new entries do not go to.
    private static let setting = "further"

    /// All diaries of this device, patient by patient, in the order in which they began here.
    public static func all(in transaction: DiaryTransaction) throws -> [PatientDiaries] {
        var names: [String] = []
        var groups: [String: [DiaryRecord]] = [:]
        for diary in try transaction.diaries() {
            let name = diary.name.lowercased()
            if groups[name] == nil { names.append(name) }
            groups[name, default: []].append(diary)
        }
        return try names.compactMap { name in
            guard let group = groups[name],
                let main = try group.first(where: {
                    try transaction.setting(setting, in: $0.id) == nil
                }) ?? group.first
            else { return nil }
            return PatientDiaries(main: main, further: group.filter { $0.id != main.id })
        }
    }

    /// Sets a diary beside the one that new entries go to.
    static func markFurther(_ diary: DiaryID, in transaction: DiaryTransaction) throws {
        try transaction.setSetting(setting, true, in: diary)
    }

    /// Makes a diary the one that this patient's new entries go to.
    static func makeMain(_ diary: DiaryID, in transaction: DiaryTransaction) throws {
        let group = try all(in: transaction).first { $0.all.contains { $0.id == diary } }
        for other in group?.all ?? [] where other.id != diary {
            try markFurther(other.id, in: transaction)
        }
        try transaction.setSetting(setting, nil, in: diary)
    }
}
