public import DiaryModel
public import DiaryStore
public import SyncCore

/// A person at one diary of one store: everything they may do, each as one transaction.
///
/// The command uses it at home and at the clinic, and pages will; it prints nothing. What differs
/// between a device and a clinic is the pen: with whose log, role and name is written, and whether
/// an audit line is written with it.
public struct Desk: Sendable {
    public let database: DiaryDatabase
    public let diary: DiaryID
    public let zone: TZif
    public let clock: DeskClock
    public let pen: Pen
    public let catalogue: Catalogue

    public init(
        database: DiaryDatabase, diary: DiaryID, zone: TZif, clock: DeskClock, pen: Pen,
        catalogue: Catalogue = .seed
    ) {
        self.database = database
        self.diary = diary
        self.zone = zone
        self.clock = clock
        self.pen = pen
        self.catalogue = catalogue
    }

    /// With what somebody writes.
    public struct Pen: Sendable {
        public var author: EntryID?
        public var role: Role
        /// What the log's first event calls its device.
        public var label: String
        /// The clinic's key, where this is the clinic's log.
        public var clinicKey: SigningKey?
        /// Writes an audit line in the same transaction: what was done, to which entry.
        public var audit: (@Sendable (DiaryTransaction, String, EntryID?) throws -> Void)?
        /// Told, in the same transaction, that the store goes on as a new replica.
        public var continued: (@Sendable (DiaryTransaction) throws -> Void)?
        /// For whom what was printed is remembered; the author, where nothing else is said.
        public var reader: String?
        /// The clinic lets nurses sign plan versions.
        public var nursesMaySignPlans: Bool
        /// Who only types what comes on paper sees no more of a diary than that.
        public var seesOnlyOwn: Bool

        public init(
            author: EntryID?, role: Role, label: String, clinicKey: SigningKey? = nil,
            reader: String? = nil, nursesMaySignPlans: Bool = false, seesOnlyOwn: Bool = false,
            audit: (@Sendable (DiaryTransaction, String, EntryID?) throws -> Void)? = nil,
            continued: (@Sendable (DiaryTransaction) throws -> Void)? = nil
        ) {
            self.reader = reader
            self.nursesMaySignPlans = nursesMaySignPlans
            self.seesOnlyOwn = seesOnlyOwn
            self.continued = continued
            self.author = author
            self.role = role
            self.label = label
            self.clinicKey = clinicKey
            self.audit = audit
        }
    }

    public var today: CivilDate { zone.day(atMs: clock.now) }

    /// For whom `shown` is remembered: what was last printed of an entry for this person.
    public var reader: String { pen.reader ?? pen.author?.text ?? pen.label }

    /// Whether this person may see an entry: of some roles only what they recorded themselves.
    public func sees(_ entry: EntryID, in reading: Reading) throws -> Bool {
        guard pen.seesOnlyOwn else { return true }
        guard let author = pen.author else { return false }
        return try reading.recorder(of: entry) == author
    }

    /// The same, where nothing of the diary is read yet; most people see all of it and nothing is.
    public func sees(_ entry: EntryID) throws -> Bool {
        guard pen.seesOnlyOwn else { return true }
        return try database.read { transaction in
            try sees(entry, in: Reading(transaction, diary: diary, zone: zone))
        }
    }

    /// One look; `act` names it in the audit of a clinic, which makes it a writing transaction.
    public func read<Result>(
        _ act: String = "read", _ body: (Reading) throws -> Result
    ) throws -> Result {
        guard let audit = pen.audit else {
            return try database.read { try body(Reading($0, diary: diary, zone: zone)) }
        }
        return try database.write { transaction in
            try audit(transaction, act, nil)
            return try body(Reading(transaction, diary: diary, zone: zone))
        }
    }

    /// What was written, and whether the store noticed that it had been restored or copied.
    public struct Written<Result: Sendable>: Sendable {
        public let result: Result
        public let continuedAsNewReplica: Bool
    }

    typealias Commit = LocalCommit<SQLiteEventStore>
    typealias Generator = SystemRandomNumberGenerator

    /// One commit: reads, decides and writes in one transaction.
    func write<Result: Sendable>(
        _ act: String, about entry: EntryID? = nil,
        _ build: (Reading, inout Commit, inout Generator) throws -> Result
    ) throws -> Written<Result> {
        try database.write { transaction in
            try pen.audit?(transaction, act, entry)
            let reading = try Reading(transaction, diary: diary, zone: zone)
            let now = clock.now
            let at = Timestamp(milliseconds: now, offset: zone.offsetMinutes(atMs: now))
            let written = try transaction.record(
                in: diary, at: at, label: pen.label,
                newKey: pen.clinicKey.map { .clinic($0) } ?? .generated
            ) { commit, generator in
                try build(reading, &commit, &generator)
            }
            if written.continuedAsNewReplica { try pen.continued?(transaction) }
            return Written(
                result: written.result, continuedAsNewReplica: written.continuedAsNewReplica)
        }
    }

    /// Remembers that exactly this view of an entry has been printed for this person.
    ///
    /// What came while it was printed has not been seen, so the view is handed in and not read again.
    public func markShown(_ view: EntryView) throws {
        try database.write { transaction in
            try transaction.setShown(
                VectorClock(view.context), of: view.entry.id, to: reader, in: diary)
        }
    }
}
