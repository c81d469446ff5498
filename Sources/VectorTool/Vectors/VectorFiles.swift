import SyncCore

/// All vector files, made anew: the same bytes at every run.
package enum VectorFiles {
    /// One file's name and bytes.
    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]
    }

    package static func all() throws -> [File] {
        try [
            ("canonical-json", CanonicalJSONVectors.value()),
            ("clocks", ClockVectors.value()),
            ("conversations", ConversationVectors.value()),
            (
                "counts",
                .array(try (ViewCase.trust + ViewCase.authorities).map { try $0.vector() })
            ),
            ("enrolment", EnrolmentVectors.value()),
            ("heads", SignedTextVectors.value()),
            ("ids", KeyVectors.ids()),
            ("keys", KeyVectors.refusedKeys()),
            ("lines", LineVectors.value()),
            (
                "merges",
                .array(
                    try (ViewCase.registers + ViewCase.voidsAndErasures).map { try $0.vector() })
            ),
            ("sections", SectionVectors.value()),
        ].map { name, value in
            File(name: name + ".json", bytes: Array((value.prettyText + "\n").utf8))
        }
    }
}
