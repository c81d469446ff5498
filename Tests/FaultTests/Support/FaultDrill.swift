import DiaryStore
import Foundation
import TestSupport

/// Runs one command again and again from the same stores, each time with another call failing.
final class FaultDrill {
    private let scene: FaultScene
    private let household: Household
    private let files = FileManager.default
    private let kept: String
    private let log: String
    private let startMs: Int64
    private let oldBytes: DirectoryBytes
    private let old: StoreState
    /// What the command leaves where nothing fails.
    private let new: StoreState
    private let newStatus: Int32
    /// Runs since the clinic was put back, for it holds a further device after each.
    private var grown = 0

    private var home: String { household.home(scene.place) }
    private var purpose: DiaryDatabase.Purpose { scene.place == .clinic ? .clinic : .device }

    init(_ scene: FaultScene) throws {
        self.scene = scene
        household = scene.household
        kept = household.scratch.file("kept")
        log = household.scratch.file("met")
        startMs = household.now
        let home = household.home(scene.place)
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        if scene.growsElsewhere {
            try household.close()
            try files.copyItem(atPath: household.home(.clinic), toPath: kept + "/clinic")
            try household.open()
        }
        for name in try Self.names(of: scene) {
            try FileManager.default.copyItem(
                atPath: household.scratch.file(name), toPath: kept + "/" + name)
        }
        oldBytes = try DirectoryBytes(home)
        let purpose: DiaryDatabase.Purpose = scene.place == .clinic ? .clinic : .device
        old = try StoreState(home, purpose)
        let ended = try household.start(scene.place, scene.words(), staff: scene.staff).wait()
        newStatus = ended.status
        new = try StoreState(home, purpose)
    }

    /// All that belongs to the place: its home, and what commands put beside it.
    private static func names(of scene: FaultScene) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scene.household.scratch.path)
            .filter { $0.hasPrefix(scene.place.rawValue) }
    }

    private func reset() throws {
        household.now = startMs
        if scene.growsElsewhere {
            grown += 1
            if grown % 16 == 0 {
                try household.close()
                try household.lose(.clinic)
                try files.copyItem(atPath: kept + "/clinic", toPath: household.home(.clinic))
                try household.open()
            }
        }
        for name in try Self.names(of: scene) {
            try files.removeItem(atPath: household.scratch.file(name))
        }
        for name in try files.contentsOfDirectory(atPath: kept)
        where name.hasPrefix(scene.place.rawValue) {
            try files.copyItem(
                atPath: kept + "/" + name, toPath: household.scratch.file(name))
        }
        try? files.removeItem(atPath: log)
    }

    /// Each call in turn, or every so manieth, until the command meets no fault any more.
    func run(
        _ fault: DiskFault, goesOn: Bool = false, from first: Int = 1, every stride: Int = 1
    ) throws -> FaultTally {
        var tally = FaultTally(command: scene.name, fault: fault, goesOn: goesOn)
        var call = first
        while true {
            let point = FaultPoint(fault: fault, call: call, goesOn: goesOn)
            guard try run(point, &tally) else { break }
            call += stride
        }
        tally.calls = call - stride
        return tally
    }

    /// - Returns: false if there was no such call.
    private func run(_ point: FaultPoint, _ tally: inout FaultTally) throws -> Bool {
        try reset()
        let disk = FaultyDisk(under: home)
        let ended = try household.start(
            scene.place, scene.words(), staff: scene.staff, under: disk.tool(point, log: log)
        ).wait()
        guard let met = files.contents(atPath: log), !met.isEmpty else { return false }
        let call =
            String(decoding: met, as: UTF8.self).split(separator: "\n").first.map(String.init)
            ?? "?"
        func wrong(_ kind: FaultTally.Flaw, _ text: String) {
            tally.add(kind, "\(point) (\(call)): \(text)\n\(ended.text)")
        }
        tally.note(ended)
        for flaw in FaultWords.flaws(of: ended, at: point) { wrong(.words, flaw) }

        // Nothing changed at all: then nothing that comes later can differ.
        if (try? DirectoryBytes(home)) == oldBytes {
            if ended.status == newStatus, ended.signal == nil, new.lines != old.lines {
                wrong(.lost, "told that it is done, and nothing changed")
            }
            try inspect(point, ended, isNew: false, call, wrong)
            return true
        }
        let left: StoreState
        do { left = try StoreState(home, purpose) } catch {
            wrong(.third, "cannot be opened: \(error)")
            return true
        }
        let isNew = try judge(left, ended, wrong)
        try inspect(point, ended, isNew: isNew, call, wrong)
        let next = try household.start(scene.place, scene.next(), staff: scene.staff).wait()
        if !scene.nextStatuses.contains(next.status) || next.signal != nil {
            wrong(.third, "the next command ends with \(next.status): \(next.text)")
        }
        let after = try StoreState(home, purpose)
        let lost = left.lines.intersection(new.lines).subtracting(after.lines)
        if !lost.isEmpty { wrong(.lost, "the next command took \(lost.count) lines") }
        if !Set(after.findings).isSubset(of: Set(old.findings + new.findings)) {
            wrong(.third, "the doctor finds \(after.findings)")
        }
        return true
    }

    private func inspect(
        _ point: FaultPoint, _ ended: Ended, isNew: Bool, _ call: String,
        _ wrong: (FaultTally.Flaw, String) -> Void
    ) throws {
        let outcome = FaultOutcome(point: point, ended: ended, isNew: isNew, call: call)
        for flaw in try scene.inspect(outcome) { wrong(.third, flaw) }
    }

    /// The old state or the new one, and what was said of it.
    ///
    /// - Returns: whether it is the new one.
    private func judge(
        _ left: StoreState, _ ended: Ended, _ wrong: (FaultTally.Flaw, String) -> Void
    ) throws -> Bool {
        let lost = old.lines.intersection(new.lines).subtracting(left.lines)
        if !lost.isEmpty { wrong(.lost, "\(lost.count) earlier lines are gone") }
        let added = left.lines.subtracting(old.lines).count
        let all = new.lines.subtracting(old.lines).count
        let isOld = left.lines == old.lines
        let isNew =
            scene.growsElsewhere
            ? added >= all : added == all && left.lines.count == new.lines.count
        if !isOld, !isNew, !scene.hasSteps || added > all {
            wrong(.third, "\(added) of \(all) lines were added")
        }
        if ended.signal == nil, ended.status == newStatus, !isNew {
            wrong(.lost, "told that it is done, and \(added) of \(all) lines are there")
        }
        if ended.signal == nil, !isOld, FaultWords.deniesAll(ended) {
            wrong(.words, "says that nothing was written, and \(added) lines were")
        }
        let known = isOld ? old.findings : isNew ? new.findings : old.findings + new.findings
        if !Set(left.findings).isSubset(of: Set(known)) {
            wrong(.third, "the doctor finds \(left.findings)")
        }
        return isNew
    }
}
