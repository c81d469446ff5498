import ClinicServer
import SyncCore

/// How a clinic would be served, and why it is not, in words.
enum ServeWords {
    static func refused(_ refusal: ListenAddress.Refusal) -> Refused {
        switch refusal {
        case .insecure(let host):
            Refused(
                "\(host) is not this computer, and plain HTTP can be read on the way.",
                "Say --certificate and --key, or listen at 127.0.0.1 behind a proxy that speaks TLS,"
                    + " or say --insecure-http.", code: "insecure", exit: .usage)
        case .port(let port):
            Refused("\(port) is no port: 0 to 65535.", code: "usage", exit: .usage)
        case .host(let host): Refused("\(host) is no address.", code: "usage", exit: .usage)
        }
    }

    /// The host as it stands in an address.
    static func authority(_ address: ListenAddress) -> String {
        address.host.contains(":") ? "[\(address.host)]" : address.host
    }

    static func applies(_ configuration: ServeConfiguration, _ settings: ServerSettings) -> Reply {
        let limits = settings.limits
        var values: [(ServeKey, JSONValue)] = []
        for key in ServeKey.allCases {
            switch key {
            case .port: values.append((key, .integer(Int64(settings.address.port))))
            case .names: values.append((key, .array(settings.address.names.map(JSONValue.string))))
            case .insecureHTTP:
                values.append((key, .bool((try? configuration.flag(key)) ?? false)))
            case .connections: values.append((key, .integer(Int64(limits.connections))))
            case .collectedBytes: values.append((key, .integer(Int64(limits.collectedBytes))))
            case .headerSeconds: values.append((key, .integer(Int64(limits.headerSeconds))))
            case .bodySeconds: values.append((key, .integer(Int64(limits.bodySeconds))))
            case .home, .host, .certificate, .key, .metrics, .logLevel:
                guard let text = configuration.text(key) else { continue }
                values.append((key, .string(text)))
            }
        }
        var reply = Reply("This would apply:")
        var json: JSONObject = [:]
        var sources: JSONObject = [:]
        for (key, value) in values {
            let source = configuration.source(of: key).name(of: key)
            let text = value.stringValue ?? value.canonicalText
            let name = key.rawValue.padding(22)
            reply.say("  \(name)  \(text)   (\(source))")
            json[key.rawValue] = value
            sources[key.rawValue] = .string(source)
        }
        reply.say(
            settings.identity == nil
                ? "Plain HTTP." : "TLS; the certificate and its key were read and fit.")
        reply.json = ["config": .object(json), "sources": .object(sources)]
        return reply
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
