/// An SVG picture that is being written: valid XML, the same bytes for the same picture.
///
/// It has no script, no style and no colour that means anything. Numbers are whole. A title and a
/// description say in words what it shows.
struct SVGDocument {
    static let width = 800
    static let height = 420
    private var elements: [String] = []

    /// Adds an element without content.
    mutating func add(_ name: String, _ attributes: [(String, String)]) {
        elements.append("<\(name)\(Self.text(attributes))/>")
    }

    /// Adds text at a place.
    ///
    /// - Parameter anchor: which end of the text stands there: `start`, `middle`, `end`.
    mutating func add(
        text: String, x: Int, y: Int, anchor: String = "start", size: Int = 14
    ) {
        let attributes = Self.text([
            ("x", "\(x)"), ("y", "\(y)"), ("text-anchor", anchor), ("font-size", "\(size)"),
            ("fill", Self.ink),
        ])
        elements.append("<text\(attributes)>\(PlotText(text).xml)</text>")
    }

    /// Adds a straight line; `dashes` tells one kind from another.
    mutating func addLine(
        _ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, width: Int = 1, dashes: String? = nil
    ) {
        var attributes = [
            ("x1", "\(x1)"), ("y1", "\(y1)"), ("x2", "\(x2)"), ("y2", "\(y2)"),
            ("stroke", Self.ink), ("stroke-width", "\(width)"),
        ]
        if let dashes { attributes.append(("stroke-dasharray", dashes)) }
        add("line", attributes)
    }

    /// The ink of all that is drawn: dark enough on white for every eye.
    static let ink = "#1a1a1a"
    static let paper = "#ffffff"

    /// The whole picture.
    ///
    /// - Parameter id: a name that no other picture on the page has; what is no letter, digit, `-` or `_` is
    ///   left out of it.
    func text(title: String, description: String, id: String) -> String {
        let id = "plot-" + String(decoding: id.utf8.filter(Self.isNameByte), as: UTF8.self)
        let attributes = Self.text([
            ("xmlns", "http://www.w3.org/2000/svg"), ("width", "\(Self.width)"),
            ("height", "\(Self.height)"), ("viewBox", "0 0 \(Self.width) \(Self.height)"),
            ("role", "img"), ("aria-labelledby", "\(id)-title \(id)-desc"),
            ("font-family", "sans-serif"),
        ])
        let lines =
            [
                "<svg\(attributes)>",
                "<title id=\"\(id)-title\">\(PlotText(title).xml)</title>",
                "<desc id=\"\(id)-desc\">\(PlotText(description).xml)</desc>",
                "<rect x=\"0\" y=\"0\" width=\"\(Self.width)\" height=\"\(Self.height)\""
                    + " fill=\"\(Self.paper)\"/>",
            ] + elements + ["</svg>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0.0)=\"\(PlotText($0.1).xml)\"" }.joined()
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x2D
            || byte == 0x5F
    }
}
