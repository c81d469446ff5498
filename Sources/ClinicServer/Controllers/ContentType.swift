internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// Content types by their bare name: a cross-site form can send none of ours.
enum ContentType {
    static let ndjson = "application/x-ndjson"
    static let json = "application/json"

    static func require(_ type: String, of request: Request) throws {
        let fields = request.headers[values: .contentType]
        let bare = fields.first?.split(separator: ";", omittingEmptySubsequences: false).first
            .map { $0.trimmingSpaces().lowercased() }
        guard fields.count == 1, bare == type else { throw ProblemAnswer(.mediaType) }
    }
}

extension Response {
    /// 200 with these bytes.
    static func ok(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// 200 with this object as canonical JSON.
    static func ok(_ object: JSONObject) -> Response {
        .ok(JSONValue.object(object).canonicalBytes, type: ContentType.json)
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> Substring {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
