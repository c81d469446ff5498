public import SyncCore

/// Why a whole request is refused: what becomes of it is one problem document.
public struct ProblemAnswer: Error, Sendable, Equatable {
    public let type: ProblemType
    /// Where the status is another than the type's usual one.
    public var status: Int
    /// Further members, such as the limits that were passed. Never what was sent.
    public var extra: JSONObject
    public var retryAfterSeconds: Int?
    /// The methods of the address, after a method it does not have.
    public var allow: String?

    public init(
        _ type: ProblemType, status: Int? = nil, extra: JSONObject = [:],
        retryAfterSeconds: Int? = nil, allow: String? = nil
    ) {
        self.type = type
        self.status = status ?? type.status
        self.extra = extra
        self.retryAfterSeconds = retryAfterSeconds
        self.allow = allow
    }

    /// Too large, with the limits.
    static let tooLarge = ProblemAnswer(
        .tooLarge,
        extra: [
            "limits": [
                "header": .integer(Int64(SyncLimits.headerLength)),
                "message": .integer(Int64(SyncLimits.messageLength)),
                "page": .integer(Int64(SyncLimits.pageLength)),
            ]
        ])

    static func busy(retryAfterSeconds: Int) -> ProblemAnswer {
        ProblemAnswer(.busy, retryAfterSeconds: retryAfterSeconds)
    }

    /// The canonical JSON of the document.
    var bytes: [UInt8] {
        guard var object = type.document(extra).objectValue else { return [] }
        object["status"] = .integer(Int64(status))
        return JSONValue.object(object).canonicalBytes
    }
}
