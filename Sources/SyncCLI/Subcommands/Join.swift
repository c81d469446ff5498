import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// `diary join`: meets a clinic with a letter's code.
struct Join: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
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

    @Option(name: .customLong("role"), help: "Who joins here: patient or carer.")
    var roleName: String = "patient"

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
            let joining = try Joining(
                options: store,
                founding: DeviceFounding(options: store, zoneName: zone, emergency: emergency),
                role: DeviceRole.read(roleName), device: device)
            do {
                let joined = try await joining.join(
                    address, insecureHTTP: insecureHttp, authority: certificates.read(), code: code,
                    confirm: compare)
                return try await reply(for: joined, joining)
            } catch let error as EnrolmentError {
                throw JoinWords.refused(error, host: address.host, fingerprint: fingerprint)
            }
        }
    }

    private func reply(
        for joined: EnrolmentClient.Joined, _ joining: Joining
    ) async throws -> Reply {
        var reply = try await SyncRun(database: joining.database, diary: joined.diary)
            .reply(quietly: true)
        reply.lines.insert("Joined \(joined.clinic.name).", at: 0)
        reply.lines += try joining.introduce(to: joined.diary)
        if joined.otherDiary != nil {
            reply.say(
                "What is kept here stays, and goes to the clinic as a further diary; it reads both."
            )
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
