import SyncCore

extension ExportedDiary {
    /// A row for each reaction: to which infusion, how bad, what it was, what was done.
    var reactionSheet: CSVSheet {
        CSVSheet(
            "reactions",
            [
                .patientRef, .entryID, .version, .state, .inConflict, .startLocal, .startUTC,
                .startOffset, .zone, .precision, .endUTC, .authorRole, .recordedUTC,
            ],
            [
                "infusion_id", .number("grade_said"), .number("grade_assessed"), "symptoms",
                "local", "actions", "outcome",
            ],
            rows: rows(of: .reaction) { entry in
                [
                    [
                        entry.column("infusion") { $0.stringValue },
                        entry.column("grade.said") {
                            ColumnText.member($0, "grade", Int64.self) { "\($0)" }
                        },
                        entry.column("grade.assessed") { $0.integerValue.map { "\($0)" } },
                        entry.answers("symptom."), entry.answers("local."),
                        entry.answers("action."),
                        entry.column("outcome") { $0["code"]?.stringValue },
                    ]
                ]
            })
    }
}

extension ExportedEntry {
    /// `headache:2;rash:yes`: each field of a family with its grade, number or answer.
    fileprivate func answers(_ family: String) -> String {
        let names = fields.keys.filter { $0.hasPrefix(family) }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        let told = names.map { field in
            let answer = column(field) { json in
                if let word = json.stringValue { return word }
                return json.objectValue?.members.first?.value.integerValue.map { "\($0)" }
            }
            return answer.isEmpty ? "" : "\(field.dropFirst(family.count)):\(answer)"
        }
        return ColumnText.list(told.filter { !$0.isEmpty })
    }
}
