import Foundation
import TestSupport

/// A disk below one directory that fails on request, for a process that has it preloaded.
struct FailingDisk {
    enum Fault: String, CaseIterable, Sendable {
        case full, sync, readOnly

        var words: String {
            switch self {
            case .full: "the disk is full"
            case .sync: "waiting for the disk fails"
            case .readOnly: "the disk can be read only"
            }
        }
    }

    private let library: String
    private let word: String
    private let directory: String

    init(_ household: Household) throws {
        library = try CompiledShim.build(
            URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("Shim/fault.c").path,
            in: household.scratch)
        word = household.scratch.file("fault")
        directory = household.home(.clinic)
    }

    /// The command under which a process meets this disk.
    var tool: [String] {
        [
            "/usr/bin/env", "LD_PRELOAD=\(library)", "FAULT_WORD=\(word)",
            "FAULT_UNDER=\(directory)",
        ]
    }

    func fail(_ fault: Fault) throws {
        try Data(fault.rawValue.utf8).write(to: URL(fileURLWithPath: word))
    }

    func recover() throws { try FileManager.default.removeItem(atPath: word) }
}
