internal import DiaryModel
public import DiaryStore
public import SyncCore

/// A clinic that was put back to an older copy of its store.
///
/// It may have forgotten that a device was closed, so from the moment it knows it takes from every
/// device and gives to none, until an administrator has confirmed its list. It knows when a command
/// tells it, when the file beside its database names more than the database holds, when a device shows
/// a receipt for more than it holds, and when one brings lines of the clinic's own log that it did not
/// write. What it cannot know from inside, and why, is in docs/decisions/0005-a-clinic-put-back.md.
extension Clinic {
    static let unconfirmedSetting = "clinic.unconfirmed"
    static let restoredSetting = "clinic.restored"
    private static let backwardsSetting = "clinic.backwards"

    /// How a clinic came to know that it was put back.
    public enum RestoreEvidence: Sendable, Equatable {
        /// A command put it back.
        case told
        /// It was begun again from its phrase.
        case recovered
        /// The file beside the database names more than is held.
        case history
        /// A device brought more of the clinic's own log than it wrote, or its receipt for more.
        case sync
    }

    /// When it was put back, as far as that is known.
    public struct Restored: Sendable, Equatable {
        public let noticedMs: Int64
        /// The last thing the copy knew of; nil where the clinic went on before it noticed.
        public let copyMs: Int64?
        /// There was no copy: it began again from its phrase.
        public let isFromPhrase: Bool
    }

    /// Takes note that this store was put back: it gives nothing until its devices are confirmed.
    ///
    /// Every log it writes ends here: the next record in a diary begins a new replica, so that what it
    /// had written and lost is told from what it writes now whenever it comes back, and is no new
    /// evidence then. Codes that were open in the copy may have been used since, so none is good any more.
    ///
    /// - Parameters:
    ///   - diary: one whose log has just been gone on from already.
    ///   - copyMs: the last thing the copy knew of; nil where that is what this store knows.
    public func noteRestored(
        _ transaction: DiaryTransaction, by evidence: RestoreEvidence = .told,
        continuing diary: DiaryID? = nil, copyMs: Int64? = nil
    ) throws {
        let records = ClinicRecords(transaction)
        var restored: JSONObject = [
            "noticed": .integer(now), "phrase": .bool(evidence == .recovered),
        ]
        if evidence == .told || evidence == .history,
            let last = try copyMs ?? records.lastKnownMs()
        {
            restored["copy"] = .integer(last)
        }
        try transaction.setSetting(Self.unconfirmedSetting, true, in: nil)
        try transaction.setSetting(Self.restoredSetting, .object(restored), in: nil)
        for record in try transaction.diaries() where record.id != diary {
            try transaction.endOwnLog(in: record.id, newKey: .clinic(key))
        }
        try records.voidCodes(at: now)
        try records.audit(AuditRecord(ms: now, act: "restored"))
    }

    /// Whether this clinic was put back to a backup and its list of devices is not yet confirmed.
    public func isUnconfirmed(_ transaction: DiaryTransaction) throws -> Bool {
        try transaction.setting(Self.unconfirmedSetting, in: nil)?.boolValue ?? false
    }

    /// When this clinic was put back last; nil if it never was.
    public func restored(_ transaction: DiaryTransaction) throws -> Restored? {
        guard let kept = try transaction.setting(Self.restoredSetting, in: nil),
            let noticed = kept["noticed"]?.integerValue
        else { return nil }
        return Restored(
            noticedMs: noticed, copyMs: kept["copy"]?.integerValue,
            isFromPhrase: kept["phrase"]?.boolValue ?? false)
    }

    // MARK: Noticing

    /// Looks at what the store found beside its database when it was opened, once for each such find.
    func noticeHistory(_ transaction: DiaryTransaction) throws {
        let backwards = database.historyWentBackwards
        guard !backwards.isEmpty else { return }
        var noted = try transaction.setting(Self.backwardsSetting, in: nil)?.objectValue ?? [:]
        let new = backwards.filter { noted[$0.key.text] != $0.value.json }
        guard !new.isEmpty else { return }
        for (diary, position) in new { noted[diary.text] = position.json }
        try transaction.setSetting(Self.backwardsSetting, .object(noted), in: nil)
        try noteRestored(transaction, by: .history)
    }

    /// Whether what a sync has just brought shows that this store was put back.
    ///
    /// - Parameter arrived: the replicas of which something is held for the first time.
    func isBehind(
        itsLogIn store: SQLiteEventStore, arrived: [ReplicaID], _ transaction: DiaryTransaction
    ) throws -> Bool {
        let own = try transaction.ownLog(in: store.diary)
        if let own, own.wentOnElsewhere(in: store.tree) { return true }
        let unknown = try arrived.filter { try store.key(of: $0) == key.publicKey }
        guard !unknown.isEmpty else { return false }
        // A log of this clinic that it does not know: begun after the copy. It is news if it goes on
        // from the log written now, or if this store never knew that it was put back. One that goes
        // on from an earlier log was lost by the restore that ended that log.
        let hasBeenRestored = try restored(transaction) != nil
        return try store.events(ofKind: Vocabulary.replicaKind).contains { event in
            guard unknown.contains(event.line.envelope.replica),
                let introduction = event.line.envelope.introduction
            else { return false }
            guard let continued = introduction.continues?.position.replica else {
                return !hasBeenRestored
            }
            return continued == own?.replica
        }
    }

    /// Whether a receipt of this clinic's own shows that it was put back since it signed it.
    ///
    /// Of what was signed before it knew of its last restore the loss is known, so only a later receipt
    /// is news. Both times are this clinic's own; if its clock was turned back in between, the worst is
    /// that its devices are to be confirmed once more.
    func isBehind(
        _ confirmed: ConfirmedFrontier, in store: SQLiteEventStore, _ transaction: DiaryTransaction
    ) throws -> Bool {
        if let restored = try restored(transaction),
            confirmed.receipt.milliseconds <= restored.noticedMs
        {
            return false
        }
        return try confirmed.provesLoss(by: store, of: key.publicKey)
    }

    // MARK: Confirming

    /// What an administrator confirms.
    public struct ConfirmationPage: Sendable {
        /// When this clinic was put back; nil if there is nothing to confirm.
        public let restored: Restored?
        public let devices: [DeviceStatus]
        /// How many others were heard since, which are not known here; each needs a code.
        public let unknownCount: Int

        public var open: [DeviceStatus] { devices.filter(\.isOpenHere) }
    }

    /// The devices to which the clinic would give again; for administrators.
    public func confirmationPage(by login: String) throws -> ConfirmationPage {
        let devices = try devices(by: login)
        return try database.read { transaction in
            try member(login, may: .governDevice, in: transaction)
            return ConfirmationPage(
                restored: try isUnconfirmed(transaction)
                    ? restored(transaction)
                        ?? Restored(noticedMs: now, copyMs: nil, isFromPhrase: false) : nil,
                devices: devices,
                unknownCount: try ClinicRecords(transaction).unknownTokenCount())
        }
    }

    /// After a restore: gives to devices again.
    public func confirmDevices(by login: String) throws {
        try database.write { transaction in
            try member(login, may: .governDevice, in: transaction)
            try transaction.setSetting(Self.unconfirmedSetting, nil, in: nil)
            let records = ClinicRecords(transaction)
            try records.forgetUnknownTokens()
            try records.audit(AuditRecord(ms: now, staff: login, act: "confirm"))
        }
    }
}
