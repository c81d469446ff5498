/// What can be said of how a clinic is served: on the command line, in the environment, in a file.
enum ServeKey: String, CaseIterable {
    case home, host, port, certificate, key, names, metrics
    case insecureHTTP = "insecureHttp"
    case logLevel
    case connections = "limits.connections"
    case collectedBytes = "limits.collectedBytes"
    case headerSeconds = "limits.headerSeconds"
    case bodySeconds = "limits.bodySeconds"

    enum Form: Equatable {
        case text
        case texts
        case flag
        case number(ClosedRange<Int>)
    }

    var form: Form {
        switch self {
        case .home, .host, .certificate, .key, .metrics, .logLevel: .text
        case .names: .texts
        case .insecureHTTP: .flag
        case .port: .number(0...65535)
        case .connections: .number(1...100_000)
        // Less would not take one whole request.
        case .collectedBytes: .number(4 * 1024 * 1024...16 * 1024 * 1024 * 1024)
        case .headerSeconds, .bodySeconds: .number(1...3600)
        }
    }

    /// The form in words, after “expected”.
    var expected: String {
        switch (self, form) {
        case (.logLevel, _): "one of info, notice, warning, error"
        case (.metrics, _): "an address and a port, such as 127.0.0.1:9464"
        case (.home, _), (.certificate, _), (.key, _): "a path"
        case (.names, _): "a list of names, such as [\"clinic.example\"]"
        case (_, .text): "a text"
        case (_, .texts): "a list of texts"
        case (_, .flag): "true or false"
        case (_, .number(let range)): "a number from \(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// The variable of the environment, as swift-configuration spells it.
    var variable: String {
        if self == .home { return "DIARY_CLINIC" }
        var name = "DIARY_CLINIC_"
        for character in rawValue {
            if character.isUppercase { name += "_" }
            name += character == "." ? "_" : character.uppercased()
        }
        return name
    }
}
