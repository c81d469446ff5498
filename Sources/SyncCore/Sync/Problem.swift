/// Why a whole request failed (RFC 9457); nothing of it was taken.
public enum ProblemType: String, Sendable, CaseIterable {
    case malformed, notEnrolled = "not-enrolled", notFound = "not-found"
    case methodNotAllowed = "method-not-allowed", tooLarge = "too-large"
    case mediaType = "media-type", weakKey = "weak-key", wrongCode = "wrong-code"
    case wrongChallenge = "wrong-challenge", diaryTaken = "diary-taken"
    case version, busy, tooManyAttempts = "too-many-attempts", integrity, full, timeout

    /// The member `type`: stable, compared as text.
    public var uri: String { Self.prefix + rawValue }

    public var status: Int {
        switch self {
        case .malformed, .version: 400
        case .notEnrolled: 401
        case .wrongCode, .wrongChallenge: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .timeout: 408
        case .diaryTaken: 409
        case .tooLarge: 413
        case .mediaType: 415
        case .weakKey: 422
        case .tooManyAttempts: 429
        case .integrity: 500
        case .busy: 503
        case .full: 507
        }
    }

    /// One sentence: what was wrong.
    public var title: String {
        switch self {
        case .malformed: "The request is not of the form that protocol.md describes."
        case .notEnrolled: "The clinic does not know this token."
        case .notFound: "There is nothing of that name for this device."
        case .methodNotAllowed: "That method is not for this address."
        case .tooLarge: "The request is larger than the clinic takes at once."
        case .mediaType: "The request has to be of another content type, and not encoded."
        case .weakKey: "That key is one anybody could sign for."
        case .wrongCode: "The code is not known, was used, or has expired."
        case .wrongChallenge:
            "The challenge is not known, was used, or is not signed by that device."
        case .diaryTaken: "That diary belongs to somebody else already."
        case .version: "The clinic speaks another version of the protocol."
        case .busy: "The clinic has too much to do at this moment."
        case .tooManyAttempts: "Too many codes were tried."
        case .integrity: "The clinic's store is damaged for this diary."
        case .full: "The clinic's disk is full."
        case .timeout: "The request took too long to arrive."
        }
    }

    /// What the device should do next.
    public var advice: String {
        switch self {
        case .malformed, .methodNotAllowed, .mediaType: "Update this device's software."
        case .notEnrolled: "Keep everything; ask the clinic for a new letter, then join again."
        case .notFound: "Keep everything; check the address in the letter."
        case .tooLarge: "Send smaller pages."
        case .weakKey: "Begin again with a new key."
        case .wrongCode: "Compare the code with the letter, or ask for a new one."
        case .wrongChallenge: "Start joining again."
        case .diaryTaken: "Phone the clinic."
        case .version: "Update this device's software; everything is safe until then."
        case .busy, .timeout: "Try again later; everything is safe until then."
        case .tooManyAttempts: "Wait, then try again."
        case .integrity, .full: "Try again later; the clinic has to act. Everything is safe here."
        }
    }

    private static let prefix = "urn:home-infusion-diary:problem:"

    public init?(uri: String) {
        guard uri.hasPrefix(Self.prefix) else { return nil }
        self.init(rawValue: String(uri.dropFirst(Self.prefix.count)))
    }

    /// The type a clinic named; one that only a newer version knows is judged by its status.
    public init?(uri: String, status: Int) {
        guard uri.hasPrefix(Self.prefix) else { return nil }
        self = Self(uri: uri) ?? Self(judgedBy: status)
    }

    private init(judgedBy status: Int) {
        let alone: [ProblemType] = [
            .notEnrolled, .notFound, .timeout, .tooLarge, .tooManyAttempts, .full,
        ]
        self = alone.first { $0.status == status } ?? (status >= 500 ? .busy : .malformed)
    }

    /// The problem document; `extra` adds members such as the limits that were passed.
    public func document(_ extra: JSONObject = [:]) -> JSONValue {
        var object = extra
        object["detail"] = .string(advice)
        object["status"] = .integer(Int64(status))
        object["title"] = .string(title)
        object["type"] = .string(uri)
        return .object(object)
    }
}
