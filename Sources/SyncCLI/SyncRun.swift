import DiaryDesk
import DiaryModel
import DiaryStore
import Foundation
import SyncClient
import SyncCore

/// One sync from the command: takes its turn, shows progress, says what happened.
struct SyncRun {
    let database: DiaryDatabase
    let diary: DiaryID
    let directory: String

    /// Syncs and says how it went.
    func reply(quietly: Bool = false) async throws -> Reply {
        let settings = try database.read { transaction in
            (
                address: try transaction.setting(Joining.addressSetting, in: diary)?.stringValue,
                token: try transaction.setting(Joining.tokenSetting, in: diary)?.stringValue,
                insecure: try transaction.setting(Joining.insecureSetting, in: diary)?.boolValue,
                clinic: try transaction.pinnedClinic(in: diary)
            )
        }
        guard let base = settings.address, let token = settings.token,
            let clinic = settings.clinic
        else {
            throw Refused(
                "This diary has joined no clinic; everything is safe here.",
                "With a letter from yours:  diary join ADDRESS --code CODE", code: "not_joined")
        }
        let address = try Addresses.read(base, allowInsecure: settings.insecure ?? false)
        let turn = try await SyncTurn(directory: directory).take {
            try await run(address, token: token, clinic: clinic, quietly: quietly).json
        }
        return Reply(kept: turn.result, isOwn: turn.isOwn)
    }

    private func run(
        _ address: ClinicAddress, token: String, clinic: PublicKey, quietly: Bool
    ) async throws -> KeptReply {
        let clock = StoreOptions.clock
        let transport = HTTPTransport(to: address, now: { clock.now })
        let driver = SyncDriver(
            database: database, diary: diary, transport: transport, token: token, clinic: clinic)
        let bar = ProgressBar(isShown: Terminal.current.isInteractive && !quietly)
        do {
            let outcome = try await driver.run(
                confirmed: { transaction, frontier, receipt in
                    let confirmation = Confirmation(
                        frontier: frontier, receipt: receipt, heard: clock.now)
                    try transaction.setSetting(
                        Confirmation.setting, confirmation.json, in: diary)
                },
                progress: { bar.show($0) })
            bar.clear()
            await transport.close()
            let words = try SyncWords(
                database: database, diary: diary, host: address.host, now: clock.now)
            return KeptReply(try words.reply(for: outcome))
        } catch {
            await transport.close()
            throw error
        }
    }
}

/// A reply that is written down for other processes that waited for this sync.
struct KeptReply {
    let json: JSONValue

    init(_ reply: Reply) {
        json = [
            "exit": .integer(Int64(reply.exit.rawValue)), "json": .object(reply.json),
            "lines": .array(reply.lines.map(JSONValue.string)),
        ]
    }
}

extension Reply {
    init(kept json: JSONValue, isOwn: Bool) {
        self.init()
        if !isOwn { say("Another sync was under way; this is what it did.") }
        lines += json["lines"]?.arrayValue?.compactMap(\.stringValue) ?? []
        self.json = json["json"]?.objectValue ?? [:]
        self.json["own"] = .bool(isOwn)
        let status = json["exit"]?.integerValue.flatMap(Int32.init(exactly:))
        exit = status.flatMap(ExitStatus.init(rawValue:)) ?? .failed
    }
}

/// One line on a terminal that is drawn over again.
struct ProgressBar {
    let isShown: Bool

    func show(_ progress: SyncProgress) {
        let (done, all) = (progress.sent + progress.fetched, progress.toSend + progress.toFetch)
        guard isShown, all > 500 else { return }
        let filled = all > 0 ? min(done * 30 / all, 30) : 0
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        let text = "\r[\(bar)] sent \(progress.sent), fetched \(progress.fetched) of \(all)"
        FileHandle.standardError.write(Data(text.utf8))
    }

    func clear() {
        guard isShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
