import DiaryModel
public import SyncCore

/// To whom a reaction was reported: the field `report.<line>`.
public struct ReportForm: Sendable {
    public var to: String?
    public var number: String?
    /// Today where nothing is said.
    public var day: String?

    public init() {}

    /// The name of a field that nobody else writes at the same time.
    public func newField() -> String {
        var generator = SystemRandomNumberGenerator()
        let octets = (0..<5).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        // Five octets always make a name.
        let line = LineName(randomOctets: octets) ?? LineName(number: 1)
        return "report.\(line)"
    }

    /// The report.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func report(_ context: FormContext) throws -> JSONValue {
        var reader = FormReader(context)
        var report: JSONObject = [:]
        let codes = ["regulator", "manufacturer", "local_haemovigilance"]
        if let code = reader.code(to ?? "", codes, "report/to", "To whom it was reported") {
            report["to"] = code
        }
        if let text = reader.text(number, "report/number") { report["number"] = text }
        if let date = reader.date(day ?? "today", "date", in: "report") {
            report["date"] = .string(date.description)
        }
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        return .object(report)
    }
}
