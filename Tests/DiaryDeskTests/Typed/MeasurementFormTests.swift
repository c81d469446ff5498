import DiaryDesk
import DiaryModel
import SyncCore
import Testing

@Suite struct MeasurementFormTests {
    private func value(
        _ measure: String, _ typed: String, _ change: (inout MeasurementForm) -> Void = { _ in }
    ) throws -> JSONValue? {
        var form = MeasurementForm(measure: measure, value: typed)
        change(&form)
        var warnings: [Warning] = []
        return try form.fields(.noon(), warnings: &warnings)["value"]
    }

    @Test(
        arguments: [
            ("grip_l", "54.1", ["gripPascals": 54_100]),
            ("grip_force_l", "24kg", ["forceGrams": 24_000]),
            ("grip_force_r", "53.5 lbf", ["forcePoundHundredths": 5350]),
            ("incat", "2/3", ["armPoints": 2, "legPoints": 3]),
            ("onls", "0/7", ["armPoints": 0, "legPoints": 7]),
            ("irods", "30", ["rawPoints": 30]), ("walk10m", "12.8", ["walkMilliseconds": 12_800]),
            ("walk10m", "unable", "unable"), ("weight", "82.4", ["weightGrams": 82_400]),
            ("igg_trough", "12.5", ["iggMilligramsPerLitre": 12_500]),
            ("igg_trough", "1250 mg/dL", ["iggMilligramsPerLitre": 12_500]),
            ("vas_fatigue", "0", ["points": 0]), ("wearing_off_days", "3", ["days": 3]),
            ("weight", "unknown", "unknown"), ("grip_r", "declined", "declined"),
        ] as [(String, String, JSONValue)])
    func `a value is read in the units of its measure`(
        measure: String, typed: String, wire: JSONValue
    ) throws {
        #expect(try value(measure, typed) == wire)
    }

    @Test func `of several attempts all are kept, with the method that was said`() throws {
        let attempts: JSONValue = [54_100, 52_000, 55_300]
        #expect(
            try value("grip_l", "54.1,52.0,55.3") { $0.method = "best" } == [
                "attemptsPascals": attempts, "gripPascals": 55_300, "method": "best_of",
            ])
        #expect(
            try value("grip_l", "54.1,52.0,55.3") { $0.method = "mean" } == [
                "attemptsPascals": attempts, "gripPascals": 53_800, "method": "mean_of",
            ])
        #expect(
            try value("grip_l", "54.1,52.0,55.2") {
                $0.method = "mean"
                $0.figure = "53.8"
            } == [
                "attemptsPascals": [54_100, 52_000, 55_200], "gripPascals": 53_800,
                "method": "mean_of",
            ])
    }

    @Test func `a count says of which time, and none is an answer`() throws {
        let period = { (form: inout MeasurementForm) in
            form.from = "2026-01-01"
            form.to = "2026-03-28"
        }
        #expect(
            try value("infections", "0", period) == [
                "count": 0, "from": "2026-01-01", "to": "2026-03-28",
            ])
        #expect(refusals { _ = try value("infections", "2") } == ["value/from: missing"])
        let turned = refusals {
            _ = try value("days_off", "2") {
                $0.from = "2026-03-28"
                $0.to = "2026-01-01"
            }
        }
        #expect(turned == ["value/to: impossible"])
    }

    @Test func `a sum of muscles says of which, and each of them may stand beside it`() throws {
        #expect(
            try value("mrc_sum", "58") {
                $0.muscleSet = "six_pairs"
                $0.muscles = ["shoulder-L=5", "wrist_extension_r=4"]
            } == [
                "muscles": [
                    ["muscle": "shoulder", "points": 5, "side": "L"],
                    ["muscle": "wrist_extension", "points": 4, "side": "R"],
                ], "points": 58, "set": "six_pairs",
            ])
        #expect(refusals { _ = try value("mrc_sum", "58") } == ["value/set: missing"])
        let high = refusals { _ = try value("mrc_sum", "61") { $0.muscleSet = "six_pairs" } }
        #expect(high == ["value/points: out_of_range"])
    }

    @Test func `a centile goes with its table, and the scale and the walking aid are kept`() throws
    {
        #expect(
            try value("irods", "30") {
                $0.centile = "52"
                $0.table = "CIDP 2013"
            } == ["centile": 52, "rawPoints": 30, "table": "CIDP 2013"])
        #expect(
            refusals { _ = try value("irods", "30") { $0.centile = "52" } } == [
                "value/table: missing"
            ])
        #expect(
            try value("walk10m", "12.8") { $0.aid = "stick" } == [
                "aid": "stick", "walkMilliseconds": 12_800,
            ])
        #expect(
            try value("weight", "82.4") { $0.scale = "home" } == [
                "scale": "home", "weightGrams": 82_400,
            ])
    }

    @Test func `a level of IgG is kept with the infusions around it`() throws {
        let level = try value("igg_trough", "12.5") {
            $0.lastInfusion = "2026-03-22T09:05"
            $0.nextInfusion = "2026-03-29T10:00"
        }
        #expect(level?["lastInfusion"]?["wall"] == "2026-03-22T09:05")
        #expect(level?["nextInfusion"]?["ms"] == 1_774_774_800_000)
    }

    @Test(arguments: [
        ("strength", "5", "measure: not_in_list"), ("grip", "5", "measure: not_in_list"),
        ("grip_l", "54,1", "value/method: missing"),
        ("grip_l", "24kg", "value/gripPascals: malformed"),
        ("grip_l", "201", "value/gripPascals: out_of_range"),
        ("grip_force_l", "24", "value: missing"),
        ("incat", "2", "value: malformed"), ("incat", "2/6", "value/legPoints: out_of_range"),
        ("walk10m", "0.4", "value/walkMilliseconds: out_of_range"),
        ("walk10m", "cannot", "value/walkMilliseconds: malformed"),
        ("weight", "1.9", "value/weightGrams: out_of_range"),
        ("vas_pain", "11", "value/points: out_of_range"),
        ("irods", "49", "value/rawPoints: out_of_range"),
        ("igg_trough", "61", "value/iggMilligramsPerLitre: out_of_range"),
    ])
    func `what cannot be is refused, with what is expected`(
        measure: String, typed: String, refusal: String
    ) {
        #expect(refusals { _ = try value(measure, typed) } == [refusal])
    }

    @Test func `kilograms are of another instrument, and nothing is converted`() {
        let said = sentences { _ = try value("grip_l", "24kg") }
        #expect(said.first?.contains("another instrument: grip_force_l") == true)
    }

    @Test func `every measure that is said to be known can be recorded`() throws {
        let world = try DeskWorld()
        let typed = [
            "grip_force_l": "24kg", "grip_force_r": "53lbf", "incat": "1/2", "onls": "1/2",
        ]
        for code in FieldTable.measures {
            var form = MeasurementForm(measure: code, value: typed[code] ?? "5")
            form.muscleSet = "six_pairs"
            form.from = "2026-01-01"
            form.to = "2026-03-28"
            let saved = try world.log(.measurement) { try form.fields($0, warnings: &$1) }
            #expect(try world.view(saved.entry)["measure"]?.stringValue == code)
        }
    }
}
