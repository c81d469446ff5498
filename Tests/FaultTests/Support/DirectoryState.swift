import DiaryStore
import Foundation
import SyncCore
import TestSupport

/// The bytes of every file below a directory, without what processes keep of themselves there.
struct DirectoryBytes: Equatable {
    let files: [String: Data]

    init(_ directory: String) throws {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: directory)
        where !name.hasSuffix("-shm") && !name.hasSuffix(".lock") {
            files[name] = FileManager.default.contents(atPath: directory + "/" + name) ?? Data()
        }
        self.files = files
    }
}

/// What a store says of itself when a process without faults opens it.
struct StoreState {
    /// The raw lines of all events; of a clinic also its codes and what its audit says.
    let lines: Set<String>
    /// What the doctor finds and somebody has to mend, as text.
    let findings: [String]
    /// What it finds that needs no remedy, such as that the store was put back.
    let remarks: [String]

    init(_ directory: String, _ purpose: DiaryDatabase.Purpose) throws {
        let database = try DiaryDatabase.open(in: directory, purpose: purpose)
        defer { try? database.close() }
        let lines = try database.read { transaction in
            var lines = try transaction.rows("SELECT line FROM event", table: "event") {
                String(decoding: try $0.blob(0), as: UTF8.self)
            }
            if purpose == .clinic {
                let rows = """
                    SELECT 'code ' || name FROM code UNION ALL
                    SELECT 'audit ' || number || ' ' || act || ' ' || ms FROM audit
                    """
                lines += try transaction.rows(rows, table: "audit") { try $0.text(0) }
            }
            return lines
        }
        guard Set(lines).count == lines.count else { throw Unexpected("a line is there twice") }
        self.lines = Set(lines)
        let found = try Doctor.examine(database)
        findings = found.filter { $0.remedy != .none }.map { "\($0.kind)" }.sorted()
        remarks = found.filter { $0.remedy == .none }.map { "\($0.kind)" }.sorted()
    }
}
