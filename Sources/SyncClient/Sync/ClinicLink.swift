public import DiaryStore
public import SyncCore

/// What a device knows of its clinic: where it is, its key, and the token it gave this device.
public struct ClinicLink: Sendable {
    public let address: String
    public let name: String?
    public let key: PublicKey
    let token: String
    /// Whether plain HTTP beyond this computer was allowed when joining.
    let allowsInsecureHTTP: Bool
    /// Whose certificates alone are believed; nil for those that the system knows.
    let authority: TrustedAuthority?

    private static let setting = "clinic.link"
    private static let receiptSetting = "clinic.receipt"

    init(
        address: String, name: String?, key: PublicKey, token: String, allowsInsecureHTTP: Bool,
        authority: TrustedAuthority?
    ) {
        self.address = address
        self.name = name
        self.key = key
        self.token = token
        self.allowsInsecureHTTP = allowsInsecureHTTP
        self.authority = authority
    }

    /// The link of a diary; nil before joining.
    public init?(of diary: DiaryID, in transaction: DiaryTransaction) throws {
        guard let kept = try transaction.setting(Self.setting, in: diary),
            let address = kept["address"]?.stringValue, let token = kept["token"]?.stringValue,
            let key = try transaction.pinnedClinic(in: diary)
        else { return nil }
        self.init(
            address: address, name: kept["name"]?.stringValue, key: key, token: token,
            allowsInsecureHTTP: kept["insecure"]?.boolValue ?? false,
            authority: kept["ca"]?.stringValue.flatMap { TrustedAuthority(pem: $0) })
    }

    func keep(for diary: DiaryID, in transaction: DiaryTransaction) throws {
        var object: JSONObject = [
            "address": .string(address), "insecure": .bool(allowsInsecureHTTP),
            "token": .string(token),
        ]
        if let name { object["name"] = .string(name) }
        if let authority { object["ca"] = .string(authority.pem) }
        try transaction.setSetting(Self.setting, .object(object), in: diary)
    }

    /// Believes certificates of another authority from now on; the clinic's own key stays the same.
    public static func trust(
        _ authority: TrustedAuthority, of diary: DiaryID, in transaction: DiaryTransaction
    ) throws {
        guard var kept = try transaction.setting(setting, in: diary)?.objectValue else { return }
        kept["ca"] = .string(authority.pem)
        try transaction.setSetting(setting, .object(kept), in: diary)
    }

    /// Under which name the store remembers what the clinic holds.
    public var peer: String { "clinic:" + key.text }

    // MARK: What the clinic confirmed

    /// The clinic's last statement of what it holds durably.
    public struct Confirmation: Sendable {
        public let frontier: VectorClock
        public let receipt: Receipt
    }

    /// The last confirmation that was believed; nil before the first.
    public static func confirmation(
        of diary: DiaryID, in transaction: DiaryTransaction
    ) throws -> Confirmation? {
        guard let kept = try transaction.setting(receiptSetting, in: diary),
            let frontier = kept["frontier"].flatMap(VectorClock.init(json:)),
            let receipt = kept["receipt"].flatMap(Receipt.init(json:))
        else { return nil }
        return Confirmation(frontier: frontier, receipt: receipt)
    }

    static func keep(
        _ answer: SyncAnswer, of diary: DiaryID, in transaction: DiaryTransaction
    ) throws {
        guard let frontier = answer.frontier, let receipt = answer.receipt else { return }
        try transaction.setSetting(
            receiptSetting, ["frontier": frontier.json, "receipt": receipt.json], in: diary)
    }
}
