extension FieldTable {
    static let stockRows: [FieldRow] = [
        FieldRow(
            [.stock], "movement", .exactly(["receipt", "move", "loss", "count"]), by: .recorders,
            "A movement is a receipt, move, loss or count."),
        FieldRow(
            [.stock], "delivery",
            .object([
                ValueMember("supplier", .text(bytes: 256), text: .printed),
                ValueMember("reference", .text(bytes: 128), text: .printed),
            ]), by: .recorders, text: .printed, "The supplier and the delivery's reference."),
        FieldRow(
            [.stock], "coldChain", .code(["ok", "broken"]), by: .recorders,
            "The cold chain was ok or broken; unknown is an answer."),
        FieldRow(
            [.stock], "storage",
            .object([
                ValueMember("roomTemperatureSince", .moment), ValueMember("discardBy", .date),
            ]), by: .recorders, "Since when at room temperature, and the day to discard by."),
        FieldRow(
            [.stock], "loss",
            .code([
                "broken", "leaked", "cloudy", "expired", "thermal", "discarded_part", "returned",
                "lost", "quarantined",
            ]), by: .recorders, "Why the vials were lost."),
    ]

    static let noteRows: [FieldRow] = [
        FieldRow(
            [.note], "text", .text(bytes: 4000), by: .recorders, own: true, text: .free,
            "A note has 1 to 4000 bytes; write a second one for the rest."),
        FieldRow(
            [.note], "about",
            .object([
                ValueMember("entry", .entry), ValueMember("field", .text(bytes: 64)),
                ValueMember("event", .event),
            ]), by: .recorders, own: true, "What the note is about: an entry, a field, an event."),
        FieldRow(
            [.note], "attachment.<line>",
            .object([
                ValueMember("digest", .text(bytes: 64), required: true),
                ValueMember("type", .text(bytes: 64), required: true),
                ValueMember("bytes", .integer(amount), required: true),
            ]), by: .recorders, own: true, "A file by its digest, type and length."),
    ]
}
