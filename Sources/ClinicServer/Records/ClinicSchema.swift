public import DiaryStore

/// The clinic's own tables, beside the diaries in its store: who is whose, codes, devices, audit.
///
/// None of it is ever in a log. Codes and tokens are kept as hashes; the audit only ever grows.
public enum ClinicSchema {
    public static let migrations = [
        StoreMigration(
            "clinic-1",
            """
            CREATE TABLE patient(
                number INTEGER PRIMARY KEY,
                reference TEXT NOT NULL UNIQUE,
                name TEXT);
            CREATE TABLE diary_of_patient(
                diary BLOB PRIMARY KEY CHECK (length(diary) = 16),
                patient INTEGER NOT NULL REFERENCES patient(number),
                is_further INTEGER NOT NULL CHECK (is_further IN (0, 1)));
            CREATE INDEX diary_of_patient_patient ON diary_of_patient(patient);
            CREATE TABLE code(
                number INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                salt BLOB NOT NULL,
                hash BLOB NOT NULL,
                patient INTEGER NOT NULL REFERENCES patient(number),
                role TEXT NOT NULL,
                made_by TEXT NOT NULL,
                expires_ms INTEGER NOT NULL,
                wrong_attempts INTEGER NOT NULL DEFAULT 0,
                used_ms INTEGER);
            CREATE TABLE challenge(
                number INTEGER PRIMARY KEY,
                hash BLOB NOT NULL UNIQUE,
                code INTEGER NOT NULL REFERENCES code(number),
                expires_ms INTEGER NOT NULL);
            CREATE TABLE device(
                number INTEGER PRIMARY KEY,
                token_hash BLOB NOT NULL UNIQUE,
                diary BLOB NOT NULL,
                first_replica BLOB NOT NULL,
                label TEXT NOT NULL,
                enrolled_ms INTEGER NOT NULL,
                heard_ms INTEGER,
                frontier BLOB,
                UNIQUE (diary, first_replica));
            CREATE TABLE staff(
                login TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                role TEXT NOT NULL);
            CREATE TABLE staff_person(
                login TEXT NOT NULL REFERENCES staff(login),
                diary BLOB NOT NULL,
                person BLOB NOT NULL,
                PRIMARY KEY (login, diary));
            CREATE TABLE audit(
                number INTEGER PRIMARY KEY,
                ms INTEGER NOT NULL,
                staff TEXT,
                device INTEGER,
                act TEXT NOT NULL,
                diary BLOB,
                entry BLOB,
                detail TEXT);
            CREATE INDEX audit_diary ON audit(diary);
            CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
            CREATE TRIGGER audit_is_whole BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit is never cut'); END;
            """),
        // A challenge that is good for one diary more, of the device that has used the code up.
        StoreMigration("clinic-further", "ALTER TABLE challenge ADD COLUMN diary BLOB;"),
        StoreMigration(
            "clinic-heard",
            """
            CREATE TABLE log_heard(
                device INTEGER NOT NULL,
                replica BLOB NOT NULL,
                heard_ms INTEGER NOT NULL,
                PRIMARY KEY (device, replica)) WITHOUT ROWID;
            CREATE TABLE unknown_token(hash BLOB PRIMARY KEY) WITHOUT ROWID;
            """),
        // Searches for a lot: what was asked, what was answered, and what could be seen then.
        StoreMigration(
            "clinic-recall",
            """
            CREATE TABLE recall(
                number INTEGER PRIMARY KEY,
                ms INTEGER NOT NULL,
                staff TEXT NOT NULL,
                repeats INTEGER REFERENCES recall(number),
                query BLOB NOT NULL,
                answer BLOB NOT NULL,
                seen BLOB NOT NULL);
            CREATE TRIGGER recall_is_kept BEFORE UPDATE ON recall
            BEGIN SELECT RAISE(ABORT, 'a recall is never changed'); END;
            CREATE TRIGGER recall_is_whole BEFORE DELETE ON recall
            BEGIN SELECT RAISE(ABORT, 'no recall is taken out'); END;
            """),
    ]
}
