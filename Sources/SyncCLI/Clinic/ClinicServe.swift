import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryStore
import Foundation
import Logging
import SyncCore

/// `diary clinic serve`: answers devices over HTTP.
struct ClinicServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers devices over HTTP until it is told to stop (SIGTERM, SIGINT).",
        discussion: """
            Without TLS only this computer is listened to. Put a proxy that speaks TLS in front, or \
            say --insecure-http on a network you trust wholly.
            """)

    @OptionGroup var options: ClinicOptions

    @Option(help: "The address to listen at.")
    var host: String = "127.0.0.1"

    @Option(help: "The port; 0 lets the system choose one.")
    var port: Int = 8080

    @Option(
        name: .customLong("name"), parsing: .singleValue,
        help: ArgumentHelp(
            "A host name that a proxy in front hands on; others are refused. May be repeated.",
            valueName: "host"))
    var names: [String] = []

    @Flag(help: "Allow plain HTTP beyond this computer.")
    var insecureHttp = false

    @Option(help: "What is logged: info, notice, warning or error.")
    var logLevel: String = "notice"

    func run() async throws {
        do {
            let home = try options.open()
            let serving = try ServingLock(in: options.directory)
            defer { withExtendedLifetime(serving) {} }
            let address = try ListenAddress(
                host: host, port: port, names: names, insecureHTTP: insecureHttp)
            guard let level = Logger.Level(rawValue: logLevel) else {
                throw Refused(
                    "--log-level is one of info, notice, warning, error.", code: "usage",
                    exit: .usage)
            }
            var logger = Logger(label: "diary.clinic") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = level
            let name = home.clinic.name
            let host = self.host
            let application = ClinicApplication.build(
                clinic: home.clinic, address: address, logger: logger, limits: try Self.limits()
            ) { port in
                let text = "\(name) listens at http://\(host):\(port)\n"
                FileHandle.standardOutput.write(Data(text.utf8))
            }
            try await application.runUntilSignalled()
            print("Stopped; everything begun was finished.")
        } catch let drill as WireLimits.UnknownDrill {
            Output.complain("DIARY_LIMITS has \(drill.word), which is no limit.")
            throw Finished(status: .usage)
        } catch let refusal as ListenAddress.Refusal {
            switch refusal {
            case .insecure(let host):
                Output.complain(
                    "\(host) is not this computer, and plain HTTP can be read on the way.\n"
                        + "Listen at 127.0.0.1 behind a proxy that speaks TLS, or say --insecure-http."
                )
            case .port(let port): Output.complain("\(port) is no port: 0 to 65535.")
            case .host(let host): Output.complain("\(host) is no address.")
            }
            throw Finished(status: .usage)
        } catch let finished as Finished {
            throw finished
        } catch {
            let reply = Output.failure(error)
            Output.complain(reply.lines.joined(separator: "\n"))
            throw Finished(status: reply.exit)
        }
        throw Finished(status: .done)
    }

    /// The limits of the server; DIARY_LIMITS has others for drills, so that nobody waits for minutes.
    private static func limits() throws -> WireLimits {
        let drill = ProcessInfo.processInfo.environment["DIARY_LIMITS"]
        return try drill.map { try WireLimits(drill: $0) } ?? WireLimits()
    }
}
