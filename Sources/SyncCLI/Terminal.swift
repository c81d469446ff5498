import Foundation

/// The terminal a person sits at, if there is one. Nothing is ever asked without one.
struct Terminal {
    let isInteractive: Bool
    let width: Int

    static let current: Terminal = {
        let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
        return Terminal(
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
            width: min(max(columns, 40), 200))
    }()

    /// Asks for a line; nil without a terminal or at its end.
    func ask(_ question: String) -> String? {
        guard isInteractive else { return nil }
        let lines = question.split(separator: "\n").map { Self.safe(String($0)) }
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + " ").utf8))
        return readLine(strippingNewline: true)?.trimmingCharacters(in: .whitespaces)
    }

    /// Asks yes or no; the default is what Enter means.
    func confirm(_ question: String, default standard: Bool = false) -> Bool {
        switch ask(question + (standard ? " [Y/n]" : " [y/N]"))?.lowercased() {
        case "y", "yes": true
        case "n", "no": false
        case "": standard
        default: false
        }
    }

    /// Text from elsewhere, without anything that could move a cursor or turn the reading direction.
    static func safe(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    let turns =
                        (0x202A...0x202E).contains(scalar.value)
                        || (0x2066...0x2069).contains(scalar.value) || scalar.value == 0xFEFF
                        || scalar.value == 0x2028 || scalar.value == 0x2029
                    return isControl || turns ? "\u{FFFD}" : scalar
                }))
    }
}
