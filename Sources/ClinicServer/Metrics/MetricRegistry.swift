internal import CoreMetrics
internal import Synchronization

/// Keeps what swift-metrics' instruments count, for one server; nothing global.
final class MetricRegistry: MetricsFactory {
    struct Labels: Hashable, Comparable, Sendable {
        /// `name="value"`, joined with commas.
        let text: String

        init(_ dimensions: [(String, String)]) {
            text = dimensions.map { "\($0.0)=\"\(PrometheusText.escaped($0.1))\"" }
                .joined(separator: ",")
        }

        static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    }

    /// Labels are codes of this program, so there are few; more would be a mistake, and are dropped.
    private static let seriesLimit = 128

    private let descriptions: [String: MetricDescription]
    private let series = Mutex<[String: [Labels: MetricSeries]]>([:])

    init() {
        descriptions = Dictionary(
            MetricDescription.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// All that is kept, in the order of the descriptions and of the labels.
    func snapshot() -> [(MetricDescription, [(Labels, MetricSeries.Value)])] {
        let kept = series.withLock { $0 }
        return MetricDescription.all.map { description in
            let values = (kept[description.name] ?? [:]).sorted { $0.key < $1.key }
            return (description, values.map { ($0.key, $0.value.value) })
        }
    }

    private func handler(_ name: String, _ dimensions: [(String, String)]) -> MetricSeries {
        guard let description = descriptions[name] else { return MetricSeries(.counter) }
        let labels = Labels(dimensions)
        return series.withLock { series in
            if let known = series[name]?[labels] { return known }
            let new = MetricSeries(description.kind)
            if series[name, default: [:]].count < Self.seriesLimit {
                series[name, default: [:]][labels] = new
            }
            return new
        }
    }

    // MARK: MetricsFactory

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        handler(label, dimensions)
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { handler(label, dimensions) }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        handler(label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        handler(label, dimensions)
    }

    // What was counted stays for the life of the server.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}
