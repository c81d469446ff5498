internal import DiaryStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// Whether the process lives, and whether its store can be read and written.
struct HealthController<Context: RequestContext>: Sendable {
    let clinic: Clinic
    let writer: StoreWriter

    func addRoutes(to router: Router<Context>) {
        router.get("/health") { _, _ in Self.answer(["alive": true]) }
        router.get("/ready") { _, _ in
            // Fails with the problem of whatever stands in the way.
            try await writer.write { transaction in
                try transaction.setSetting("clinic.ready", .integer(clinic.now), in: nil)
            }
            return Self.answer(["ready": true])
        }
    }

    private static func answer(_ object: JSONObject) -> Response {
        Response(
            status: .ok, headers: [.contentType: ContentType.json],
            body: .init(byteBuffer: ByteBuffer(bytes: JSONValue.object(object).canonicalBytes)))
    }
}
