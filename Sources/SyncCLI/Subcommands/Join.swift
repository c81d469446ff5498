import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// `diary join`: meets a clinic with a letter's code.
struct Join: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: "Joins a clinic with the code of its letter, after comparing its key.",
        discussion: """
            The code is sent only after you have said that the clinic's key is the one in your \
            letter. Without a terminal, say it with --fingerprint.
            """)

    @OptionGroup var store: StoreOptions

    @Argument(help: "The clinic's address, such as https://clinic.example.")
    var address: String

    @Option(help: "The one-time code of the letter.")
    var code: String

    @Option(help: "The clinic's key as the letter says it, to compare without asking.")
    var fingerprint: String?

    @Option(
        name: .customLong("role"),
        help: "Who joins here, patient or carer, if not as the letter says.")
    var roleName: String?

    @Option(help: "What this device is called.")
    var device: String?

    @Option(help: "The home time zone, such as Europe/London.")
    var zone: String?

    @Option(help: "The emergency number.")
    var emergency: String = "112"

    @Flag(help: "Allow plain HTTP to another computer.")
    var insecureHttp = false

    @OptionGroup var certificates: AuthorityOptions

    func run() async throws {
        try await Output.run("join", json: store.json) {
            let address: ClinicAddress
            do throws(ClinicAddress.Flaw) {
                address = try ClinicAddress(self.address, insecureHTTP: insecureHttp)
            } catch { throw JoinWords.refused(error, typed: self.address) }
            try JoinWords.check(code: code)
            let joining = try Joining(
                options: store,
                founding: DeviceFounding(options: store, zoneName: zone, emergency: emergency),
                role: roleName.map(DeviceRole.read), device: device)
            do {
                let joined = try await joining.join(
                    address, insecureHTTP: insecureHttp, authority: certificates.read(), code: code,
                    confirm: compare)
                return try await reply(for: joined, joining, host: address.host)
            } catch let error as EnrolmentError {
                throw JoinWords.refused(error, host: address.host, fingerprint: fingerprint)
            }
        }
    }

    private func reply(
        for joined: EnrolmentClient.Joined, _ joining: Joining, host: String
    ) async throws -> Reply {
        let patient = try joining.patient(of: joined.diary)
        let entries = try joining.database.read { transaction in
            try transaction.entryCount(in: joined.diary, without: EntrySummary.hiddenKinds)
        }
        var reply = try await SyncRun.reply(
            for: patient, in: joining.database, quietly: true, joining: true)
        reply.lines.insert("Joined \(joined.clinic.name).", at: 0)
        if patient.main.id != joined.diary {
            reply.lines += JoinWords.further(of: patient.name, entries: entries)
        }
        if let missed = joined.missed {
            reply.lines += JoinWords.missed(missed, host: host)
            reply.note(.failed)
        }
        if !joined.further.isEmpty {
            reply.json["furtherJoined"] = .array(joined.further.map { .string($0.text) })
        }
        reply.say("From now on this diary knows its clinic by that key and by nothing else.")
        reply.json["clinic"] = .string(joined.clinic.name)
        reply.json["diary"] = .string(joined.diary.text)
        return reply
    }

    /// The person compares the clinic's key with the letter; only then does the code leave.
    @Sendable
    private func compare(_ clinic: EnrolmentClient.Introduction) -> Bool {
        if let fingerprint {
            let digits = fingerprint.filter { $0.isASCII && $0.isNumber }
            return digits == clinic.fingerprint.filter(\.isNumber)
        }
        Output.complain("This clinic's key is  \(clinic.fingerprint)")
        return Terminal.current.confirm(
            "Does your letter say the same?  (The code is sent only then.)")
    }
}
