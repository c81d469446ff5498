import SyncClient
import ArgumentParser
import DiaryDesk
import DiaryStore
import Foundation
import SyncCore

/// `diary import`: takes what a carried file brings.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
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
