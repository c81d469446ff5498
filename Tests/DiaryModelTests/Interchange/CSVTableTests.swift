import DiaryModel
import SyncCore
import Testing

@Suite struct CSVTableTests {
    @Test func `the header is that of the reference`() throws {
        let header = """
            export_as_of,coverage_to,patient_ref,entry_id,version,state,in_conflict,duplicate_group,\
            kind,outcome,not_done_reason,route,start_local,start_utc,start_offset,zone,precision,\
            end_utc,duration_min,late_hours,clock,product_key,product_text,component,vial_g,vial_ml,\
            vial_count,discarded_g,line_g,infusion_g,lot_printed,lot_key,lot_missing_reason,\
            expiry_printed,expiry_date,gtin,serials,entry_method,sites,max_ml_per_h,infused_by,\
            author_role,recorded_utc,received_utc,plan_id,plan_version,reaction_grade_max,warnings,\
            line,course_id,course_part,course_parts,place,counts_low_g,counts_high_g\r\n
            """
        #expect(try ExportStory().table().text() == header)
    }

    @Test func `an infusion is told in the columns of its line`() throws {
        var story = ExportStory()
        let anna = try story.begin("person", ["name": "Anna", "role": "carer"])
        let plan = try story.begin("plan", ["plan": ["doseMilligrams": 32_000]], by: .clinic)
        let line = Typed.line(
            "P100423917",
            [
                "entryMethod": "scanned", "gtin": "09520000000103",
                "expiry": ["date": "2028-12-31", "precision": "month", "printed": "12/2028"],
                "serials": ["A1", "A2"], "discardedMilligrams": 500,
            ])
        let infusion = try story.begin(
            Typed.infusion([
                "vials.1": line, "planVersion": plan.json,
                "sites": [["region": "abdomen", "side": "L"], ["region": "thigh"]],
                "rates": [
                    ["fromMinutes": 0, "rateMicrolitresPerHour": 20_000],
                    ["fromMinutes": 10, "rateMicrolitresPerHour": 62_500],
                ],
            ]), about: ["warning.count_high.vials.1": ["because": "is_correct", "seen": 8]],
            author: anna)
        let row = try #require(try story.rows(infusion).first)
        let told: [CSVColumn: String] = [
            .exportAsOf: "2026-04-01T12:00:00Z", .coverageTo: "2026-04-01T09:00:00Z",
            .patientRef: "P01", .version: "1", .state: "active", .inConflict: "",
            .duplicateGroup: "", .kind: "infusion", .outcome: "completed", .notDoneReason: "",
            .route: "sc", .startLocal: "2026-03-29T10:05", .startUTC: "2026-03-29T09:05:00Z",
            .startOffset: "+01:00", .zone: "Europe/London", .precision: "minute",
            .endUTC: "2026-03-29T10:20:00Z", .durationMinutes: "75", .lateHours: "22",
            .clock: "ok", .productKey: "hizentra", .productText: "", .component: "",
            .vialGrams: "4.0", .vialMillilitres: "20.0", .vialCount: "8", .discardedGrams: "0.5",
            .lineGrams: "31.5", .infusionGrams: "31.5", .lotPrinted: "P100423917",
            .lotKey: "P100423917", .lotMissingReason: "", .expiryPrinted: "12/2028",
            .expiryDate: "2028-12", .gtin: "09520000000103", .serials: "A1;A2",
            .entryMethod: "scanned", .sites: "abdomen-L;thigh", .maxMillilitresPerHour: "62.5",
            .infusedBy: "self", .authorRole: "carer", .recordedUTC: "2026-03-30T08:00:00Z",
            .receivedUTC: "", .planID: plan.id.text, .planVersion: plan.id.text,
            .reactionGradeMax: "", .warnings: "count_high.vials.1",
        ]
        for (column, text) in told { #expect(row[column] == text, "\(column.rawValue)") }
    }

    @Test(arguments: ["237452", "00123", "12E34", "=1+1", "-7", "@lot", "\"q\""])
    func `a lot survives as printed`(lot: String) throws {
        var story = ExportStory()
        let infusion = try story.begin(Typed.infusion(["vials.1": Typed.line(lot)]))
        let table = try story.table()
        #expect(try story.rows(infusion).first?[.lotPrinted] == lot)
        let doubled = lot.replacing("\"", with: "\"\"")
        #expect(table.text(columns: [.lotPrinted]) == "lot_printed\r\n\"\(doubled)\"\r\n")
        let twice = doubled.replacing("\"", with: "\"\"")
        #expect(
            table.text(.spreadsheet, columns: [.lotPrinted])
                == "lot_printed\r\n\"=\"\"\(twice)\"\"\"\r\n")
    }

