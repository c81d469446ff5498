import Foundation
import TestSupport

/// What the preloaded shim does to the calls below a directory.
enum DiskFault: String, CaseIterable, Sendable {
    /// A device that fails: any call.
    case failing = "EIO"
    /// No room: calls that need some.
    case full = "ENOSPC"
    /// Not allowed: calls that name something.
    case denied = "EACCES"
    /// Interrupted: calls that may wait.
    case interrupted = "EINTR"
    /// Half of the bytes: reading and writing.
    case short = "SHORT"
    /// `SIGKILL` before a call that changes something.
    case killed = "KILL_BEFORE"
}

/// One fault at one call.
struct FaultPoint: Sendable, CustomStringConvertible {
    let fault: DiskFault
    let call: Int
    /// Whether every later call meets it, too.
    let goesOn: Bool

    var description: String {
        "\(fault.rawValue) \(goesOn ? "from" : "at") call \(call)"
    }
}

/// A disk that fails where it is told to, for processes that have the shim preloaded.
struct FaultyDisk: Sendable {
    /// Built once for the whole test run.
    private static let library = Result { () throws -> (Scratch, String) in
        let scratch = try Scratch()
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Shim/disk.c").path
        return (scratch, try CompiledShim.build(source, in: scratch))
    }

    /// Every path that begins so is on this disk, and so is the directory that these are in.
    let under: String

    private func variables() throws -> [String: String] {
        [
            "LD_PRELOAD": try Self.library.get().1, "DISK_UNDER": under,
            "DISK_TOP": (under as NSString).deletingLastPathComponent,
        ]
    }

    /// The command under which a process meets the disk.
    private func tool(_ further: [String: String]) throws -> [String] {
        ["/usr/bin/env"] + (try variables()).merging(further) { $1 }.map { "\($0)=\($1)" }
    }

    /// - Parameter log: gets a line if the fault was met.
    func tool(_ point: FaultPoint, log: String) throws -> [String] {
        var further = [
            "DISK_FAULT": point.fault.rawValue, "DISK_AT": "\(point.call)", "DISK_LOG": log,
        ]
        if point.goesOn { further["DISK_ON"] = "1" }
        return try tool(further)
    }

    /// What processes get whose changes and waits are recorded, in their order over all of them.
    func recording(to journal: String) throws -> [String: String] {
        try variables().merging(["DISK_JOURNAL": journal]) { $1 }
    }
}
