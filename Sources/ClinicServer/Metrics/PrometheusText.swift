/// The text form of Prometheus, version 0.0.4.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func write(
        _ metrics: [(MetricDescription, [(MetricRegistry.Labels, MetricSeries.Value)])]
    ) -> String {
        var text = ""
        for (description, series) in metrics where !series.isEmpty {
            let name = description.name
            text += "# HELP \(name) \(description.help)\n"
            switch description.kind {
            case .counter, .gauge:
                let isCounter = if case .counter = description.kind { true } else { false }
                text += "# TYPE \(name) \(isCounter ? "counter" : "gauge")\n"
                for (labels, value) in series {
                    text += sample(name, labels.text, value.number)
                }
            case .histogram(let bounds):
                text += "# TYPE \(name) histogram\n"
                for (labels, value) in series {
                    text += histogram(name, labels.text, value, bounds)
                }
            }
        }
        return text
    }

    private static func histogram(
        _ name: String, _ labels: String, _ value: MetricSeries.Value, _ bounds: [Double]
    ) -> String {
        var text = ""
        var below = 0
        let comma = labels.isEmpty ? "" : labels + ","
        for (bound, count) in zip(bounds, value.buckets) {
            below += count
            text += sample("\(name)_bucket", "\(comma)le=\"\(number(bound))\"", Double(below))
        }
        text += sample("\(name)_bucket", "\(comma)le=\"+Inf\"", Double(value.count))
        text += sample("\(name)_sum", labels, value.sum)
        text += sample("\(name)_count", labels, Double(value.count))
        return text
    }

    private static func sample(_ name: String, _ labels: String, _ value: Double) -> String {
        "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    /// A label's value between its quotes.
    static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}
