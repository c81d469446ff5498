internal import GRDB

/// The tables of a store and how an older file is brought up to them.
///
/// `event`, `branch` and `head` are the logs; `entry` is derived from them and can be rebuilt at any
/// time; the rest belongs to this device. There is no index on ids: a position carries its seq, so it
/// is looked up there and its id compared; random ids in an index would cost more than all the rest
/// of storing an event.
enum Schema {
    /// The version that this program writes; in `user_version`.
    static let version = 1

    /// What tells the file from any other; in `application_id`.
    static func applicationID(of purpose: DiaryDatabase.Purpose) -> Int {
        switch purpose {
        case .device: 0x4449_4431  // DID1
        case .clinic: 0x4449_4331  // DIC1
        }
    }

    static let tables = """
        CREATE TABLE migration(name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

        CREATE TABLE diary(
            number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT NOT NULL, pin BLOB
        ) STRICT;

        CREATE TABLE branch(
            number INTEGER PRIMARY KEY,
            diary INTEGER NOT NULL REFERENCES diary(number),
            replica BLOB NOT NULL,
            parent INTEGER REFERENCES branch(number), fork INTEGER NOT NULL,
            tip_seq INTEGER NOT NULL, tip_id BLOB NOT NULL
        ) STRICT;
        CREATE INDEX branch_diary ON branch(diary);

        -- arrival counts the events of this file in the order in which it took them; log is a branch;
        -- entry is the arrival of the event that began the entry.
        CREATE TABLE event(
            arrival INTEGER PRIMARY KEY, log INTEGER NOT NULL, seq INTEGER NOT NULL,
            id BLOB NOT NULL, line BLOB NOT NULL, entry INTEGER NOT NULL,
            UNIQUE(log, seq)
        ) STRICT;
        CREATE INDEX event_entry ON event(entry);

        -- The section that came with this head ends at the event with arrival ends_at.
        CREATE TABLE head(
            log INTEGER NOT NULL, seq INTEGER NOT NULL, signature BLOB NOT NULL,
            ends_at INTEGER NOT NULL,
            PRIMARY KEY(log, seq)
        ) STRICT, WITHOUT ROWID;

        -- Derived. sort_ms is start_ms, or at_ms where nothing says when it happened; low the last
        -- 40 bits of the id.
        CREATE TABLE entry(
            arrival INTEGER PRIMARY KEY, diary INTEGER NOT NULL, kind TEXT NOT NULL,
            start_ms INTEGER, at_ms INTEGER NOT NULL, sort_ms INTEGER NOT NULL,
            low INTEGER NOT NULL, status INTEGER NOT NULL, in_conflict INTEGER NOT NULL,
            to_review INTEGER NOT NULL, last INTEGER NOT NULL, digest INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX entry_order ON entry(diary, sort_ms, low);
        CREATE INDEX entry_conflict ON entry(diary) WHERE in_conflict = 1;
        CREATE INDEX entry_review ON entry(diary) WHERE to_review = 1;
        CREATE INDEX entry_replica ON entry(diary) WHERE kind = 'replica';
        CREATE INDEX entry_person ON entry(diary) WHERE kind = 'person';
        CREATE INDEX entry_erasure ON entry(diary) WHERE kind = 'erasure';

        -- Lines that damage, or what they rest on, has cut from the logs.
        CREATE TABLE set_aside(
            number INTEGER PRIMARY KEY, diary INTEGER NOT NULL REFERENCES diary(number),
            replica BLOB NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, line BLOB NOT NULL
        ) STRICT;

        CREATE TABLE erasure_order(
            diary INTEGER NOT NULL REFERENCES diary(number),
            replica BLOB NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL,
            signature BLOB NOT NULL,
            PRIMARY KEY(diary, replica, seq, id)
        ) STRICT, WITHOUT ROWID;

        -- All logs this store ever wrote; tip is how far it has written itself.
        CREATE TABLE own_log(
            number INTEGER PRIMARY KEY, diary INTEGER NOT NULL REFERENCES diary(number),
            seed BLOB NOT NULL, nonce BLOB NOT NULL, tip BLOB, continues BLOB,
            is_current INTEGER NOT NULL,
            UNIQUE(diary, nonce)
        ) STRICT;

        CREATE TABLE peer(
            diary INTEGER NOT NULL REFERENCES diary(number), name TEXT NOT NULL,
            known BLOB NOT NULL,
            PRIMARY KEY(diary, name)
        ) STRICT, WITHOUT ROWID;

        -- diary 0: of the whole file.
        CREATE TABLE setting(
            diary INTEGER NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
            PRIMARY KEY(diary, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE draft(
            number INTEGER PRIMARY KEY, diary INTEGER NOT NULL REFERENCES diary(number),
            saved_ms INTEGER NOT NULL, value BLOB NOT NULL
        ) STRICT;

        CREATE TABLE shown(
            diary INTEGER NOT NULL REFERENCES diary(number), entry BLOB NOT NULL,
            person TEXT NOT NULL, context BLOB NOT NULL,
            PRIMARY KEY(diary, entry, person)
        ) STRICT, WITHOUT ROWID;
        """

    /// Brings an empty or older file up to this version; inside a writing transaction.
    static func migrate(
        _ connection: SQLConnection, purpose: DiaryDatabase.Purpose, extra: [StoreMigration]
    ) throws {
        let found = try connection.integer("PRAGMA user_version")
        if found < 1 { try connection.script(tables) }
        let applied = Set(
            try connection.rows("SELECT name FROM migration", table: "migration") { try $0.text(0) }
        )
        for migration in extra where !applied.contains(migration.name) {
            try connection.script(migration.sql)
            try connection.run(
                "INSERT INTO migration(name) VALUES (?)", [.text(migration.name)],
                table: "migration")
        }
        if found < version { try connection.script("PRAGMA user_version = \(version)") }
    }
}

extension SQLConnection {
    /// Runs SQL of this program that gives no rows and takes no values.
    func script(_ sql: String) throws {
        try check(writing: true)
        try StoreError.mapping { try database.execute(sql: sql) }
    }
}
