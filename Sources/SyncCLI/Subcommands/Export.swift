import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// `diary export`: the diary as a file that can be carried, or for other programs.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the diary to a file that can be carried, or for other programs.",
        discussion: """
            A FILE is for `diary import`: the whole diary, or what a peer lacks, with its signatures. \
            --csv, --fhir and --ndjson are for people and other programs; no diary comes back of them.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var options: ExportOptions

    @Argument(help: "The file to write; it must not be there yet.")
    var file: String?

    @Flag(help: "With FILE: only what the clinic has not yet confirmed.")
    var unconfirmed = false

    func validate() throws {
        let form = try options.form
        guard (file == nil) != (form == nil) else {
            throw ValidationError(
                "Say one of FILE, --csv PLACE, --fhir DIRECTORY and --ndjson FILE.")
        }
        guard form == nil || !unconfirmed else {
            throw ValidationError("--unconfirmed goes with FILE.")
        }
    }

    func run() throws {
        try Output.run("export", json: store.json) {
            let home = try store.openDevice()
            if let form = try options.form { return try write(home, in: form) }
            return try carry(home, in: file ?? "")
        }
    }

    // MARK: For other programs

    private func write(_ home: DeviceHome, in form: ExportForm) throws -> Reply {
        let patient = try home.patient()
        var writer = try ExportWriter(form)
        var entries = 0
        try home.read(patient) { readings in
            for reading in readings {
                entries += try reading.entryCount()
                try writer.add(
                    reading.exported(
                        beside: readings.filter { $0.diary != reading.diary },
                        asOfMs: home.clock.now))
            }
        }
        var reply = try writer.finish()
        let noun = entries == 1 ? "1 entry" : "\(entries) entries"
        reply.lines.insert("Wrote \(noun) of \(patient.name)'s diary to \(form.place).", at: 0)
        reply.json["entries"] = .integer(Int64(entries))
        return reply
    }

    // MARK: For another device

    private func carry(_ home: DeviceHome, in file: String) throws -> Reply {
        let diaries = try home.patient().all
        let files = diaries.indices.map { $0 == 0 ? file : "\(file).\($0 + 1)" }
        for file in files where Files.exists(file) {
            throw Refused("\(file) is there already. Nothing was written.", code: "file_exists")
        }
        var reply = Reply(json: ["file": .string(file)])
        for (diary, file) in zip(diaries, files) {
            let lines = try bundle(diary.id, of: home, to: file)
            reply.say("Wrote \(lines) events of the diary for \(diary.name) to \(file).")
            if reply.json["events"] == nil { reply.json["events"] = .integer(Int64(lines)) }
        }
        if files.count > 1 {
            reply.json["further"] = .array(files.dropFirst().map(JSONValue.string))
        }
        reply.say("It is not encrypted: whoever has the file can read it.")
        return reply
    }

    /// Writes one diary, and says how many events.
    private func bundle(_ diary: DiaryID, of home: DeviceHome, to file: String) throws -> Int {
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
