import ArgumentParser
import ClinicServer
import Configuration
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
            With --certificate and --key it speaks TLS, and SIGHUP reads both files again without \
            ending a connection. Without them only this computer is listened to: put a proxy that \
            speaks TLS in front, or say --insecure-http on a network you trust wholly.

            What is said here comes before the environment (DIARY_CLINIC_PORT, …), that before the \
            file of --config. --check-config shows what would apply.
            """)

    @OptionGroup var options: ClinicOptions

    @Option(help: "A file with settings (JSON), such as /etc/diary/clinic.json.")
    var config: String?

    @Flag(help: "Print what would apply, and from where; serve nothing.")
    var checkConfig = false

    @Option(help: "The address to listen at. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "The port; 0 lets the system choose one. (default: 8080)")
    var port: Int?

    @Option(help: "The certificate to show, with those that lead to its authority (PEM).")
    var certificate: String?

    @Option(help: "The private key of the certificate (PEM), readable by nobody else.")
    var key: String?

    @Option(
        name: .customLong("name"), parsing: .singleValue,
        help: ArgumentHelp(
            "A host name that devices call, or a proxy hands on; others are refused. May be repeated.",
            valueName: "host"))
    var names: [String] = []

    @Option(help: "Where numbers for Prometheus are given, such as 127.0.0.1:9464.")
    var metrics: String?

    @Flag(help: "Allow plain HTTP beyond this computer.")
    var insecureHttp = false

    @Option(help: "What is logged: info, notice, warning or error. (default: notice)")
    var logLevel: String?

    func run() async throws {
        do {
            let configuration = try ServeConfiguration(
                typed: typed, environment: ProcessInfo.processInfo.environment, filePath: config)
            var settings = try Self.settings(of: configuration)
            settings.drill = try Self.drill()
            let level = try configuration.level()
            if checkConfig {
                return try Output.run("clinic serve", json: options.json) {
                    ServeWords.applies(configuration, settings)
                }
            }
            try await serve(configuration, settings, level)
        } catch let finished as Finished {
            throw finished
        } catch {
            try Output.run("clinic serve", json: options.json) { () throws -> Reply in throw error }
        }
    }

    /// What was said on the command line.
    private var typed: [ServeKey: ConfigContent] {
        var typed: [ServeKey: ConfigContent] = [:]
        let texts: [(ServeKey, String?)] = [
            (.home, options.home), (.host, host), (.certificate, certificate), (.key, key),
            (.metrics, metrics), (.logLevel, logLevel),
        ]
        for case (let key, let text?) in texts { typed[key] = .string(text) }
        if let port { typed[.port] = .int(port) }
        if !names.isEmpty { typed[.names] = .stringArray(names) }
        if insecureHttp { typed[.insecureHTTP] = .bool(true) }
        return typed
    }

    private static func settings(of configuration: ServeConfiguration) throws -> ServerSettings {
        do { return try configuration.settings() } catch let refusal as ListenAddress.Refusal {
            throw ServeWords.refused(refusal)
        }
    }

    /// Other limits for drills (DIARY_LIMITS), so that nobody waits for minutes.
    private static func drill() throws -> WireLimits? {
        guard let drill = ProcessInfo.processInfo.environment["DIARY_LIMITS"] else { return nil }
        do throws(WireLimits.UnknownDrill) { return try WireLimits(drill: drill) } catch {
            throw Refused(
                "DIARY_LIMITS has \(error.word), which is no limit.", code: "usage", exit: .usage)
        }
    }

    private func serve(
        _ configuration: ServeConfiguration, _ settings: ServerSettings, _ level: Logger.Level
    ) async throws {
        var options = options
        options.home = configuration.text(.home)
        let home = try options.open()
        let serving = try ServingLock(in: options.directory)
        defer { withExtendedLifetime(serving) {} }
        var logger = Logger(label: "diary.clinic") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        let name = home.clinic.name
        let scheme = settings.identity == nil ? "http" : "https"
        let host = ServeWords.authority(settings.address)
        let application = ClinicApplication.build(
            clinic: home.clinic, settings: settings, logger: logger
        ) { port in
            Self.say("\(name) listens at \(scheme)://\(host):\(port)")
            ServiceManager.tellReady()
        } onMetrics: { port in
            guard let metrics = settings.metrics else { return }
            Self.say("Numbers are at http://\(ServeWords.authority(metrics)):\(port)/metrics")
        }
        try await application.runUntilSignalled()
        Self.say("Stopped; everything begun was finished.")
        throw Finished(status: .done)
    }

    /// A line of the server's; that nobody can read it stops no server.
    private static func say(_ line: String) { _ = StandardOutput.say(line) }
}
