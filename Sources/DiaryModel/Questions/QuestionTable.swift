/// A question that the software itself knows, with its answers as codes.
public struct QuestionRow: Sendable {
    public let code: PrintedText
    /// As it is asked, where the clinic has no words of its own.
    public let sentence: String
    /// Its own answers, beside yes, no, unknown and declined, which every question takes.
    public let answers: [PrintedText]
    /// Whom it asks first.
    public let to: Role

    init(_ code: PrintedText, to role: Role, _ sentence: String, _ answers: PrintedText...) {
        self.code = code
        to = role
        self.sentence = sentence
        self.answers = answers
    }
}

/// The questions of the conflict tables and of the worked examples, as data.
public enum QuestionTable {
    public static let rows: [QuestionRow] = [
        QuestionRow("one_or_two", to: .patient, "One infusion or two?", "one", "two"),
        QuestionRow(
            "which_lot", to: .patient, "Were any vials of the other lot? Please look at the boxes."
        ),
        QuestionRow(
            "copy_voided", to: .patient,
            "The copy that counted was taken back. Did the other one happen?"),
        QuestionRow(
            "second_part", to: .patient, "Was the second part of this dose given?",
            "given", "not_given"),
        QuestionRow("box_arrived", to: .patient, "Did the box arrive?"),
        QuestionRow(
            "elsewhere_lot", to: .patient,
            "You had an infusion somewhere else. Which lot was it? Please ask for the number."),
        QuestionRow("later_infused", to: .patient, "Was it infused later that day?"),
        QuestionRow(
            "line_twice", to: .patient, "The same lot stands there twice. Were both used?",
            "both", "once"),
        QuestionRow(
            "sides_swapped", to: .nurse, "The sides look swapped. Are they?", "swapped", "right"),
        QuestionRow("why_voided", to: .patient, "Why was this taken back?"),
    ]

    /// The row of a code; nil for one that is not known here.
    public static func row(_ code: PrintedText) -> QuestionRow? {
        rows.first { $0.code == code }
    }
}
