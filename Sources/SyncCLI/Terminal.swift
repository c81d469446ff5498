import DiaryDesk
import Foundation

/// The terminal a person sits at, if there is one. Nothing is ever asked without one.
struct Terminal {
    let isInteractive: Bool
    let width: Int
    /// Whether its locale has more than ASCII.
    let hasUnicode: Bool

    static let current: Terminal = {
        let environment = ProcessInfo.processInfo.environment
        let columns = environment["COLUMNS"].flatMap { Int($0) } ?? 80
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
            .first { !$0.isEmpty }
        let charset = locale?.uppercased().replacing("-", with: "") ?? ""
        return Terminal(
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
            width: min(max(columns, 40), 200),
            hasUnicode: isatty(STDOUT_FILENO) == 1 && charset.hasSuffix("UTF8"))
    }()

    /// Asks for a line; nil without a terminal or at its end.
    func ask(_ question: String) -> String? {
        guard isInteractive else { return nil }
        let lines = question.split(separator: "\n").map { Self.safe(String($0)) }
        StandardOutput.complain(lines.joined(separator: "\n") + " ")
        return readLine(strippingNewline: true)?.trimmingCharacters(in: .whitespaces)
    }

    /// Asks until the answer is yes or no; the default is what Enter means.
    ///
    /// - Returns: nil without a terminal or at its end: nobody has said either.
    func answer(_ question: String, default standard: Bool) -> Bool? {
        while let typed = ask(question + (standard ? " [Y/n]" : " [y/N]")) {
            if let answer = TypedYesOrNo(typed, standard: standard) { return answer.isYes }
            Output.complain("Type y or n; Enter alone means \(standard ? "yes" : "no").")
        }
        return nil
    }

    /// Asks whether to go on with something: only a yes does it.
    func confirm(_ question: String, default standard: Bool = false) -> Bool {
        answer(question, default: standard) ?? false
    }

    /// Marks that combine with one letter; all writing in use needs fewer.
    private static let marksOnOneLetter = 8

    /// Text from elsewhere, without anything that could move a cursor, turn the reading direction or
    /// paint over other lines.
    static func safe(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        var marks = 0
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            marks = category == .nonspacingMark || category == .enclosingMark ? marks + 1 : 0
            if marks > marksOnOneLetter {
                if marks == marksOnOneLetter + 1 { safe.append("\u{FFFD}") }
            } else {
                safe.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar)
            }
        }
        return String(safe)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isNoncharacterCodePoint { return true }
        return switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
