public import SyncCore

/// One place where the needle or cannula was.
public struct Site: DiaryValue {
    /// The name by which reactions refer to it.
    public var id: PrintedText?
    public var region: Said<Region>
    public var side: Said<Side>?
    public var volumeMicrolitres: Said<Int64>?
    public var needleMicrometres: Said<Int64>?
    public var gauge: Said<Int64>?

    public enum Region: String, DiaryValue, CaseIterable {
        case abdomen, thigh
        case upperArm = "upper_arm"
        case hip, flank, buttock, other
        case hand, forearm, antecubital, port, central

        /// A place for the intravenous route only.
        public var isVenous: Bool {
            switch self {
            case .hand, .forearm, .antecubital, .port, .central: true
            default: false
            }
        }
    }

    public enum Side: String, DiaryValue, CaseIterable {
        case left = "L"
        case right = "R"
        case middle = "mid"
    }

    public init(_ region: Region, _ side: Side? = nil, id: PrintedText? = nil) {
        self.region = .value(region)
        self.side = side.map { .value($0) }
        self.id = id
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        id = reader.member("id")
        let region: Said<Region>? = reader.member("region")
        side = reader.member("side")
        volumeMicrolitres = reader.member("volumeMicrolitres")
        needleMicrometres = reader.member("needleMicrometres")
        gauge = reader.member("gauge")
        guard reader.isWhole, let region else { return nil }
        self.region = region
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("id", id)
        object.set("region", region)
        object.set("side", side)
        object.set("volumeMicrolitres", volumeMicrolitres)
        object.set("needleMicrometres", needleMicrometres)
        object.set("gauge", gauge)
        return .object(object)
    }

    /// `abdomen-L`, as it is typed and shown.
    public var label: String {
        let place = region.value?.rawValue ?? "unknown"
        guard let side = side?.value else { return place }
        return "\(place)-\(side.rawValue)"
    }

    /// Whether two are one place on the body.
    public func isSamePlace(as other: Site) -> Bool {
        region == other.region && region.value != nil && side == other.side
    }
}
