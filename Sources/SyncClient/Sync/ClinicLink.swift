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
    /// The clinic's signature that this device joined: with it a clinic begun again takes it back.
    let member: Signature?
    /// Whose certificates alone are believed; nil for those that the system knows.
    let authority: TrustedAuthority?

    private static let setting = "clinic.link"
    private static let receiptSetting = "clinic.receipt"
    private static let silenceSetting = "clinic.silence"

    init(
        address: String, name: String?, key: PublicKey, token: String, allowsInsecureHTTP: Bool,
        authority: TrustedAuthority?, member: Signature?
    ) {
        self.address = address
        self.name = name
        self.key = key
        self.token = token
        self.allowsInsecureHTTP = allowsInsecureHTTP
        self.member = member
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
            authority: kept["ca"]?.stringValue.flatMap { TrustedAuthority(pem: $0) },
            member: kept["member"]?.stringValue.flatMap { Signature($0) })
    }

    func keep(for diary: DiaryID, in transaction: DiaryTransaction) throws {
        var object: JSONObject = [
            "address": .string(address), "insecure": .bool(allowsInsecureHTTP),
            "token": .string(token),
        ]
        if let name { object["name"] = .string(name) }
        if let member { object["member"] = .string(member.text) }
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

    /// The last confirmation that was believed; nil before the first.
    public static func confirmation(
        of diary: DiaryID, in transaction: DiaryTransaction
    ) throws -> ConfirmedFrontier? {
        try transaction.setting(receiptSetting, in: diary).flatMap(ConfirmedFrontier.init(json:))
    }

    /// Keeps what an answer confirms: that, and nothing an earlier one said, is what the clinic holds.
    ///
    /// A clinic that gives nothing because it was put back may hold less than it confirmed before,
    /// and signs nothing yet. One that has closed this device holds what it ever confirmed.
    static func keep(
        _ answer: SyncAnswer, of diary: DiaryID, in transaction: DiaryTransaction
    ) throws {
        if let frontier = answer.frontier, let receipt = answer.receipt {
            let confirmed = ConfirmedFrontier(frontier: frontier, receipt: receipt)
            try transaction.setSetting(receiptSetting, confirmed.json, in: diary)
        } else if answer.unconfirmed {
            try transaction.setSetting(receiptSetting, nil, in: diary)
        }
    }

    // MARK: How the clinic stands to this device

    /// What the clinic said of this device at the last sync that reached it, if it gave nothing.
    public enum Silence: String, Sendable {
        case closed, unconfirmed
        case notEnrolled = "not_enrolled"
    }

    /// Why the clinic gives this device nothing; nil if it does.
    public static func silence(
        of diary: DiaryID, in transaction: DiaryTransaction
    ) throws -> Silence? {
        try transaction.setting(silenceSetting, in: diary)?.stringValue.flatMap(Silence.init)
    }

    /// Keeps what the end of a sync says of that; a clinic that was not reached has said nothing.
    static func keep(
        _ result: SyncOutcome.Result, of diary: DiaryID, in transaction: DiaryTransaction
    ) throws {
        let said: Silence? =
            switch result {
            case .closed: .closed
            case .unconfirmed: .unconfirmed
            case .notEnrolled: .notEnrolled
            default: nil
            }
        guard said != nil || result == .equal || result == .refusedSome,
            try said != silence(of: diary, in: transaction)
        else { return }
        try transaction.setSetting(
            silenceSetting, said.map { .string($0.rawValue) }, in: diary)
    }
}
