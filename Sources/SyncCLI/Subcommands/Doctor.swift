import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// `diary doctor`: checks the store, says what to do, and does it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks the file, every link, hash and signature, and all that is derived.",
        discussion: """
            It changes nothing, unless --repair says to mend what is damaged: a copy of the directory \
            is kept beside it first, and a device that has joined a clinic syncs at once.
            """)

    @OptionGroup var store: StoreOptions

    @Flag(help: "Keep a copy of the directory, cut away what is damaged, and sync.")
    var repair = false

    @Flag(help: "Derive everything that is derived from the events anew.")
    var rebuild = false

    @Flag(help: "What was set aside is recorded again, or not wanted: stop listing it.")
    var recordedAgain = false

    private static let command = "diary doctor"

    func run() async throws {
        try await Output.run("doctor", json: store.json) {
            do {
                return repair ? try await mended() : try checked()
            } catch {
                throw DoctorWords.refusal(
                    for: error, in: store.directory, rebuild: rebuild, command: Self.command)
            }
        }
    }

    private func checked() throws -> Reply {
        let home = try store.openDevice()
        if rebuild { try home.database.rebuildReadModel() }
        if recordedAgain {
            try home.database.write { transaction in
                for diary in try transaction.diaries() {
                    try transaction.dismissSetAside(in: diary.id)
                }
            }
        }
        let findings = try DiaryStore.Doctor.examine(home.database)
        var reply = try DoctorWords.reply(for: findings, in: home.database)
        // Of damaged lines nobody can say what is held.
        if reply.exit == .done { try addSetAside(home, to: &reply) }
        return reply
    }

    private func mended() async throws -> Reply {
        let repair = try Repair.run(
            in: store.directory, purpose: .device, atMs: StoreOptions.clock.now)
        var home = try store.openDevice()
        var reply = DoctorWords.reply(for: repair)
        for diary in repair.recovery?.withoutKey ?? [] {
            let name = try home.database.read { try $0.diaries() }.first { $0.id == diary }?.name
            reply.say(
                "The key this device signs \(name ?? "a diary") with could not be read: ask the clinic for a new letter"
            )
            reply.say("and  diary join  again, or put a backup back:  diary restore FILE")
        }
        guard repair.left.allSatisfy({ $0.remedy == .none }) else {
            reply.add(try DoctorWords.reply(for: repair.left, in: home.database))
            return reply
        }
        let diaries = try home.database.read { transaction in
            try transaction.diaries().map(\.id).filter {
                try ClinicLink(of: $0, in: transaction) != nil
            }
        }
        var syncs: [JSONValue] = []
        for diary in diaries {
            let sync = try await SyncRun(database: home.database, diary: diary).reply(quietly: true)
            reply.lines += sync.lines
            reply.note(sync.exit)
            var json = sync.json
            json["exit"] = .integer(Int64(sync.exit.rawValue))
            syncs.append(.object(json))
        }
        reply.json["syncs"] = .array(syncs)
        // What the sync brought back is no longer missing.
        home = try store.openDevice()
        let left = try DiaryStore.Doctor.examine(home.database)
        reply.add(try DoctorWords.reply(for: left, in: home.database))
        try addSetAside(home, to: &reply)
        return reply
    }

    private func addSetAside(_ home: DeviceHome, to reply: inout Reply) throws {
        var lines: [JSONValue] = []
        var others: Int64 = 0
        for diary in try home.database.read({ try $0.diaries() }) {
            let desk = Desk(
                database: home.database, diary: diary.id, zone: try home.zone(of: diary.id),
                clock: home.clock, pen: .init(author: nil, role: .patient, label: ""))
            try SetAsideWords(desk: desk).add(to: &reply)
            lines += reply.json["setAside"]?.arrayValue ?? []
            others += reply.json["setAsideOfOthers"]?.integerValue ?? 0
        }
        reply.json["setAside"] = .array(lines)
        reply.json["setAsideOfOthers"] = .integer(others)
    }
}
