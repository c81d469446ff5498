import ArgumentParser
import DiaryModel

/// In which form a diary goes out to other programs, and to where.
struct ExportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Tables: a new directory of them, or one file NAME.csv with the lot lines alone.",
            valueName: "place"))
    var csv: String?

    @Option(
        help: ArgumentHelp(
            "FHIR R4: a new directory, a file of lines for each type of resource.",
            valueName: "directory"))
    var fhir: String?

    @Option(
        help: ArgumentHelp(
            "Lines: one file, one JSON object for each event, units spelt out.",
            valueName: "file"))
    var ndjson: String?

    @Flag(help: "With --csv: lots stay as printed when a spreadsheet opens the tables.")
    var spreadsheet = false

    /// The form that was asked for; nil if none was.
    var form: ExportForm? {
        get throws {
            guard [csv, fhir, ndjson].compactMap(\.self).count <= 1 else {
                throw ValidationError("One form at a time: --csv, --fhir or --ndjson.")
            }
            guard csv != nil || !spreadsheet else {
                throw ValidationError("--spreadsheet goes with --csv.")
            }
            if let csv { return .tables(at: csv, spreadsheet ? .spreadsheet : .plain) }
            if let fhir { return .resources(at: fhir) }
            return ndjson.map { .events(at: $0) }
        }
    }
}

/// A form for other programs, with its place.
enum ExportForm {
    case tables(at: String, CSVFlavour)
    case resources(at: String)
    case events(at: String)

    var place: String {
        switch self {
        case .tables(let place, _), .resources(let place), .events(let place): place
        }
    }

    /// As it stands in the audit.
    var code: String {
        switch self {
        case .tables: "csv"
        case .resources: "fhir"
        case .events: "ndjson"
        }
    }

    /// Whether all goes to one file: events, or the lot lines alone.
    var isOneFile: Bool {
        switch self {
        case .tables(let place, _): place.hasSuffix(".csv")
        case .resources: false
        case .events: true
        }
    }
}
