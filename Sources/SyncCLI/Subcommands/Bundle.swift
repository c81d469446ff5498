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
            let diary = try home.diary()
            guard !Files.exists(file) else {
                throw Refused("\(file) is there already. Nothing was written.", code: "file_exists")
            }
            let confirmed = unconfirmed ? try home.confirmed(in: diary.id)?.frontier : nil
            let (bytes, lines) = try home.database.read { transaction in
                let store = try transaction.events(in: diary.id)
                let known = try store.coverage(of: confirmed?.positions ?? [])
                let offer = try store.offer(beyond: known, page: .bundle)
                let request = SyncRequest(
                    diary: diary.id, frontier: store.frontier, sections: offer.sections)
                return (request.bytes, offer.sections.reduce(0) { $0 + $1.lines.count })
            }
            try AtomicFile(path: file).write(bytes)
            return Reply(
                "Wrote \(lines) events of the diary for \(diary.name) to \(file).",
                "It is not encrypted: whoever has the file can read it.",
                json: ["events": .integer(Int64(lines)), "file": .string(file)])
        }
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
