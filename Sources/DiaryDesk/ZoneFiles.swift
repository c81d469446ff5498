public import DiaryModel
import Foundation

/// The time zone rules of this computer, read from its tzdata.
public struct ZoneFiles: Sendable {
    private let directory: String

    public init(directory: String = "/usr/share/zoneinfo") { self.directory = directory }

    /// The rules of an IANA zone name; nil if the name is none, or this computer has no rules for it.
    public func rules(named name: String) -> TZif? {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
        guard isName, !name.isEmpty, !name.hasPrefix("/"), name.utf8.count <= 64,
            let data = FileManager.default.contents(atPath: directory + "/" + name),
            data.count <= 1 << 20
        else { return nil }
        return TZif(name: name, bytes: Array(data))
    }

    /// The zone this computer is set to; UTC if it does not say.
    public var systemZoneName: String {
        if let name = ProcessInfo.processInfo.environment["TZ"], rules(named: name) != nil {
            return name
        }
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/etc/localtime")
        if let link, let range = link.range(of: "zoneinfo/") {
            let name = String(link[range.upperBound...])
            if rules(named: name) != nil { return name }
        }
        return "Etc/UTC"
    }

    /// The rules of the zone this computer is set to, or of UTC; nil without tzdata.
    public var local: TZif? { rules(named: systemZoneName) ?? rules(named: "Etc/UTC") }
}