    @Test func `text that a spreadsheet would calculate has an apostrophe there alone`() throws {
        var story = ExportStory()
        let time = Typed.time("2026-03-30T10:05")
        try story.begin(
            Typed.infusion(["time": time, "vials.1": Typed.line("A1")]), at: utc("2026-03-30T08:00")
        )
        let table = try story.table()
        let columns: [CSVColumn] = [.startOffset, .lateHours]
        #expect(table.text(columns: columns) == "start_offset,late_hours\r\n+01:00,-2\r\n")
        #expect(
            table.text(.spreadsheet, columns: columns)
                == "start_offset,late_hours\r\n'+01:00,-2\r\n")
    }

    @Test func `fields with commas, quotes and line ends are quoted, and a mark may lead`() throws {
        var story = ExportStory()
        let text = "Demo, \"20 %\"\nnew"
        try story.begin(
            Typed.infusion([
                "vials.1": Typed.line("A1", product: "other", ["productText": .string(text)])
            ]))
        #expect(
            try story.table().text(byteOrderMark: true, columns: [.productText, .productKey])
                == "\u{FEFF}product_text,product_key\r\n\"Demo, \"\"20 %\"\"\nnew\",other\r\n")
    }

    @Test func `a line that people disagree about prints all they say, in byte order`() throws {
        var story = ExportStory()
        let infusion = try story.begin(
            Typed.infusion(["vials.1": Typed.line("X1"), "vials.2": Typed.line("Z", count: 1)]))
        try story.amend(
            infusion, seeing: [infusion], ["vials.1": Typed.line("XI", count: 7)],
            about: ["entryMethod": "typed"])
        try story.amend(
            infusion, by: .tablet, seeing: [infusion], ["vials.1": Typed.line("X1", count: 8)])
        let rows = try story.rows(infusion)
        #expect(rows.map { $0[.lotPrinted] } == ["X1 | XI", "Z"])
        #expect(rows.map { $0[.lineGrams] } == ["28.0 | 32.0", "4.0"])
        #expect(rows.map { $0[.infusionGrams] } == ["32.0 | 36.0", "32.0 | 36.0"])
        #expect(rows.map { $0[.inConflict] } == ["vials.1", "vials.1"])
        #expect(rows.map { $0[.version] } == ["3", "3"])
    }

    @Test func `a value that somebody left out is a value among several`() throws {
        var story = ExportStory()
        let infusion = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        let start = "2026-03-29T09:05"
        try story.amend(infusion, seeing: [infusion], ["time": Typed.time(start)])
        try story.amend(
            infusion, by: .tablet, seeing: [infusion],
            ["time": Typed.time(start, "2026-03-29T11:00")])
        let row = try #require(try story.rows(infusion).first)
        #expect(row[.startUTC] == "2026-03-29T09:05:00Z")
        #expect(row[.endUTC] == " | 2026-03-29T11:00:00Z")
        #expect(row[.inConflict] == "time")
    }

    @Test func `what was not done has a row with its reason and no line`() throws {
        var story = ExportStory()
        let entry = try story.begin([
            "outcome": ["code": "not_done", "reason": "fever_or_infection"],
            "time": Typed.time("2026-03-29T09:05"),
        ])
        let rows = try story.rows(entry)
        #expect(rows.count == 1)
        #expect(rows.first?[.outcome] == "not_done")
        #expect(rows.first?[.notDoneReason] == "fever_or_infection")
        #expect(rows.first?[.lineGrams] == "")
        #expect(rows.first?[.infusionGrams] == "0.0")
    }

    @Test func `unknown and declined are written out, what is absent is empty`() throws {
        var story = ExportStory()
        let line = Typed.line(
            nil, ["count": "unknown", "expiry": "declined", "lotMissing": "box_thrown_away"])
        let entry = try story.begin(
            Typed.infusion([
                "vials.1": line, "route": "unknown", "infusedBy": ["code": "declined"],
                "rates": "declined",
            ]))
        let row = try #require(try story.rows(entry).first)
        #expect(row[.route] == "unknown")
        #expect(row[.infusedBy] == "declined")
        #expect(row[.maxMillilitresPerHour] == "declined")
        #expect(row[.vialCount] == "unknown")
        #expect(row[.expiryDate] == "declined")
        #expect(row[.lotPrinted] == "")
        #expect(row[.lotMissingReason] == "box_thrown_away")
        #expect(row[.lineGrams] == "")
        #expect(row[.infusionGrams] == "")
        #expect(row[.sites] == "")
    }

    @Test func `T10: a bare day has no instant and stands after what has one`() throws {
        var story = ExportStory()
        let wall = try #require(WallTime("2026-03-01"))
        let bare = try #require(Moment(bare: wall, zone: "Europe/London"))
        let paper = try story.begin(
            Typed.infusion([
                "vials.1": Typed.line("A1"), "time": TimeValue(start: bare).json,
            ]), about: ["entryMethod": "from_paper"])
        let timed = try story.begin(
            Typed.infusion("2026-03-01T18:00", end: nil, ["vials.1": Typed.line("A1")]))
        let row = try #require(try story.rows(paper).first)
        #expect(row[.startLocal] == "2026-03-01")
        #expect(row[.precision] == "day")
        for empty in [CSVColumn.startUTC, .startOffset, .durationMinutes, .lateHours] {
            #expect(row[empty] == "", "\(empty.rawValue)")
        }
        let order = try story.table().rows.map { $0[.entryID] }
        #expect(order == [timed.id.text, paper.id.text])
    }

    @Test func `H17: of a dual-vial unit both lots have a row, and one has grams`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion([
                "route": "fsc",
                "vials.1": Typed.line(
                    "IG1", product: "hyqvia", count: 1, milligrams: 30_000, ["component": "ig"]),
                "vials.2": Typed.line(
                    "HY1", product: "hyqvia", count: 1, milligrams: 1,
                    ["component": "hy", "vialMicrolitres": 15_000]),
            ]))
        let rows = try story.rows(entry)
        #expect(rows.map { $0[.lotPrinted] } == ["IG1", "HY1"])
        #expect(rows.map { $0[.component] } == ["ig", "hy"])
        #expect(rows.map { $0[.lineGrams] } == ["30.0", "0.0"])
        #expect(rows.map { $0[.infusionGrams] } == ["30.0", "30.0"])
    }

    @Test func `lines are in the order of their numbers, random ones after them`() throws {
        var story = ExportStory()
        var set: JSONObject = [:]
        for name in ["zz", "10", "2", "1"] { set["vials.\(name)"] = Typed.line("L\(name)") }
        let entry = try story.begin(Typed.infusion(set))
        #expect(try story.rows(entry).map { $0[.lotPrinted] } == ["L1", "L2", "L10", "Lzz"])
    }
}
