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

    func run() async throws {
        try await Output.run("join", json: store.json) {
            let address = try Addresses.read(self.address, allowInsecure: insecureHttp)
            let clock = StoreOptions.clock
            let transport = HTTPTransport(to: address, now: { clock.now })
            do {
                let reply = try await join(transport)
                await transport.close()
                return reply
            } catch {
                await transport.close()
                throw error
            }
        }
    }

    private func join(_ transport: HTTPTransport) async throws -> Reply {
        let client = EnrolmentClient(transport: transport)
        do {
            let clinic = try await client.identity()
            try compare(clinic)
            let start = try await client.start(code: code)
            let joining = try Joining(
                options: store,
                founding: DeviceFounding(options: store, zoneName: zone, emergency: emergency),
                role: DeviceRole.read(roleName), device: device)
            let diary = try joining.diary(for: start)
            let label = try joining.label(of: diary)
            let token = try await client.finish(
                start, clinic: clinic.key, label: label, diary: diary, in: joining.database)
            try joining.settle(
                diary, clinic: clinic, address: transport.address, token: token,
                allowInsecure: insecureHttp)
            var reply = try await SyncRun(
                database: joining.database, diary: diary, directory: store.directory
            ).reply(quietly: true)
            reply.lines.insert("Joined \(clinic.name).", at: 0)
            reply.lines += try joining.introduce(to: diary)
            if let own = start.diary, own != diary {
                reply.say(
                    "What is kept here stays, and goes to the clinic as a further diary; it reads both.")
            }
            reply.say("From now on this diary knows its clinic by that key and by nothing else.")
            reply.json["clinic"] = .string(clinic.name)
            reply.json["diary"] = .string(diary.text)
            return reply
        } catch let failure as TransportFailure {
            throw SyncWords.refused(failure, host: transport.address.host, joining: true)
        }
    }

    /// The person compares the clinic's key with the letter; only then does the code leave.
    private func compare(_ clinic: EnrolmentClient.ClinicIdentity) throws {
        let shown = clinic.key.fingerprint
        guard clinic.versions.contains(SyncLimits.version) else {
            throw Refused(
                "The clinic speaks another version of the protocol. Update this program.",
                code: "version")
        }
        if let fingerprint {
            let digits = fingerprint.filter { $0.isASCII && $0.isNumber }
            guard digits == shown.filter(\.isNumber) else {
                throw Refused(
                    "This clinic's key is  \(shown)", "Your letter says    \(fingerprint)",
                    "They differ, so the code was not sent. Phone the clinic.",
                    code: "other_clinic")
            }
            return
        }
        Output.complain("This clinic's key is  \(shown)")
        guard
            Terminal.current.confirm(
                "Does your letter say the same?  (The code is sent only then.)")
        else {
            throw Refused(
                "This clinic's key is  \(shown)",
                "Nothing was sent. If your letter says the same, answer y, or add"
                    + "  --fingerprint \"\(shown)\"", code: "not_compared", exit: .usage)
        }
    }
}

/// Clinic addresses as people type them.
enum Addresses {
    static func read(_ typed: String, allowInsecure: Bool) throws -> ClinicAddress {
        do { return try ClinicAddress(typed, allowInsecure: allowInsecure) } catch {
            switch error {
            case .notAnAddress:
                throw Refused(
                    "“\(typed)” is no address. The letter says it, such as https://clinic.example",
                    code: "no_address", exit: .usage)
            case .insecure(let host):
                throw Refused(
                    "http://\(host) can be read and changed on the way; the letter says https://.",
                    "Nothing was sent. (--insecure-http allows it on a network you trust wholly.)",
                    code: "insecure", exit: .usage)
            }
        }
    }
}
