import Testing

/// protocol.md, taken apart: its fenced examples, its tables, its headings.
struct ProtocolText {
    let text: String
    let lines: [Substring]

    init() throws {
        text = try Repository.protocolText()
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Fenced blocks by their info string.
    var blocks: [(info: String, text: String)] {
        var blocks: [(info: String, text: String)] = []
        var open: (info: String, text: String)?
        for line in lines {
            if line.hasPrefix("```") {
                if let done = open {
                    blocks.append(done)
                    open = nil
                } else {
                    open = (String(line.dropFirst(3)), "")
                }
            } else if open != nil {
                open?.text += line + "\n"
            }
        }
        return blocks
    }

    /// The text of one block without its last newline.
    func block(_ info: String) throws -> String {
        let block = try #require(blocks.first { $0.info == info }, "\(info)")
        return String(block.text.dropLast())
    }

    /// The cells of the table whose head row begins with these cells.
    func table(_ head: String...) throws -> [[String]] {
        let start = try #require(
            lines.firstIndex {
                $0.hasPrefix("|") && Array(Self.cells($0).prefix(head.count)) == head
            },
            "\(head)")
        return lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map(Self.cells)
    }

    /// The rows of the first table below a heading.
    func table(below heading: String) throws -> [[String]] {
        let start = try #require(lines.firstIndex { $0 == heading }, "\(heading)")
        let first = try #require(lines[start...].firstIndex { $0.hasPrefix("|") })
        return lines[(first + 2)...].prefix { $0.hasPrefix("|") }.map(Self.cells)
    }

    private static func cells(_ row: Substring) -> [String] {
        row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
            var cell = $0
            while cell.first == " " { cell.removeFirst() }
            while cell.last == " " { cell.removeLast() }
            return String(cell)
        }
    }

    /// The words in backticks of a cell.
    static func code(in cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    /// The heading's anchor as the usual renderers make it.
    static func anchor(_ heading: Substring) -> String {
        String(
            heading.drop { $0 == "#" }.dropFirst().lowercased().compactMap { letter in
                letter == " "
                    ? "-" : letter.isLetter || letter.isNumber || letter == "-" ? letter : nil
            })
    }
}
