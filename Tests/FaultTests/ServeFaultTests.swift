import DiaryStore
import Foundation
import TestSupport
import Testing

/// `diary clinic serve` from its start over a device's push to its end, with calls to the disk failing.
@Suite(.timeLimit(FaultShare.limit)) struct ServeFaultTests {
    private static let faults: [(fault: DiskFault, goesOn: Bool, stride: Int)] = [
        (.failing, false, 521), (.failing, true, 661), (.full, false, 127), (.full, true, 157),
        (.denied, false, 277), (.killed, false, 89),
    ]
    private static let more: [(fault: DiskFault, goesOn: Bool, stride: Int)] = [
        (.denied, true, 1), (.interrupted, false, 1), (.short, false, 1), (.short, true, 1),
    ]
    private static var all: [(fault: DiskFault, goesOn: Bool, stride: Int)] {
        faults + (FaultShare.isWhole ? more : [])
    }

    @Test(arguments: all.indices)
    func
        `a server that meets a fault confirms nothing that it has not, and goes on after a new start`(
            number: Int
        ) throws
    {
        let each = Self.all[number]
        guard FaultShare.includes(each.fault) else { return }
        let stride = FaultShare.isWhole ? 1 : each.stride
        let drill = try ServeDrill()
        var tally = FaultTally(command: "clinic serve", fault: each.fault, goesOn: each.goesOn)
        var call = FaultShare.isWhole ? 1 : 1 + stride / 3
        while try drill.run(
            FaultPoint(fault: each.fault, call: call, goesOn: each.goesOn), &tally)
        {
            call += stride
        }
        tally.calls = call - stride
        try tally.print()
        #expect(tally.flaws.isEmpty, "\(tally.complaints)")
    }
}

/// A server whose disk fails while one device pushes what it wrote and pulls what another wrote.
private final class ServeDrill {
    private let household: Household
    private let files = FileManager.default
    private let kept: String
    private let log: String
    private let startMs: Int64
    private let old: StoreState

    init() throws {
        household = try Household.joined()
        _ = try household.sharedInfusion()
        try household.run(.phone, "log", "note", "From the phone.")
        try household.run(.phone, "sync", "--quiet")
        try household.run(.laptop, "log", "note", "From the laptop.")
        try household.close()
        kept = household.scratch.file("kept")
        log = household.scratch.file("met")
        startMs = household.now
        try files.createDirectory(atPath: kept, withIntermediateDirectories: true)
        for place in [Household.Place.clinic, .laptop] {
            try files.copyItem(atPath: household.home(place), toPath: kept + "/\(place)")
        }
        old = try StoreState(household.home(.clinic), .clinic)
    }

    private func reset() throws {
        household.now = startMs
        for place in [Household.Place.clinic, .laptop] {
            try household.lose(place)
            try files.copyItem(atPath: kept + "/\(place)", toPath: household.home(place))
        }
        try? files.removeItem(atPath: log)
    }

    /// - Returns: false if there was no such call.
    func run(_ point: FaultPoint, _ tally: inout FaultTally) throws -> Bool {
        try reset()
        let disk = FaultyDisk(under: household.home(.clinic))
        let server: Ended
        var sync: Ended?
        do {
            let child = try household.open(under: disk.tool(point, log: log))
            sync = try household.start(.laptop, ["sync"]).wait()
            try household.close()
            server = try child.wait()
        } catch let refused as Household.NotOpened { server = refused.ended }
        guard let met = files.contents(atPath: log), !met.isEmpty else { return false }
        let call = String(decoding: met, as: UTF8.self).split(separator: "\n").first ?? "?"
        func wrong(_ kind: FaultTally.Flaw, _ text: String) {
            tally.add(
                kind, "\(point) (\(call)): \(text)\n\(server.text)\n\(sync?.text ?? "not opened")")
        }
        tally.note(sync ?? server)
        for flaw in FaultWords.flaws(of: server, at: point) where sync == nil {
            wrong(.words, flaw)
        }
        if sync != nil, server.signal != nil, point.fault != .killed {
            wrong(.words, "ended by signal \(server.signal ?? 0)")
        }
        if let sync, sync.signal != nil || !(0...6).contains(sync.status) {
            wrong(.words, "the device ends with \(sync.status)")
        }
        let mine = try StoreState(household.home(.laptop), .device).lines
        let left: StoreState
        do { left = try StoreState(household.home(.clinic), .clinic) } catch {
            wrong(.third, "cannot be opened: \(error)")
            return true
        }
        if !old.lines.isSubset(of: left.lines) { wrong(.lost, "earlier lines are gone") }
        if sync?.status == 0, !mine.isSubset(of: left.lines) {
            wrong(.lost, "the device was told that all is confirmed")
        }
        if !left.findings.isEmpty { wrong(.third, "the doctor finds \(left.findings)") }

        do { try household.open() } catch let refused as Household.NotOpened {
            wrong(.third, "does not start again: \(refused.ended.text)")
            return true
        }
        let again = try household.start(.laptop, ["sync"]).wait()
        try household.close()
        if again.status != 0 || again.text.contains("put back") {
            wrong(.third, "the next sync: \(again.text)")
        }
        let held = try StoreState(household.home(.clinic), .clinic)
        let all = try StoreState(household.home(.laptop), .device).lines
        if !all.isSubset(of: held.lines) || !left.lines.isSubset(of: held.lines) {
            wrong(.lost, "the next sync ends well, and lines are missing")
        }
        if !held.findings.isEmpty { wrong(.third, "the doctor finds \(held.findings)") }
        return true
    }
}
