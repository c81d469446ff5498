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

    @Flag(help: "With --csv: lots stay as printed when a spreadsheet opens the tables.")
    var spreadsheet = false

    /// The form that was asked for; nil if none was.
    var form: ExportForm? {
        get throws {
            guard csv == nil || fhir == nil else {
                throw ValidationError("One form at a time: --csv or --fhir.")
            }
            guard csv != nil || !spreadsheet else {
                throw ValidationError("--spreadsheet goes with --csv.")
            }
            if let csv { return .tables(at: csv, spreadsheet ? .spreadsheet : .plain) }
            return fhir.map { .resources(at: $0) }
        }
    }
}

/// A form for other programs, with its place.
enum ExportForm {
    case tables(at: String, CSVFlavour)
    case resources(at: String)

    var place: String {
        switch self {
        case .tables(let place, _), .resources(let place): place
        }
    }

    /// As it stands in the audit.
    var code: String {
        switch self {
        case .tables: "csv"
        case .resources: "fhir"
        }
    }

    /// Whether the lot lines alone go to one file.
    var isOneFile: Bool {
        if case .tables(let place, _) = self { place.hasSuffix(".csv") } else { false }
    }
}
