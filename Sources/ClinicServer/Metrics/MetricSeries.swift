internal import CoreMetrics
internal import Synchronization

/// One line of numbers: a metric with its labels, as swift-metrics writes to it.
final class MetricSeries: CounterHandler, RecorderHandler, MeterHandler, TimerHandler {
    struct Value: Sendable {
        var number = 0.0
        var count = 0
        var sum = 0.0
        /// For each bound how many were at or below it and above the one before.
        var buckets: [Int]
    }

    /// Empty for a counter or a gauge.
    private let bounds: [Double]
    private let state: Mutex<Value>

    init(_ kind: MetricDescription.Kind) {
        bounds = if case .histogram(let bounds) = kind { bounds } else { [] }
        state = Mutex(Value(buckets: bounds.map { _ in 0 }))
    }

    var value: Value { state.withLock { $0 } }

    // MARK: Counters

    func increment(by amount: Int64) { state.withLock { $0.number += Double(max(amount, 0)) } }

    func reset() { state.withLock { $0 = Value(buckets: bounds.map { _ in 0 }) } }

    // MARK: Gauges

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { state.withLock { $0.number = value } }

    func increment(by amount: Double) { state.withLock { $0.number += amount } }

    func decrement(by amount: Double) { state.withLock { $0.number -= amount } }

    // MARK: Histograms, and gauges once more: swift-metrics records either

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        if bounds.isEmpty { return set(value) }
        let bucket = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            state.count += 1
            state.sum += value
            if let bucket { state.buckets[bucket] += 1 }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
