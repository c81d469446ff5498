import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncCore

/// Where the store is, whose diary, whose hand, and how to answer: the same for every command.
struct StoreOptions: ParsableArguments {
    @Option(help: "The directory of the store (or DIARY_HOME).")
    var home: String?

    @Option(name: .customLong("for"), help: "Whose diary, where this device keeps several.")
    var diaryName: String?

    @Option(name: .customLong("as"), help: "Who is writing: a person of the diary.")
    var personName: String?

    @Flag(help: "Print one JSON object instead of sentences.")
    var json = false

    @Flag(help: "End with 3 if something waits for a person.")
    var check = false

    var directory: String {
        if let home { return home }
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["DIARY_HOME"], !home.isEmpty { return home }
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let own = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        return (data ?? own + "/.local/share") + "/diary"
    }

    /// The clock: this computer's, unless a drill sets `DIARY_NOW` (an instant in milliseconds since
    /// 1970) or `DIARY_CLOCK_ERROR` (milliseconds that this device's clock is ahead).
    static var clock: DeskClock {
        let environment = ProcessInfo.processInfo.environment
        if let fixed = environment["DIARY_NOW"].flatMap({ Int64($0) }) {
            return DeskClock { fixed }
        }
        let error = environment["DIARY_CLOCK_ERROR"].flatMap { Int64($0) } ?? 0
        return DeskClock { Int64(Date().timeIntervalSince1970 * 1000) &+ error }
    }

    func openDevice() throws -> DeviceHome {
        let home = try DeviceHome(options: self)
        for doubt in home.database.doubts() { Output.complain(doubt.words("diary doctor")) }
        return home
    }
}
