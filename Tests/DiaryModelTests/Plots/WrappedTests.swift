import DiaryModel
import Testing

@Suite struct WrappedTests {
    @Test(
        arguments: [
            ("short  with two spaces", 6, ["short  with two spaces"]),
            (
                "k7q2  grip of the left hand", 6,
                ["k7q2  grip of the left", "      hand"]
            ),
            ("  baseline since the first of May", 2, ["  baseline since the", "    first of May"]),
            ("abcdefghijklmnopqrstuvwxyz", 2, ["abcdefghijklmnopqrstuv", "  wxyz"]),
            ("", 2, [""]),
        ])
    func `a line is broken at spaces, and what follows is indented`(
        text: String, indent: Int, lines: [String]
    ) {
        #expect(text.wrapped(columns: 22, indent: indent) == lines)
    }
}
