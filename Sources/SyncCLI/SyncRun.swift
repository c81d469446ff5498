import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncClient
import SyncCore

/// One sync from the command: shows progress, says what happened.
struct SyncRun {
    let database: DiaryDatabase
    let diary: DiaryID

    /// A person is waiting: three attempts within a few seconds.
    private static let patience = Backoff(
        first: .milliseconds(300), cap: .seconds(2), attemptLimit: 3, patience: .seconds(10))

    /// Syncs all diaries of a patient; a clinic that was not reached is not tried for each.
    ///
    /// - Parameter joining: whether this is the sync that ends a joining, which says who writes here.
    static func reply(
        for patient: PatientDiaries, in database: DiaryDatabase, quietly: Bool,
        joining: Bool = false
    ) async throws -> Reply {
        var reply = try await SyncRun(database: database, diary: patient.main.id)
            .reply(quietly: quietly)
        var further: [JSONValue] = []
        for diary in patient.further where reply.exit != .notReached {
            guard try database.read({ try ClinicLink(of: diary.id, in: $0) }) != nil else {
                reply.say("A further diary of \(patient.name)'s has not joined yet; all is safe.")
                reply.say("With a new letter:  diary join ADDRESS --code CODE")
                continue
            }
            let part = try await SyncRun(database: database, diary: diary.id)
                .reply(quietly: quietly)
            reply.lines += ["A further diary of \(patient.name)'s:"] + part.lines
            reply.note(part.exit)
            further.append(.object(part.json))
        }
        if reply.exit == .notReached {
            let waiting = try patient.further.reduce(0) { sum, diary in
                try sum
                    + SyncWords(
                        database: database, diary: diary.id, host: "", now: StoreOptions.clock.now
                    ).waiting()
            }
            if waiting > 0 { reply.say("\(waiting) more of a further diary are safe here, too.") }
        }
        if !further.isEmpty { reply.json["further"] = .array(further) }
        if let settled = try WhoWrites(database: database, patient: patient).settle(),
            joining || settled.name != nil
        {
            reply.lines += JoinWords.lines(for: settled)
        }
        try SyncWords(
            database: database, diary: patient.main.id, host: "", now: StoreOptions.clock.now
        ).add(patient.further.map(\.id), to: &reply)
        return reply
    }

    /// Syncs, waiting for one that is under way, and says how it went.
    func reply(quietly: Bool = false) async throws -> Reply {
        let clock = StoreOptions.clock
        let (before, confirmed, link) = try database.read { transaction in
            (
                try transaction.events(in: diary).nextArrival,
                try ClinicLink.confirmation(of: diary, in: transaction)?.frontier,
                try ClinicLink(of: diary, in: transaction)
            )
        }
        guard let link else {
            throw Refused(
                "This diary has joined no clinic; everything is safe here.",
                "With a letter from yours:  diary join ADDRESS --code CODE", code: "not_joined")
        }
        let bar = ProgressBar(isShown: Terminal.current.isInteractive && !quietly)
        let outcome = try await SyncDriver(
            database: database,
            environment: SyncEnvironment(nowMs: { clock.now }, backoff: Self.patience)
        ).sync(diary) { bar.show($0) }
        bar.clear()
        let host = (try? ClinicAddress(link.address, insecureHTTP: true).host) ?? link.address
        let words = try SyncWords(database: database, diary: diary, host: host, now: clock.now)
        if let receipt = outcome.confirmedMs, !outcome.isOfAnotherProcess {
            let heard = ClockReading(heard: clock.now, receipt: receipt)
            try database.write {
                try $0.setSetting(ClockReading.setting, heard.json, in: diary)
            }
            try words.desk.doubtTimes(of: infusionsBegun(since: confirmed), heard.skew)
        }
        return try words.reply(for: outcome, since: before)
    }

    /// Infusions that were begun here since the clinic had last confirmed what it holds.
    private func infusionsBegun(since confirmed: VectorClock?) throws -> [EntryID] {
        try database.read { transaction in
            let own = Set(try transaction.ownKeys(in: diary).keys)
            let events = try transaction.events(in: diary)
            let known = try events.coverage(of: confirmed?.positions ?? [])
            return try transaction.entries(in: diary, beyond: known)
                .filter { entry in
                    guard entry.kind == EntryKind.infusion.rawValue,
                        own.contains(entry.position.replica)
                    else { return false }
                    return try events.held(entry.position).map { !known.contains($0.place) }
                        ?? false
                }
                .map(\.position.id)
        }
    }
}

/// What this device's clock said when the clinic's said something, at the last sync.
struct ClockReading {
    let heard: Int64
    let receipt: Int64

    static let setting = "clock.reading"

    init(heard: Int64, receipt: Int64) {
        self.heard = heard
        self.receipt = receipt
    }

    init?(json: JSONValue) {
        guard let heard = json["heard"]?.integerValue, let receipt = json["receipt"]?.integerValue
        else { return nil }
        self.init(heard: heard, receipt: receipt)
    }

    var json: JSONValue { ["heard": .integer(heard), "receipt": .integer(receipt)] }

    var skew: ClockSkew { ClockSkew(deviceNowMs: heard, receiptMs: receipt, roundTripMs: 0) }

    /// A sentence if this device's clock is so wrong that times written here mislead.
    var sentence: String? {
        skew.consequence == .nothing
            ? nil
            : "Of note: \(skew.label). Times written here may be wrong; nothing merged depends on it."
    }
}

/// One line on a terminal that is drawn over again.
struct ProgressBar: Sendable {
    let isShown: Bool

    func show(_ progress: SyncDriver.Progress) {
        guard isShown, progress.toSend + progress.fetched > 500 else { return }
        let all = max(progress.toSend, 1)
        let filled = min(progress.sent * 30 / all, 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        let text =
            "\r[\(bar)] sent \(progress.sent) of \(progress.toSend), fetched \(progress.fetched)"
        StandardOutput.complain(text)
    }

    func clear() {
        guard isShown else { return }
        StandardOutput.complain("\r\u{1B}[K")
    }
}
