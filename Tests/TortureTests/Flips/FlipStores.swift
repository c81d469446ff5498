import Foundation
import SyncCore
import TestSupport
import Testing

/// Stores in which bits are flipped: a device's and a clinic's, each with all in the database, and
/// each with a write-ahead log that was not moved into it.
///
/// They hold two patients, three devices, a conflict, a void, notes and changes; all invented.
final class FlipStores {
    typealias Place = Household.Place

    let household: Household
    /// The handles of what the device shows, and of what the clinic shows of each patient.
    let device: [String]
    let clinic: [String: [String]]

    /// The directories that copies are made of.
    var scratch: Scratch { household.scratch }
    func template(_ name: String) -> String { scratch.file("template-" + name) }

    init() throws {
        household = try Household.joined()
        let load = try Child(
            Child.loadTool, [household.home(.laptop), "12"],
            environment: household.environment(.laptop), in: household.scratch
        ).wait()
        guard load.status == 0 else { throw Unexpected(load.text) }
        let first = try household.sharedInfusion()
        try household.join(
            .copy,
            words: [
                "--for", "Cora", "--as", "Cora", "--device", "tablet", "--zone", "Europe/London",
            ], patient: "P04", role: "patient")
        try household.run(.copy, "log", "note", "A quiet week.")
        try household.run(.copy, "sync", "--quiet")
        try household.run(.laptop, "amend", first, "lot=P100423971")
        try household.run(.phone, "amend", first, "lot=P10042391", "--why", "read the box again")
        let second = try household.infusion(.phone, start: "08:20")
        try household.run(.laptop, "log", "note", "A headache in the evening.")
        try household.meet()
        try Self.settle(household, household.store(.laptop))
        try Self.copy(
            household.home(.laptop), to: household.scratch.file("template-device"), household)
        try household.close()
        try Self.settle(household, household.store(.clinic))
        try Self.copy(
            household.home(.clinic), to: household.scratch.file("template-clinic"), household)

        // What comes now stays in the logs: nobody closes a store in an orderly way.
        try household.open()
        try household.run(.phone, "void", second, "--reason", "never_happened")
        try household.run(.phone, "log", "note", "Slept well.")
        try household.run(.laptop, "log", "note", "Wednesday: a new pump.")
        try household.run(.copy, "log", "note", "And another.")
        try household.meet()
        try household.run(.copy, "sync", "--quiet")
        try household.close(SIGKILL)
        for place in [Place.laptop, .clinic] {
            let name = place == .laptop ? "device-log" : "clinic-log"
            try Self.copy(
                household.home(place), to: household.scratch.file("template-" + name), household)
        }
        device = try Self.handles(household.json(.laptop, "list"))
        clinic = [
            "P03": try Self.handles(household.json(.clinic, "list", "P03")),
            "P04": try Self.handles(household.json(.clinic, "list", "P04")),
        ]
    }

    /// A new copy of a template.
    func copy(_ name: String) throws -> String {
        let copy = scratch.file("copy-" + UUID().uuidString)
        try FileManager.default.copyItem(atPath: template(name), toPath: copy)
        return copy
    }

    private static func handles(_ list: JSONValue) throws -> [String] {
        try #require(list["entries"]?.arrayValue).compactMap { $0["handle"]?.stringValue }
    }

    /// Moves all of the log into the database.
    private static func settle(_ household: Household, _ path: String) throws {
        let ended = try Child(
            "/usr/bin/env", ["sqlite3", path, "PRAGMA wal_checkpoint(TRUNCATE)"],
            environment: household.environment(.laptop), in: household.scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    private static func copy(_ from: String, to: String, _ household: Household) throws {
        let ended = try Child(
            "/usr/bin/env", ["cp", "-a", from, to], environment: household.environment(.laptop),
            in: household.scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        // What is in memory of a log is made anew by whoever opens it.
        for name in ["diary.db-shm", "clinic.db-shm"] {
            try? FileManager.default.removeItem(atPath: to + "/" + name)
        }
    }
}
