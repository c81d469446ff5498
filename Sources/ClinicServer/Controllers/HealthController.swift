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
        router.get("/health") { _, _ in Response.ok(["alive": true]) }
        router.get("/ready") { _, _ in
            // Fails with the problem of whatever stands in the way.
            try await writer.write { transaction in
                try transaction.setSetting("clinic.ready", .integer(clinic.now), in: nil)
            }
            return Response.ok(["ready": true])
        }
    }
}
