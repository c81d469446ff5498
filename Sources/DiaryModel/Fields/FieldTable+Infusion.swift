extension FieldTable {
    static let infusionRows: [FieldRow] = [
        FieldRow(
            [.infusion, .check, .reaction, .measurement, .stock], "time", timeShape,
            unit: "ms", by: .recorders, "Say when it began; the day alone is enough."),
        FieldRow(
            [.infusion], "route", .code(codes(Route.self)), by: .recorders,
            "The route is iv, sc or fsc; say unknown if you do not know."),
        FieldRow(
            [.infusion], "outcome",
            .object([
                ValueMember("code", .exactly(codes(Outcome.Code.self)), required: true),
                ValueMember("reason", .exactly(codes(NotDoneReason.self))),
            ]), by: .recorders,
            "The outcome is completed, partial, stopped or not_done, the last with a reason; "
                + "other and unknown are reasons, too."),
        FieldRow(
            [.infusion], "planVersion", .event, by: .recorders,
            "The plan version is the one that could be seen; leave it out if there was none."),
        FieldRow(
            [.infusion], "course",
            .object([
                ValueMember("id", .text(bytes: 64), required: true),
                ValueMember("part", .integer(1...10), required: true, words: false),
                ValueMember("parts", .integer(1...10), required: true, words: false),
            ]), by: .recorders, "A course has 1 to 10 parts and this is one of them."),
        FieldRow(
            [.infusion], "vials.<line>", vialShape(countOf: 1...99), by: .recorders, text: .printed,
            "Name the product, its size, how many vials of one lot, and the lot as printed; "
                + "if the lot cannot be read, say why it is missing."),
        // A count may find none; what came, was moved or was lost is some (`StockCheck`).
        FieldRow(
            [.stock], "vials.<line>", vialShape(countOf: 0...99), by: .recorders, text: .printed,
            "Name the product, its size, how many vials of one lot, and the lot as printed; "
                + "if the lot cannot be read, say why it is missing."),
        FieldRow(
            [.infusion], "sites", .list(siteShape, limit: 24), unit: "µL, µm", by: .recorders,
            "Up to 24 sites, each a place and a side; use other if the place is not listed."),
        FieldRow(
            [.infusion], "rates", .list(rateShape, limit: 100), unit: "µL/h", by: .recorders,
            "A rate is more than 0 and at most 2000 mL/h over all sites; leave it out if not known."
        ),
        FieldRow(
            [.infusion], "pump",
            .object([
                ValueMember("model", .text(bytes: 128), text: .printed),
                ValueMember("serial", .text(bytes: 128), text: .printed),
            ]), by: .recorders, text: .printed, "The pump's model and serial number as printed."),
        FieldRow(
            [.infusion], "needleSet",
            .object([ValueMember("lot", .text(bytes: 64), text: .printed)]), by: .recorders,
            text: .printed, "The needle set's lot as printed."),
        FieldRow(
            [.infusion], "infusedBy", infuserShape, by: .recorders,
            "Who infused: self, carer, nurse or other; say unknown if you do not know."),
        FieldRow(
            [.infusion], "supervisedBy", infuserShape, by: .recorders,
            "Who supervised: self, carer, nurse or other; leave it out if nobody did."),
        FieldRow(
            [.infusion], "premed.<name>",
            .object([
                ValueMember("doseMilligrams", .integer(0...1_000_000)),
                ValueMember("taken", .moment),
            ]), unit: "mg", by: .recorders,
            "What was taken, how many milligrams and when; leave out what is not known."),
        FieldRow(
            [.infusion], "premedAsked", .answer, by: .recorders,
            "Yes, no, unknown or declined; leave it out if nobody asked."),
        FieldRow(
            [.infusion], "visualCheck", .code(codes(VisualCheck.self)), by: .recorders,
            "The solution was ok, a problem, or not_done; leave it out if nobody asked."),
        FieldRow(
            [.infusion], "weightGrams",
            .either([
                .integer(2000...350_000),
                .object([
                    ValueMember(
                        "weightGrams", .integer(2000...350_000), required: true, words: false),
                    ValueMember("source", .exactly(["home", "clinic"])),
                ]),
            ]), unit: "g", by: .recorders,
            "A body weight is 2 to 350 kg; leave it out if it was not measured."),
        FieldRow(
            [.infusion], "place",
            .object([
                ValueMember("code", .code(["home", "hospital", "elsewhere"]), required: true),
                ValueMember("name", .text(bytes: 256), text: .printed),
            ]), by: .recorders, text: .printed, "The place is home, hospital or elsewhere."),
    ]

    private static func vialShape(countOf vials: ClosedRange<Int64>) -> ValueShape {
        .object([
            ValueMember(
                "product", .text(bytes: 64), required: true,
                "a product of the catalogue, or other with its name in words"),
            ValueMember("productRow", .text(bytes: 64)),
            ValueMember("productText", .text(bytes: 256), text: .printed),
            ValueMember(
                "vialMilligrams", .integer(1...100_000), required: true,
                "the grams in one vial, more than 0 and at most 100 g"),
            ValueMember(
                "vialMicrolitres", .integer(1...1_000_000), required: true,
                "the volume of one vial, more than 0 and at most 1000 mL"),
            ValueMember(
                "count", .integer(vials), required: true,
                soft: [SoftLimit(.countHigh, usual: 0...25)],
                "how many vials of this lot, \(vials.lowerBound) to \(vials.upperBound); "
                    + "a further lot is a further line"),
            ValueMember(
                "lot", .text(bytes: 64), text: .printed,
                "the lot as printed, up to 64 bytes; if it cannot be read, say why it is missing"),
            ValueMember("lotMissing", .exactly(codes(VialLine.LotMissing.self))),
            ValueMember(
                "expiry",
                .object([
                    ValueMember("printed", .text(bytes: 64), text: .printed),
                    ValueMember("date", .date, required: true, words: false),
                    ValueMember("precision", .exactly(["day", "month"]), required: true),
                ]), text: .printed, "a day or month of the calendar, as printed"),
            ValueMember(
                "gtin", .gtin,
                "a number of 14 digits whose check digit is right; keep the raw scan and leave it out"
            ),
            ValueMember(
                "serials", .list(.text(bytes: 64), limit: 99), words: false, text: .printed),
            ValueMember("component", .code(codes(VialLine.Component.self))),
            ValueMember("discardedMilligrams", .integer(0...9_900_000)),
            ValueMember("scan", .text(bytes: 1024), text: .printed),
            ValueMember("entryMethod", .exactly(codes(EntryMethod.self))),
        ])
    }

    private static let siteShape = ValueShape.object([
        ValueMember("id", .text(bytes: 32)),
        ValueMember("region", .code(codes(Site.Region.self)), required: true),
        ValueMember("side", .code(codes(Site.Side.self))),
        ValueMember(
            "volumeMicrolitres", .integer(0...1_000_000), "at most 1000 mL at one site"),
        ValueMember("needleMicrometres", .integer(1...100_000)),
        ValueMember("gauge", .integer(1...50)),
    ])

    private static let rateShape = ValueShape.object([
        ValueMember("fromMinutes", .integer(0...4320), required: true),
        ValueMember(
            "rateMicrolitresPerHour", .integer(1...2_000_000), required: true,
            "more than 0 and at most 2000 mL/h over all sites"),
    ])

    private static let infuserShape = ValueShape.object([
        ValueMember("code", .code(["self", "carer", "nurse", "other"]), required: true),
        ValueMember("author", .entry),
    ])

    static func codes<Code: CaseIterable & RawRepresentable>(_ type: Code.Type) -> [String]
    where Code.RawValue == String {
        type.allCases.map(\.rawValue)
    }
}
