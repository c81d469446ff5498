import ClinicServer
import DiaryStore
import SyncCore
import TestSupport

/// The text of every table and index of a new store, as hashes.
enum SchemaHashes {
    static func now() throws -> JSONValue {
        let scratch = try Scratch()
        return [
            "clinic": .string(try hash(.clinic, in: scratch.file("clinic"))),
            "device": .string(try hash(.device, in: scratch.file("device"))),
        ]
    }

    private static func hash(_ purpose: DiaryDatabase.Purpose, in directory: String) throws
        -> String
    {
        let database = try DiaryDatabase.create(
            in: directory, purpose: purpose,
            extraMigrations: purpose == .clinic ? ClinicSchema.migrations : [])
        let text = try database.read { transaction in
            try transaction.rows(
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1",
                table: "sqlite_schema"
            ) { try $0.text(0) }
        }
        try database.close()
        return SHA256Hash.text(of: Array(text.joined(separator: "\n").utf8))
    }
}
