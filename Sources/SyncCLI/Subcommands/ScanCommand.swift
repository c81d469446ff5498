import ArgumentParser
import DiaryDesk
import DiaryModel
import Foundation
import SyncCore

/// `diary scan`: what the code on a pack says, and what is known of its lot here.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Reads the code on a pack, and says it in words. Nothing is recorded.",
        discussion: """
            diary scan            waits for the scanner, which types the code and presses Enter
            diary scan '(01)09520000000103(17)281231(10)P100423917'

            diary log infusion --vials 8x4g --scan CODE  and  diary stock receipt --scan CODE  record it.
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The code, as the scanner sends it; read from the keyboard if not said.")
    var code: String?

    func run() throws {
        try Output.run("scan", json: store.json) {
            let bytes = try code.map { Array($0.utf8) } ?? Self.scanned()
            let today = try zone().day(atMs: StoreOptions.clock.now)
            let lines = ScanLines(scan: Scan(bytes, on: today), catalogue: .seed)
            var reply = Reply(json: lines.json)
            reply.lines = lines.lines
            guard let home = try? store.openDevice(), let known = try lines.known(at: home) else {
                return reply
            }
            reply.add(known)
            return reply
        }
    }

    private func zone() throws -> TZif {
        guard let zone = ZoneFiles().local else {
            throw Refused("Install the package tzdata.", code: "no_tzdata")
        }
        return zone
    }

    /// What a scanner that works as a keyboard types, up to its Enter.
    private static func scanned() throws -> [UInt8] {
        if isatty(STDIN_FILENO) == 1 { Output.complain("Scan the pack now.") }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw Refused("No code came.", code: "no_code", exit: .usage)
        }
        return Array(line.utf8)
    }
}
