internal import DiaryStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import SyncCore

/// `GET /metrics`, at an address of its own: numbers for whoever watches over the clinic.
struct MetricsController<Context: RequestContext>: Sendable {
    let clinic: Clinic
    let metrics: ServerMetrics
    let budget: ByteBudget
    let identity: TLSIdentity?
    let reading: WorkQueue

    func addRoutes(to router: Router<Context>) {
        router.get("/metrics") { _, _ in
            let text = try await reading.run { self.text() }
            return Response.ok(Array(text.utf8), type: PrometheusText.contentType)
        }
    }

    /// A store that cannot be read still has numbers: those that would need it stay as they were.
    private func text() -> String {
        metrics.set("diary_collected_bytes", to: budget.inUse)
        metrics.set("diary_store_bytes", to: clinic.database.fileLength)
        if let identity { metrics.set("diary_certificate_end_seconds", to: identity.notAfter) }
        do {
            let isUnconfirmed = try clinic.database.read { try clinic.isUnconfirmed($0) }
            metrics.set("diary_unconfirmed", to: isUnconfirmed ? 1 : 0)
        } catch { metrics.failed(error) }
        return PrometheusText.write(metrics.registry.snapshot())
    }
}
