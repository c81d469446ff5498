import SyncClient
import ArgumentParser
import DiaryDesk
import DiaryStore
import Foundation
import SyncCore

/// `diary export`: the diary as a file that can be carried.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the diary, or what a peer lacks, to a file that can be carried.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String

    @Flag(help: "Only what the clinic has not yet confirmed.")
    var unconfirmed = false

    func run() throws {
        try Output.run("export", json: store.json) {
            let home = try store.openDevice()
            let diaries = try home.patient().all
            let files = diaries.indices.map { $0 == 0 ? file : "\(file).\($0 + 1)" }
            for file in files where Files.exists(file) {
                throw Refused("\(file) is there already. Nothing was written.", code: "file_exists")
            }
            var reply = Reply(json: ["file": .string(file)])
            for (diary, file) in zip(diaries, files) {
                let lines = try write(diary.id, of: home, to: file)
                reply.say("Wrote \(lines) events of the diary for \(diary.name) to \(file).")
                if reply.json["events"] == nil { reply.json["events"] = .integer(Int64(lines)) }
            }
            if files.count > 1 {
                reply.json["further"] = .array(files.dropFirst().map(JSONValue.string))
            }
            reply.say("It is not encrypted: whoever has the file can read it.")
            return reply
        }
    }

    /// Writes one diary, and says how many events.
    private func write(_ diary: DiaryID, of home: DeviceHome, to file: String) throws -> Int {
        let confirmed = unconfirmed ? try home.confirmed(in: diary)?.frontier : nil
        let (bytes, lines) = try home.database.read { transaction in
            let store = try transaction.events(in: diary)
            let known = try store.coverage(of: confirmed?.positions ?? [])
            let offer = try store.offer(beyond: known, page: .bundle)
            let request = SyncRequest(
                diary: diary, frontier: store.frontier, sections: offer.sections)
            return (request.bytes, offer.sections.reduce(0) { $0 + $1.lines.count })
        }
        try AtomicFile(path: file).write(bytes)
        return lines
    }
}

/// `diary import`: takes what a carried file brings.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes what a file written by `diary export` brings. Nothing is ever replaced.")

    @OptionGroup var store: StoreOptions

    @Argument(help: "The file to read.")
    var file: String

    func run() throws {
        try Output.run("import", json: store.json) {
            let home = try store.openDevice()
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Refused("\(file) cannot be read.", code: "no_file", exit: .usage)
            }
            let request: SyncRequest
            do { request = try SyncRequest(Array(data), page: .bundle) } catch {
                throw Refused(
                    "\(file) is no diary bundle, or was cut short. Nothing was taken.",
                    code: "no_bundle")
            }
            let diaries = try home.database.read { try $0.diaries() }
            guard let diary = diaries.first(where: { $0.id == request.diary }) else {
                throw Refused(
                    "\(file) is of a diary that this device does not keep. Nothing was taken.",
                    code: "other_diary")
            }
            let (intake, lacks) = try home.database.write { transaction in
                var store = try transaction.events(in: diary.id)
                let intake = try store.take(request.sections)
                let lacks = try request.frontier.positions.filter { try store.held($0) == nil }
                return (intake, lacks.count)
            }
            var reply = Reply(
                "Took \(intake.stored) new events of the diary for \(diary.name) from \(file).",
                json: [
                    "new": .integer(Int64(intake.stored)), "lacks": .integer(Int64(lacks)),
                ])
            if let refused = intake.refused {
                reply.say(
                    "Section \(refused.section), line \(refused.line) was refused "
                        + "(\(refused.type.rawValue)); what came before it was kept.")
                reply.note(.failed)
            } else if lacks > 0 {
                reply.say(
                    "It rests on entries that are not here yet; a sync or a whole export brings them."
                )
            }
            return reply
        }
    }
}
