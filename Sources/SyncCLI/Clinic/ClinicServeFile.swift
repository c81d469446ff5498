import Configuration
import Foundation

/// The configuration file, read strictly: what is misspelt is refused and not passed over.
struct ServeFile {
    let path: String
    let values: [ServeKey: ConfigValue]

    private static let lengthLimit = 64 * 1024

    init(path: String) throws {
        self.path = path
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Refused("\(path) cannot be read.", code: "no_config", exit: .usage)
        }
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: Self.lengthLimit + 1)) ?? Data()
        guard data.count <= Self.lengthLimit else {
            throw Refused(
                "\(path) is longer than a configuration is (64 KiB).", code: "no_config",
                exit: .usage)
        }
        let shape: JSONShape
        do { shape = try JSONDecoder().decode(JSONShape.self, from: data) } catch {
            throw Refused(
                "\(path) is not JSON. Expected: {\"port\": 8443, …}", code: "no_config",
                exit: .usage)
        }
        guard case .object(let members) = shape else {
            throw Refused(
                "\(path) holds no object. Expected: {\"port\": 8443, …}", code: "no_config",
                exit: .usage)
        }
        values = try Self.read(members, in: path)
    }

    private static func read(
        _ members: [String: JSONShape], in path: String
    ) throws -> [ServeKey: ConfigValue] {
        var values: [ServeKey: ConfigValue] = [:]
        for (name, shape) in members.sorted(by: { $0.key < $1.key }) {
            guard name == "limits" else {
                values[try key(name, in: path)] = try value(shape, of: key(name, in: path), path)
                continue
            }
            guard case .object(let limits) = shape else {
                throw Refused(
                    "limits in \(path): expected an object, such as {\"connections\": 512}.",
                    code: "config", exit: .usage)
            }
            for (name, shape) in limits.sorted(by: { $0.key < $1.key }) {
                let key = try key("limits." + name, in: path)
                values[key] = try value(shape, of: key, path)
            }
        }
        return values
    }

    private static func key(_ name: String, in path: String) throws -> ServeKey {
        if let key = ServeKey(rawValue: name) { return key }
        let known = ServeKey.allCases.map(\.rawValue).sorted().joined(separator: ", ")
        throw Refused(
            "\(path) says “\(name)”, which is nothing that can be set.", "There are: \(known).",
            code: "config", exit: .usage)
    }

    private static func value(
        _ shape: JSONShape, of key: ServeKey, _ path: String
    ) throws -> ConfigValue {
        let content: ConfigContent? =
            switch (key.form, shape) {
            case (.text, .text(let text)): .string(text)
            case (.flag, .flag(let flag)): .bool(flag)
            case (.number, .number(let number)): .int(number)
            case (.texts, .list(let list)): Self.texts(list).map(ConfigContent.stringArray)
            default: nil
            }
        guard let content else { throw ServeConfiguration.refused(key, .file(path)) }
        return ConfigValue(content, isSecret: false)
    }

    private static func texts(_ list: [JSONShape]) -> [String]? {
        var texts: [String] = []
        for case .text(let text) in list { texts.append(text) }
        return texts.count == list.count ? texts : nil
    }
}

/// Any JSON, with its types kept apart.
private indirect enum JSONShape: Decodable {
    case nothing
    case flag(Bool)
    case number(Int)
    case fraction
    case text(String)
    case list([JSONShape])
    case object([String: JSONShape])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if (try? container.decode(Double.self)) != nil {
            self = .fraction
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([JSONShape].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONShape].self))
        }
    }
}
