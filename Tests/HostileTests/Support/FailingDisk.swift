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

    /// Builds the library with the compiler of the Swift toolchain, or any other.
    init(_ household: Household) throws {
        library = household.scratch.file("fault.so")
        word = household.scratch.file("fault")
        directory = household.home(.clinic)
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Shim/fault.c").path
        let script = """
            beside=$(dirname "$(readlink -f "$(command -v swift)")")/clang
            for c in "$(command -v clang)" "$beside" "$(command -v cc)"; do
              [ -x "$c" ] && exec "$c" -shared -fPIC -O1 -o "$0" "$1" -ldl
            done
            echo "a C compiler is needed: clang comes with Swift" >&2; exit 1
            """
        let ended = try Child(
            "/usr/bin/env", ["bash", "-c", script, library, source],
            environment: household.environment(.clinic), in: household.scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
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
