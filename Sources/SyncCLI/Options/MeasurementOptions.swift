import ArgumentParser
import DiaryDesk
import DiaryModel

/// What can be said of a measurement on the command line, at home and at the clinic.
struct MeasurementOptions: ParsableArguments {
    @Argument(help: "The measure, such as grip_l, walk10m, weight, igg_trough, infections.")
    var measure: String?

    @Argument(
        help: ArgumentHelp(
            "Its value: 54.1, all attempts as 54.1,52.0,55.3, 24kg, 2/3, unable, unknown."))
    var value: String?

    @Option(help: "How one number came of several attempts: best, mean or other.")
    var method: String?

    @Option(help: "That number as it was written down, where it does not follow exactly.")
    var figure: String?

    @Option(help: "What was used to walk.")
    var aid: String?

    @Option(help: "Which muscles were tested: six_pairs or six_pairs_fdi.")
    var set: String?

    @Option(help: "A single muscle, such as shoulder-L=5.")
    var muscle: [String] = []

    @Option(help: "The I-RODS centile, read from a table.")
    var centile: String?

    @Option(help: "The published table it was read from.")
    var table: String?

    @Option(help: "Whose scale: home or clinic.")
    var scale: String?

    @Option(help: "When the infusion before the blood sample began.")
    var lastInfusion: String?

    @Option(help: "When the infusion after the blood sample began, or will.")
    var nextInfusion: String?

    @Option(help: "The first day of the time that is counted.")
    var from: String?

    @Option(help: "Its last day.")
    var to: String?

    @Option(name: [.customLong("at"), .customLong("start")], help: "When it was, if not now.")
    var start: String?

    @Option(help: "The day, if not today.")
    var day: String?

    @Option(help: "A note that goes with it.")
    var note: String?

    /// The form; nil where no value was said.
    func form(scale home: String) -> MeasurementForm? {
        guard let measure, let value else { return nil }
        var form = MeasurementForm(measure: measure, value: value)
        form.method = method
        form.figure = figure
        form.aid = aid
        form.muscleSet = set
        form.muscles = muscle
        form.centile = centile
        form.table = table
        form.scale = scale ?? home
        form.lastInfusion = lastInfusion
        form.nextInfusion = nextInfusion
        form.from = from
        form.to = to
        form.start = start
        form.day = day
        return form
    }

    static let discussion = """
        Measures: \(FieldTable.measures.joined(separator: ", ")).
        Units: grip_l and grip_r in kPa; grip_force_l and grip_force_r as 24kg or 53lbf; walk10m in \
        seconds, or unable; weight in kg; igg_trough in g/L or as 1250mg/dL; incat and onls as \
        arm/leg, such as 2/3. Nothing is converted between instruments.
        """
}
