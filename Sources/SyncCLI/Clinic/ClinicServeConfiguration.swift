import ClinicServer
import Configuration
import Logging
import SyncCore

/// How a clinic is to be served: the command line before the environment before the file before what
/// is usual.
struct ServeConfiguration {
    /// Where a value comes from.
    enum Source: Equatable {
        case commandLine, environment, usual
        case file(String)

        func name(of key: ServeKey) -> String {
            switch self {
            case .commandLine: "the command line"
            case .environment: key.variable
            case .file(let path): path
            case .usual: "what is usual"
            }
        }
    }

    private let reader: ConfigReader
    private let typed: Set<ServeKey>
    private let environment: Set<ServeKey>
    private let file: ServeFile?

    init(
        typed: [ServeKey: ConfigContent], environment: [String: String], filePath: String?
    ) throws {
        let file = try filePath.map { try ServeFile(path: $0) }
        var variables: [String: String] = [:]
        for key in ServeKey.allCases {
            guard let value = environment[key.variable], !value.isEmpty else { continue }
            variables[key == .home ? "DIARY_CLINIC_HOME" : key.variable] = value
        }
        self.file = file
        self.typed = Set(typed.keys)
        self.environment = Set(
            ServeKey.allCases.filter { environment[$0.variable].map { !$0.isEmpty } ?? false })
        reader = ConfigReader(providers: [
            Self.provider("command line", typed),
            EnvironmentVariablesProvider(environmentVariables: variables)
                .prefixKeys(with: "diary.clinic"),
            Self.provider("file", file?.values.mapValues(\.content) ?? [:]),
            Self.provider("usual", Self.usual),
        ])
    }

    private static func provider(
        _ name: String, _ values: [ServeKey: ConfigContent]
    ) -> InMemoryProvider {
        let pairs = values.map {
            (AbsoluteConfigKey(ConfigKey($0.key.rawValue)), ConfigValue($0.value, isSecret: false))
        }
        return InMemoryProvider(
            name: name, values: Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }

    private static var usual: [ServeKey: ConfigContent] {
        let limits = ServerSettings.Limits()
        return [
            .home: .string("/var/lib/diary"), .host: .string("127.0.0.1"), .port: .int(8080),
            .names: .stringArray([]), .insecureHTTP: .bool(false), .logLevel: .string("notice"),
            .connections: .int(limits.connections), .collectedBytes: .int(limits.collectedBytes),
            .headerSeconds: .int(limits.headerSeconds), .bodySeconds: .int(limits.bodySeconds),
        ]
    }

    // MARK: Asking

    func source(of key: ServeKey) -> Source {
        if typed.contains(key) { return .commandLine }
        if environment.contains(key) { return .environment }
        if let file, file.values[key] != nil { return .file(file.path) }
        return .usual
    }

    func text(_ key: ServeKey) -> String? { reader.string(forKey: ConfigKey(key.rawValue)) }

    func flag(_ key: ServeKey) throws -> Bool {
        try read(key) { try reader.requiredBool(forKey: $0) }
    }

    func texts(_ key: ServeKey) throws -> [String] {
        try read(key) { try reader.requiredStringArray(forKey: $0) }
    }

    func number(_ key: ServeKey) throws -> Int {
        let number = try read(key) { try reader.requiredInt(forKey: $0) }
        if case .number(let range) = key.form, !range.contains(number) { throw refused(key) }
        return number
    }

    private func read<T>(_ key: ServeKey, _ read: (ConfigKey) throws -> T) throws -> T {
        do { return try read(ConfigKey(key.rawValue)) } catch { throw refused(key) }
    }

    func refused(_ key: ServeKey) -> Refused { Self.refused(key, source(of: key)) }

    static func refused(_ key: ServeKey, _ source: Source) -> Refused {
        Refused(
            "\(key.rawValue) in \(source.name(of: key)): expected \(key.expected).",
            code: "config", exit: .usage)
    }

    // MARK: What applies

    /// The settings, with the certificate read and every address looked at.
    func settings() throws -> ServerSettings {
        let identity = try identity()
        let insecure = try flag(.insecureHTTP)
        let address = try ListenAddress(
            host: text(.host) ?? "127.0.0.1", port: number(.port), names: texts(.names),
            insecureHTTP: insecure || identity != nil)
        var settings = ServerSettings(address: address, identity: identity)
        if let typed = text(.metrics) {
            guard let (host, port) = Self.hostAndPort(typed) else { throw refused(.metrics) }
            settings.metrics = try ListenAddress(host: host, port: port, insecureHTTP: insecure)
        }
        settings.limits.connections = try number(.connections)
        settings.limits.collectedBytes = try number(.collectedBytes)
        settings.limits.headerSeconds = try number(.headerSeconds)
        settings.limits.bodySeconds = try number(.bodySeconds)
        return settings
    }

    func level() throws -> Logger.Level {
        let levels: [Logger.Level] = [.info, .notice, .warning, .error]
        guard let level = levels.first(where: { $0.rawValue == text(.logLevel) }) else {
            throw refused(.logLevel)
        }
        return level
    }

    private func identity() throws -> TLSIdentity? {
        switch (text(.certificate), text(.key)) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            do throws(TLSFileError) {
                return try TLSIdentity(certificate: certificate, key: key)
            } catch { throw Refused(error.sentence, code: "certificate", exit: .usage) }
        case (let certificate, _):
            throw Refused(
                certificate == nil
                    ? "There is a key and no certificate: say both."
                    : "There is a certificate and no key: say both.",
                code: "certificate", exit: .usage)
        }
    }

    /// `127.0.0.1:9464` or `[::1]:9464`.
    private static func hostAndPort(_ typed: String) -> (String, Int)? {
        guard let colon = typed.lastIndex(of: ":") else { return nil }
        let digits = typed[typed.index(after: colon)...]
        var host = typed[..<colon]
        if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, (1...5).contains(digits.utf8.count),
            digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits)
        else { return nil }
        return (String(host), port)
    }
}
