import ArgumentParser
import DiaryDesk

/// What can be said of a checklist on the command line, at home and at the clinic.
struct CheckOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Answers, such as feels_well=yes temperature=36.8 bp=120/80 result=proceed.",
            valueName: "name=value"))
    var answers: [String] = []

    @Option(help: "When it was, if not now: 09:05, sunday 09:05.")
    var start: String?

    @Option(help: "The day, if not today.")
    var day: String?

    @Option(help: "Who gave advice, with result=proceed_after_advice: a person of the diary.")
    var advisedBy: String?

    @Option(help: "When the advice was given.")
    var advisedAt: String?

    @Option(help: "A note that goes with it.")
    var note: String?

    var form: CheckForm {
        var form = CheckForm()
        form.answers = answers
        form.start = start
        form.day = day
        form.advisedBy = advisedBy
        form.advisedAt = advisedAt
        return form
    }

    static let discussion = """
        Items, answered by yes, no, unknown or declined; what is left out was not asked:
        \(CheckForm.items.joined(separator: ", ")).
        Measured: temperature=36.8  bp=120/80  pulse=72  oxygen=97.
        How it ended: result=proceed, proceed_after_advice or postponed.
        """
}
