/// What may be measured: every name, what it means, and for histograms the fixed bounds.
///
/// A name that is not here is not kept, so no library can add labels of its own to what is scraped.
struct MetricDescription: Sendable {
    enum Kind: Sendable {
        case counter, gauge
        /// The upper bounds, rising; one without a bound comes after them.
        case histogram([Double])
    }

    let name: String
    let help: String
    let kind: Kind

    private static let seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]
    private static let groups = [1.0, 2, 4, 8, 16, 32, 64]

    static let all = [
        counter("diary_requests_total", "Requests answered, by route and class of status."),
        histogram("diary_request_seconds", "How long answers took, by route.", seconds),
        counter("diary_problems_total", "Requests refused, by the type of the problem document."),
        counter("diary_sections_taken_total", "Sections of devices that are held."),
        counter("diary_lines_given_total", "Lines given to devices."),
        counter("diary_sections_refused_total", "Sections that can never be held, by why."),
        counter("diary_enrolments_total", "Devices that joined."),
        counter("diary_wrong_codes_total", "Enrolment codes that were not right."),
        counter("diary_budget_refusals_total", "Requests put off because memory was spoken for."),
        histogram("diary_commit_requests", "Requests that shared one commit.", groups),
        histogram(
            "diary_commit_seconds", "How long commits took, with the wait for the disk.", seconds),
        gauge("diary_connections", "Connections that are open."),
        gauge("diary_collected_bytes", "Bytes of bodies in work."),
        gauge("diary_store_bytes", "The clinic's store on the disk, with its log."),
        gauge("diary_unconfirmed", "1 while a restored clinic gives nothing to its devices."),
        gauge("diary_damaged", "1 since a request met damage in the store or a failed disk."),
        gauge("diary_certificate_end_seconds", "When the certificate ends, in seconds since 1970."),
    ]

    private static func counter(_ name: String, _ help: String) -> MetricDescription {
        MetricDescription(name: name, help: help, kind: .counter)
    }

    private static func gauge(_ name: String, _ help: String) -> MetricDescription {
        MetricDescription(name: name, help: help, kind: .gauge)
    }

    private static func histogram(
        _ name: String, _ help: String, _ bounds: [Double]
    ) -> MetricDescription {
        MetricDescription(name: name, help: help, kind: .histogram(bounds))
    }
}
