/// The characters of a picture in a terminal; every one is told apart by its shape, none by colour.
public enum TextPlotStyle: Sendable, CaseIterable {
    case ascii, unicode

    var marks: [Character] {
        switch self {
        case .ascii: ["o", "x", "+", "*", "@", "%"]
        case .unicode: ["●", "×", "▲", "◆", "○", "□"]
        }
    }

    /// A point that waits for a person.
    var doubt: Character { "?" }
    /// Points of several tracks in one place.
    var several: Character {
        switch self {
        case .ascii: "#"
        case .unicode: "■"
        }
    }
    /// Between the ends of a range.
    var range: Character {
        switch self {
        case .ascii: ":"
        case .unicode: "┊"
        }
    }
    var level: Character {
        switch self {
        case .ascii: "-"
        case .unicode: "┄"
        }
    }
    var upright: Character {
        switch self {
        case .ascii: "|"
        case .unicode: "│"
        }
    }
    var tick: Character {
        switch self {
        case .ascii: "+"
        case .unicode: "┤"
        }
    }
    var ground: Character {
        switch self {
        case .ascii: "-"
        case .unicode: "─"
        }
    }
    var corner: Character {
        switch self {
        case .ascii: "+"
        case .unicode: "└"
        }
    }
    /// What is certain of a bar.
    var full: Character {
        switch self {
        case .ascii: "#"
        case .unicode: "█"
        }
    }
    /// What may be of a bar.
    var perhaps: Character { "?" }
    /// There was no number to be had.
    var noNumber: Character { "n" }
}
