import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore
import TestSupport

/// All that a store says of its diaries, as lines of JSON to compare with an earlier version's.
enum StoreDigest {
    static func lines(of directory: String, isClinic: Bool) throws -> [JSONValue] {
        let database = try open(directory, isClinic: isClinic)
        let lines = try database.read(lines)
        try database.close()
        return lines
    }

    /// What is kept of a golden store.
    static func lines(of copy: GoldenCopy, _ home: GoldenFolder.Home) throws -> [JSONValue] {
        let lines = try lines(of: copy.directory(of: home), isClinic: home.isClinic)
        return home.isShort ? lines.filter { $0["diary"] != nil } : lines
    }

    static func open(_ directory: String, isClinic: Bool) throws -> DiaryDatabase {
        try DiaryDatabase.open(
            in: directory, purpose: isClinic ? .clinic : .device,
            extraMigrations: isClinic ? ClinicSchema.migrations : [])
    }

    static func lines(_ transaction: DiaryTransaction) throws -> [JSONValue] {
        guard let zone = ZoneFiles().rules(named: "Europe/London") else {
            throw Unexpected("this computer has no time zone rules")
        }
        return try transaction.diaries().flatMap { diary in
            let reading = try Reading(transaction, diary: diary.id, zone: zone)
            let entries = try transaction.entries(in: diary.id).sorted { $0.id < $1.id }
            return try [head(of: diary, in: reading)] + entries.map { try line($0, in: reading) }
        }
    }

    private static func head(of diary: DiaryRecord, in reading: Reading) throws -> JSONValue {
        let given = try reading.totals().given
        var lines: [[UInt8]] = []
        try reading.events.forEachSection(beyond: Coverage()) { section in
            lines += section.lines.map(\.bytes)
            return true
        }
        let all = lines.sorted { $0.lexicographicallyPrecedes($1) }.joined(separator: [10])
        var object: JSONObject = [
            "diary": .string(diary.id.text),
            "events": .integer(Int64(lines.count)),
            "frontier": reading.events.frontier.json,
            "given": [.integer(given.milligrams.low), .integer(given.milligrams.high)],
            "lines": .string(SHA256Hash.text(of: Array(all))),
            "name": .string(diary.name),
            "questions": .integer(Int64(given.questions.count)),
            "setAside": .array(given.setAside.sorted().map { .string($0.text) }),
        ]
        if let pin = diary.pinnedClinic { object["clinic"] = .string(pin.text) }
        return .object(object)
    }

    private static func line(_ entry: EntrySummary, in reading: Reading) throws -> JSONValue {
        guard let view = try reading.view(of: entry.position) else {
            throw Unexpected("an entry of the list is not there")
        }
        let events = try reading.transaction.events(of: entry.position, in: reading.diary)
        var fields: JSONObject = [:]
        for (name, register) in view.fields {
            fields[name] = .array(register.candidates.map(json))
        }
        var object: JSONObject = [
            "at": .integer(entry.atMs),
            "conflicts": .array(view.conflicts.map(JSONValue.string)),
            "context": .array(view.context.map(\.json)),
            "entry": entry.position.json,
            "erased": .array(
                events.filter(\.line.isErased).map(\.line.position).sorted().map(\.json)),
            "events": .array(events.map(\.line.position).sorted().map(\.json)),
            "fields": .object(fields),
            "kind": .string(entry.kind),
            "listed": .array([
                word(entry.status), .bool(entry.isInConflict), .bool(entry.hasEventsToReview),
            ]),
            "status": word(view.status),
            "toReview": .array(view.toReview.map(\.json)),
            "voidQuestions": .array(
                view.voidQuestions.map {
                    ["unseen": .array($0.unseen.map(\.json)), "void": $0.void.json]
                }),
        ]
        if let start = entry.startMs { object["start"] = .integer(start) }
        return .object(object)
    }

    private static func json(_ candidate: Candidate) -> JSONValue {
        var object: JSONObject = ["at": candidate.at.json, "event": candidate.event.json]
        object["author"] = candidate.author.map { .string($0.text) }
        switch candidate.value {
        case .said(let value): object["value"] = value
        case .erased: object["erased"] = true
        }
        if !candidate.about.isEmpty { object["about"] = .object(candidate.about) }
        return .object(object)
    }

    private static func word(_ status: EntryView.Status) -> JSONValue {
        switch status {
        case .active: "active"
        case .voided: "voided"
        case .inQuestion: "inQuestion"
        case .none: "none"
        }
    }
}

extension SHA256Hash {
    static func text(of octets: [UInt8]) -> String {
        String(decoding: Base64URL.encode(Self.octets(of: octets)), as: UTF8.self)
    }
}
