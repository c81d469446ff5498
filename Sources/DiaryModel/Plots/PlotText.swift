/// Text from elsewhere made fit for a picture: nothing in it moves a cursor, turns the reading direction
/// or breaks a line.
struct PlotText {
    let text: String

    init(_ text: String) {
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            safe.append(Self.isUnsafe(scalar) ? "\u{FFFD}" : scalar)
        }
        self.text = String(safe)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isNoncharacterCodePoint { return true }
        return switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// The text in lines of at most so many characters, broken at spaces; what follows the first line is
    /// indented.
    func lines(width: Int, indent: Int = 0) -> [String] {
        let width = max(8, width)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            var rest = word
            while !rest.isEmpty {
                let room = width - line.count - (line.isEmpty || line.last == " " ? 0 : 1)
                if rest.count <= room {
                    if !line.isEmpty, line.last != " " { line += " " }
                    line += rest
                    rest = ""
                } else if line.contains(where: { $0 != " " }) {
                    lines.append(line)
                    line = String(repeating: " ", count: min(indent, width / 2))
                } else {
                    // A word longer than a line.
                    line += rest.prefix(max(1, room))
                    rest = rest.dropFirst(max(1, room))
                }
            }
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    /// XML text: its five special characters escaped, and nothing that XML 1.0 does not allow.
    var xml: String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension String {
    /// The text in lines of at most so many characters, broken at spaces; what follows the first is
    /// indented, at least by two more than the first is.
    package func wrapped(columns: Int, indent: Int = 2) -> [String] {
        var rest = Substring(PlotText(self).text)
        var lines: [String] = []
        let columns = max(columns, 20)
        let first = rest.prefix { $0 == " " }.count
        var margin = 0
        while margin + rest.count > columns {
            let room = rest.prefix(columns - margin + 1)
            let text = room.drop { $0 == " " }
            let cut = text.lastIndex(of: " ").flatMap { $0 > text.startIndex ? $0 : nil }
            let head = cut.map { room[..<$0] } ?? room.dropLast()
            lines.append(
                (String(repeating: " ", count: margin) + head).withoutTrailingSpaces)
            rest = rest[head.endIndex...].drop { $0 == " " }
            margin = min(first > 0 ? max(first + 2, indent) : indent, columns / 2)
        }
        return lines + [String(repeating: " ", count: margin) + rest]
    }
}
