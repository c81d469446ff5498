/// What is put back where, and what has to be so before anything is changed.
struct RestorePlan {
    let file: String
    let directory: String
    let purpose: DiaryDatabase.Purpose
    let migrations: [StoreMigration]
    /// Whose diary the backup has to hold.
    let name: String?
    /// Whether a backup that shares no diary with the store that is here is meant.
    let isMeant: Bool

    /// Where the backup is unpacked.
    var work: String { directory + "/restoring" }
    /// Where a damaged old store is read to.
    var salvage: String { directory + "/restoring-old" }
    /// The old store's file.
    var old: String { DiaryDatabase.path(in: directory, purpose) }

    func removePassing() throws {
        for place in [work, salvage] { try SafePath.removeTree(place) }
    }

    /// The store that is there; nil if there is none, or it cannot be opened at all.
    func openOld() throws -> DiaryDatabase? {
        guard try SafePath.exists(old) else { return nil }
        return try Restore.unlessDamaged {
            try DiaryDatabase.open(
                in: directory, purpose: purpose, extraMigrations: migrations)
        }
    }

    /// - Throws: `BackupError.noSuchDiary`.
    func checkName(in backup: DiaryTransaction) throws {
        guard let name else { return }
        let held = try backup.diaries()
        guard held.contains(where: { $0.isCalled(name) }) else {
            throw BackupError.noSuchDiary(path: file, name: name, holds: held.map(\.name))
        }
    }

    /// Which of the old store's diaries the backup does not know.
    ///
    /// A device's own backup shares a diary with it. One that shares none is another person's, or of a
    /// time before this device began: put back unasked, it would stand in that diary's place.
    ///
    /// - Throws: `BackupError.otherDiaries`.
    func left(
        of here: [DiaryRecord], in backup: DiaryTransaction
    ) throws -> [DiaryRecord] {
        let left = try here.filter { try !backup.hasDiary($0.id) }
        if purpose == .device, !isMeant, !here.isEmpty, left.count == here.count {
            throw BackupError.otherDiaries(
                path: file, holds: try backup.diaries().map(\.name), here: here.map(\.name))
        }
        return left
    }
}
