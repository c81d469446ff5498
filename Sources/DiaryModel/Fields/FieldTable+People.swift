extension FieldTable {
    static let personRows: [FieldRow] = [
        FieldRow(
            [.person], "name", .text(bytes: 256), by: .recordersAndAdministrator, name: true,
            text: .name, "A name has 1 to 256 bytes."),
        FieldRow(
            [.person], "role", .exactly(codes(Role.self)), by: .recordersAndAdministrator,
            "A role is one of \(codes(Role.self).joined(separator: ", "))."),
    ]

    static let replicaRows: [FieldRow] = [
        FieldRow(
            [.replica], "label", .text(bytes: 256), by: .recordersAndAdministrator, name: true,
            text: .name, "A device's name has 1 to 256 bytes."),
        FieldRow(
            [.replica], "role", .exactly(codes(Role.self) + ["clinic"]),
            by: .only([.administrator]),
            clinics: true, "A role is one of \(codes(Role.self).joined(separator: ", "))."),
        FieldRow(
            [.replica], "trusted", .either([.exactly(["all"]), .list(.event, limit: 1000)]),
            by: .only([.administrator, .nurse, .doctor]), clinics: true,
            "Trusted is all, or the positions relied on; nurses and doctors move it further."),
        FieldRow(
            [.replica], "access", .exactly(["open", "closed"]), by: .only([.administrator]),
            clinics: true, "Access is open or closed."),
        FieldRow(
            [.replica], "because",
            .exactly([
                "access_ended", "stolen", "lost", "retired_broken", "retired_lost",
                "retired_returned", "retired_replaced",
            ]), by: .only([.administrator]), clinics: true, "Why the device was closed or retired."),
    ]

    static let erasureRows: [FieldRow] = [
        FieldRow(
            [.erasure], "asked", .object([ValueMember("about", .anything, required: true)]),
            by: .only([.patient, .carer]), "What is to be erased: an entry or an event."),
        FieldRow(
            [.erasure], "erase",
            .object([
                ValueMember("events", .list(.event, limit: 1000), required: true),
                ValueMember("basis", .text(bytes: 64), required: true),
            ]), by: .only([.doctor, .administrator]), clinics: true,
            "The events to erase and on what basis."),
        FieldRow(
            [.erasure], "signed.doctor", .answer, by: .only([.doctor]), own: true, clinics: true,
            "Yes or no."),
        FieldRow(
            [.erasure], "signed.administrator", .answer, by: .only([.administrator]), own: true,
            clinics: true, "Yes or no."),
        FieldRow(
            [.erasure], "signatures", .list(.text(bytes: 86), limit: 1000), by: .machine,
            clinics: true, "The clinic's signatures in the order of the events."),
    ]
}
