/// The form that a field's value has, with its hard limits, in wire units.
///
/// Any value but text may be the word `unknown` or `declined` instead, unless its row says otherwise.
public indirect enum ValueShape: Sendable {
    /// One of these codes.
    case code([String])
    /// One of these codes, and no word in their place.
    case exactly([String])
    /// yes, no, unknown or declined.
    case answer
    case integer(ClosedRange<Int64>)
    /// Text of at least one and at most so many UTF-8 bytes.
    case text(bytes: Int)
    /// A calendar day `YYYY-MM-DD`.
    case date
    case moment
    /// Fourteen digits with the right check digit.
    case gtin
    /// A position [replica, seq, id].
    case event
    /// The id of an entry, a person among them.
    case entry
    case object([ValueMember])
    case list(ValueShape, limit: Int)
    case either([ValueShape])
    /// Anything: the row's limits come later.
    case anything
}

extension ValueShape {
    /// Text is never a word of answer, and neither are codes that say they are all there is.
    var takesWords: Bool {
        switch self {
        case .text, .exactly: false
        default: true
        }
    }
}

/// One member of an object-shaped value.
public struct ValueMember: Sendable {
    public let name: String
    public let shape: ValueShape
    public let isRequired: Bool
    /// Whether `unknown` and `declined` may stand here.
    public let allowsWords: Bool
    public let text: TextClass?
    /// What is worth a word though it may be true.
    public let soft: [SoftLimit]
    /// What was expected, where the shape does not say it well enough.
    public let sentence: String?

    init(
        _ name: String, _ shape: ValueShape, required: Bool = false, words: Bool = true,
        text: TextClass? = nil, soft: [SoftLimit] = [], _ sentence: String? = nil
    ) {
        self.name = name
        self.shape = shape
        isRequired = required
        allowsWords = words
        self.text = text
        self.soft = soft
        self.sentence = sentence
    }
}

/// Kinds of text, by which erasure and export treat it.
public enum TextClass: String, Sendable, CaseIterable {
    /// Copied from a pack or letter; kept for traceability.
    case printed
    /// The clinic's.
    case clinic
    case free
    /// The name of a person or device.
    case name
}

/// A bound beyond which a number is unlikely but may be true.
public struct SoftLimit: Hashable, Sendable {
    public let code: WarningCode
    /// The numbers that need no warning.
    public let usual: ClosedRange<Int64>

    init(_ code: WarningCode, usual: ClosedRange<Int64>) {
        self.code = code
        self.usual = usual
    }
}
