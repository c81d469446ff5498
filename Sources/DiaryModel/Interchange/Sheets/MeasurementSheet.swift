import SyncCore

extension ExportedDiary {
    /// A row for each measurement: what, how much in which unit, and what belongs to the number.
    var measurementSheet: CSVSheet {
        CSVSheet(
            "measurements",
            [
                .patientRef, .entryID, .version, .state, .inConflict, .startLocal, .startUTC,
                .startOffset, .zone, .precision, .clock, .authorRole, .recordedUTC,
            ],
            [
                "measure", .number("value"), "unit", "method", .number("arm_points"),
                .number("leg_points"), .number("centile"), "period_from", "period_to", "source",
            ],
            rows: rows(of: .measurement) { entry in
                [
                    [
                        entry.column("measure") { $0.stringValue },
                        entry.column("value") { Measured($0).number },
                        entry.column("value") { Measured($0).unit },
                        entry.column("value") { $0["method"]?.stringValue ?? "" },
                        entry.number("armPoints"), entry.number("legPoints"),
                        entry.number("centile"),
                        entry.column("value") { $0["from"]?.stringValue ?? "" },
                        entry.column("value") { $0["to"]?.stringValue ?? "" },
                        entry.column("value") { $0["scale"]?.stringValue ?? "" },
                    ]
                ]
            })
    }
}

extension ExportedEntry {
    /// A whole number inside the value.
    fileprivate func number(_ member: String) -> String {
        column("value") { json in
            json.objectValue == nil ? "" : ColumnText.member(json, member, Int64.self) { "\($0)" }
        }
    }
}

/// The number of a measurement with its unit; `unable` is an answer and no number.
private struct Measured {
    /// Nil where it is not understood.
    let number: String?
    let unit: String

    init(_ json: JSONValue) {
        if json == "unable" {
            (number, unit) = ("unable", "")
        } else if let arm = json["armPoints"]?.integerValue,
            let leg = json["legPoints"]?.integerValue
        {
            (number, unit) = ("\(arm.addingSaturating(leg))", "points")
        } else if let measure = FHIRMeasure.all.first(where: { json[$0.member] != nil }) {
            number = ColumnText.member(json, measure.member, Int64.self) {
                "\(ExactDecimal($0, decimals: measure.decimals))"
            }
            unit = measure.unit
        } else {
            (number, unit) = (nil, "")
        }
    }
}
