internal import CoreMetrics
internal import DiaryStore
internal import NIOCore
internal import SyncCore
internal import Synchronization

/// What the clinic's server counts of itself: routes, codes and sums; never an id, a name or a label
/// that a person chose.
final class ServerMetrics: Sendable {
    let registry = MetricRegistry()

    private let connections: Meter
    private let enrolments: Counter
    private let wrongCodes: Counter
    private let sectionsTaken: Counter
    private let linesGiven: Counter
    private let budgetRefusals: Counter
    private let commitSizes: Recorder
    private let commitTimes: Timer
    private let damaged: Gauge

    init() {
        connections = Meter(label: "diary_connections", factory: registry)
        enrolments = Counter(label: "diary_enrolments_total", factory: registry)
        wrongCodes = Counter(label: "diary_wrong_codes_total", factory: registry)
        sectionsTaken = Counter(label: "diary_sections_taken_total", factory: registry)
        linesGiven = Counter(label: "diary_lines_given_total", factory: registry)
        budgetRefusals = Counter(label: "diary_budget_refusals_total", factory: registry)
        commitSizes = Recorder(label: "diary_commit_requests", factory: registry)
        commitTimes = Timer(label: "diary_commit_seconds", factory: registry)
        damaged = Gauge(label: "diary_damaged", factory: registry)
        damaged.record(0)
        // An alarm needs a number before the first time.
        for kind in Refusal.Kind.allCases { refusals(kind).increment(by: 0) }
        for type in ProblemType.allCases { problems(type).increment(by: 0) }
    }

    // MARK: Requests

    func answered(route: String, status: Int, in duration: Duration) {
        Counter(
            label: "diary_requests_total",
            dimensions: [("route", route), ("status", "\(status / 100)xx")], factory: registry
        ).increment()
        Timer(
            label: "diary_request_seconds", dimensions: [("route", route)], factory: registry
        ).recordNanoseconds(duration.nanoseconds)
    }

    func refused(_ type: ProblemType) {
        problems(type).increment()
        if type == .integrity { damaged.record(1) }
    }

    private func problems(_ type: ProblemType) -> Counter {
        Counter(
            label: "diary_problems_total", dimensions: [("type", type.rawValue)],
            factory: registry)
    }

    func connectionOpened(until closed: EventLoopFuture<Void>) {
        connections.increment()
        closed.whenComplete { [connections] _ in connections.decrement() }
    }

    func budgetRefused() { budgetRefusals.increment() }

    // MARK: Sync and enrolment

    func synced(_ answer: SyncAnswer) {
        sectionsTaken.increment(by: answer.taken)
        linesGiven.increment(by: answer.sections.reduce(0) { $0 + $1.lines.count })
        if let refused = answer.refused { refusals(refused.type).increment() }
    }

    private func refusals(_ kind: Refusal.Kind) -> Counter {
        Counter(
            label: "diary_sections_refused_total", dimensions: [("type", kind.rawValue)],
            factory: registry)
    }

    func enrolled() { enrolments.increment() }

    func wrongCode() { wrongCodes.increment() }

    // MARK: Commits

    func committed(requests: Int, in duration: Duration) {
        commitSizes.record(requests)
        commitTimes.recordNanoseconds(duration.nanoseconds)
    }

    /// Takes note of an error of the store that somebody has to look into.
    func failed(_ error: any Error) {
        switch error as? StoreError {
        case .damaged, .diskFailed, .reopenFirst: damaged.record(1)
        default: break
        }
    }

    // MARK: What is asked when it is scraped

    func set(_ name: String, to value: Int) {
        Gauge(label: name, factory: registry).record(value)
    }
}
