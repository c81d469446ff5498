import ArgumentParser
import DiaryDesk
import DiaryModel

/// What can be said of a reaction on the command line, at home and at the clinic.
struct ReactionOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "The infusion (a handle, a day, last), then symptoms such as headache=2 wheeze=yes.",
            valueName: "infusion | name=value"))
    var words: [String] = []

    @Option(help: "The infusion it belongs to: a handle, a day, last, or not_sure.")
    var infusion: String?

    @Option(help: "What was done, with commas between: slowed,paracetamol; or none.")
    var did: String?

    @Option(help: "Was the infusion slowed or stopped because of it? yes, no, unknown.")
    var interrupted: String?

    @Option(help: "Was any medicine needed for it? yes, no, unknown.")
    var treated: String?

    @Option(help: "Did it go on for long, or come back? yes, no, unknown.")
    var prolonged: String?

    @Option(help: "Was it treated in hospital? yes, no, unknown.")
    var hospital: String?

    @Option(help: "Was life in danger? yes, no, unknown.")
    var danger: String?

    @Option(help: "How it ended: recovered, recovering, not_recovered, unknown …")
    var outcome: String?

    @Option(name: [.customLong("onset"), .customLong("start")], help: "When it began.")
    var onset: String?

    @Option(help: "When it was over.")
    var end: String?

    @Option(help: "The day, if not today: sunday, 2026-03-29.")
    var day: String?

    @Option(help: "A note that goes with it.")
    var note: String?

    @Flag(help: "Ask nothing.")
    var yes = false

    var saysSomething: Bool { !words.isEmpty || did != nil || infusion != nil }

    /// The form, and the infusion that was named.
    var form: (form: ReactionForm, infusion: String?) {
        var form = ReactionForm()
        var words = words
        var named = infusion
        // `diary reaction k7q2 headache=2`: what says no value names the infusion.
        if named == nil, let first = words.first, !first.contains("=") {
            named = first
            words.removeFirst()
        }
        form.words = words
        form.did = did
        form.plain.interrupted = interrupted
        form.plain.treated = treated
        form.plain.prolonged = prolonged
        form.plain.hospital = hospital
        form.plain.danger = danger
        form.outcome = outcome
        form.onset = onset
        form.end = end
        form.day = day
        return (form, named)
    }

    static let discussion = """
        A symptom has a grade from 1 to 4, or yes, no, unknown: \
        \(FieldTable.symptoms.joined(separator: ", ")).
        At a site: abdomen-L.pain=4 (0 to 10), abdomen-L.lump=20mm, abdomen-L.redness=yes; \
        also swelling, itch, bruise, leak, ulcer.
        How bad it was is asked in plain words, and the grade follows from the answers.
        """
}
