import DiaryStore
import Foundation
import SyncCore
import TestSupport
import Testing

/// The commands that meet faults, by name.
enum FaultScenes: String, CaseIterable, Sendable {
    case amend, resolve, void, undo, backup, restore, repair, sync, join
    case enrol, clinicBackup, confirm

    /// Prepares the stores that the command starts from.
    func scene() throws -> FaultScene {
        switch self {
        case .amend:
            let (household, handle) = try Self.alone()
            return FaultScene(
                "amend", household, .laptop, ["amend", handle, "sites=thigh-L,thigh-R"])
        case .void:
            let (household, handle) = try Self.alone()
            return FaultScene(
                "void", household, .laptop, ["void", handle, "--reason", "never_happened"])
        case .undo:
            let (household, handle) = try Self.alone()
            try household.run(.laptop, "amend", handle, "sites=thigh-L,thigh-R")
            return FaultScene("undo", household, .laptop, ["undo"])
        case .resolve: return try Self.resolving()
        case .backup:
            let (household, _) = try Self.alone()
            return Self.backingUp("backup", household, .laptop)
        case .restore: return try Self.restoring()
        case .repair: return try Self.repairing()
        case .sync: return try Self.syncing()
        case .join: return try Self.joining()
        case .enrol:
            let household = try Self.clinicAlone()
            let words = ["enrol", "P03", "--role", "patient"]
            return FaultScene(
                "clinic enrol", household, .clinic, words, staff: Household.administrator,
                next: { words })
        case .clinicBackup: return Self.backingUp("clinic backup", try Self.clinicAlone(), .clinic)
        case .confirm: return try Self.confirming()
        }
    }

    private static func alone() throws -> (Household, handle: String) {
        let household = try Household()
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "A quiet day.")
        return (household, try household.infusion())
    }

    private static func clinicAlone() throws -> Household {
        let household = try Household.joined()
        _ = try household.sharedInfusion()
        try household.close()
        return household
    }

    private static func resolving() throws -> FaultScene {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.phone, "amend", handle, "lot=P10042391")
        try household.meet()
        try household.run(.laptop, "conflicts", "show", handle, status: 3)
        try household.close()
        return FaultScene("resolve", household, .laptop, ["conflicts", "resolve", handle, "lot=a"])
    }

    /// A backup is there whole under its name, or nothing has that name.
    private static func backingUp(
        _ name: String, _ household: Household, _ place: Household.Place
    ) -> FaultScene {
        let file = household.scratch.file("\(place.rawValue).backup")
        return FaultScene(
            name, household, place, ["backup", file], staff: Household.administrator,
            next: place == .clinic ? { ["enrol", "P03", "--role", "patient"] } : nil,
            inspect: { outcome in
                let isThere = FileManager.default.fileExists(atPath: file)
                guard isThere else {
                    return outcome.ended.status == 0 ? ["told of a backup, and there is none"] : []
                }
                let scratch = try Scratch()
                do {
                    _ = try Restore.run(
                        file, into: scratch.file("copy"),
                        purpose: place == .clinic ? .clinic : .device, at: household.now)
                } catch { return ["the backup cannot be put back: \(error)"] }
                let denies = FaultWords.deniesAll(outcome.ended) && outcome.ended.signal == nil
                return denies ? ["says that nothing was written, and there is a backup"] : []
            })
    }

    private static func restoring() throws -> FaultScene {
        let (household, handle) = try alone()
        let file = household.scratch.file("laptop.backup")
        try household.run(.laptop, "backup", file)
        try household.run(.laptop, "amend", handle, "sites=thigh-L,thigh-R")
        return FaultScene(
            "restore", household, .laptop, ["restore", file],
            inspect: { outcome in
                let names = try FileManager.default.contentsOfDirectory(
                    atPath: household.home(.laptop))
                let isKept = names.contains { $0.hasPrefix("before-") }
                if outcome.ended.status == 0, !isKept { return ["the old store is not kept"] }
                let denies = FaultWords.deniesAll(outcome.ended) && outcome.ended.signal == nil
                return denies && isKept ? ["says that nothing was changed, and it was"] : []
            })
    }

    private static func repairing() throws -> FaultScene {
        let (household, _) = try alone()
        try household.run(.laptop, "log", "note", "The one in between.")
        try household.run(.laptop, "log", "note", "The last one.")
        try household.sql(
            .laptop,
            """
            UPDATE event SET line = CAST(replace(CAST(line AS TEXT), 'in between', 'in betweem') AS BLOB)
            WHERE instr(CAST(line AS TEXT), 'in between') > 0
            """)
        return FaultScene(
            "doctor --repair", household, .laptop, ["doctor", "--repair"],
            next: { ["doctor", "--repair"] },
            nextStatuses: [0, 3])
    }

    private static func syncing() throws -> FaultScene {
        let household = try Household.joined()
        _ = try household.sharedInfusion()
        try household.run(.phone, "log", "note", "From the phone.")
        try household.run(.phone, "sync", "--quiet")
        for text in ["From the laptop.", "And once more."] {
            try household.run(.laptop, "log", "note", text)
        }
        return FaultScene("sync", household, .laptop, ["sync"], next: { ["sync"] }, hasSteps: true)
    }

    private static func joining() throws -> FaultScene {
        let household = try Household()
        try household.beginClinic()
        try household.open()
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try household.run(.laptop, "log", "note", "Before joining.")
        func words() throws -> [String] {
            let letter = try household.json(
                .clinic, "enrol", "P03", "--role", "patient", staff: Household.administrator)
            let code = try #require(letter["code"]?.stringValue)
            let fingerprint = try #require(letter["fingerprint"]?.stringValue)
            return [
                "join", household.address, "--code", code, "--fingerprint", fingerprint, "--role",
                "patient",
            ]
        }
        return FaultScene(
            "join", household, .laptop, try words(), next: words, hasSteps: true,
            growsElsewhere: true)
    }

    private static func confirming() throws -> FaultScene {
        let household = try Household.joined()
        _ = try household.sharedInfusion()
        let saturday = household.scratch.file("saturday")
        try household.close()
        try FileManager.default.copyItem(atPath: household.home(.clinic), toPath: saturday)
        try household.open()
        try household.run(.laptop, "log", "note", "After the copy.")
        try household.run(.laptop, "sync", "--quiet")
        try household.close()
        try household.lose(.clinic)
        try FileManager.default.copyItem(atPath: saturday, toPath: household.home(.clinic))
        try household.open()
        #expect(try household.json(.laptop, "sync")["result"] == "unconfirmed")
        try household.close()
        let words = ["devices", "confirm", "--yes"]
        return FaultScene(
            "clinic devices confirm", household, .clinic, words, staff: Household.administrator,
            next: { words }, hasSteps: true)
    }
}
