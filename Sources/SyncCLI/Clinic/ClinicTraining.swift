import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic training`: who was trained, signed by a nurse or a doctor.
struct ClinicTraining: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training",
        abstract: "Lists a patient's trainings, signs one, and says who is due for the next.",
        subcommands: [All.self, Due.self, Sign.self])

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the trainings of a patient.")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference, such as P03.")
        var patient: String

        func run() throws {
            try Output.run("clinic training list", json: options.json) {
                let home = try options.open()
                var reply = Reply()
                for diary in try home.diaries(of: patient) {
                    let desk = try home.desk(diary: diary, act: .seeDiary)
                    reply.add(
                        try DeskWords(desk: desk).trainings(
                            empty: "No training of \(patient) is known."))
                }
                return reply
            }
        }
    }

    struct Due: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "due",
            abstract: "Lists whose sign-off ends soon, has ended or never was, over all patients.",
            discussion: """
                Whoever is listed goes on recording; an ended sign-off locks nothing.
                """)

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference; all if not said.")
        var patient: String?

        @Option(help: "The day that is asked about; today if not said.")
        var on: String?

        func run() throws {
            try Output.run("clinic training due", json: options.json) {
                let home = try options.open()
                var rows: [(reference: String, trained: TrainedPerson)] = []
                for (reference, diary) in try home.patientDiaries(of: patient) {
                    let desk = try home.desk(diary: diary, act: .seeDiary)
                    let day = try on.map { try TypedDay($0, today: desk.today).day } ?? desk.today
                    rows += try desk.read("training") { try $0.trained(on: day) }
                        .filter(\.isDue).map { (reference, $0) }
                }
                var reply = Reply()
                for row in rows {
                    reply.say("\(row.reference)  \(TrainingLines(trained: row.trained).sentence)")
                }
                reply.say(
                    rows.isEmpty
                        ? "Nobody is due for a training."
                        : "diary clinic training sign PATIENT  signs the next one.")
                reply.json["due"] = .array(
                    rows.map { row in
                        var object = TrainingLines(trained: row.trained).json
                        object["patient"] = .string(row.reference)
                        return .object(object)
                    })
                return reply
            }
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign",
            abstract: "Signs a training of a patient or a carer; for nurses and doctors.",
            discussion: """
                diary clinic training sign P03 --route sc --technique pump \
                --competency priming=independent --result signed_off --valid-until 2028-03-29
                """)

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference, such as P03.")
        var patient: String

        @Option(help: "Who was trained, by name; the patient if not said.")
        var trainee: String?

        @Option(help: "The route: iv, sc or fsc.")
        var route: String?

        @Option(help: "The technique, such as pump.")
        var technique: String?

        @Option(help: "A skill, such as priming=independent; seen, done or independent.")
        var competency: [String] = []

        @Option(help: "How it ended: \(TrainingForm.results.joined(separator: ", ")).")
        var result: String?

        @Option(help: "Who trained, by name.")
        var trainer: String?

        @Option(help: "Who assessed, by name; whoever signs if not said.")
        var assessor: String?

        @Option(help: "How many infusions were watched.")
        var witnessed: String?

        @Option(help: "The last day on which it holds.")
        var validUntil: String?

        @Option(help: "The day, if not today.")
        var day: String?

        @Option(help: "A note that goes with it.")
        var note: String?

        func run() throws {
            try Output.run("clinic training sign", json: options.json) {
                let home = try options.open()
                let diary = try home.clinic.diary(ofPatient: patient, by: home.staff())
                let desk = try home.desk(diary: diary, act: .signTraining)
                let recording = Recording(
                    desk: desk, name: patient, place: "Signed at the clinic.")
                return try recording.save(.training, note: note) { context, warnings in
                    try form(signedBy: desk.pen.author).fields(context, warnings: &warnings)
                }
            }
        }

        private func form(signedBy signer: EntryID?) -> TrainingForm {
            var form = TrainingForm()
            form.trainee = trainee
            form.route = route
            form.technique = technique
            form.competencies = competency
            form.result = result
            form.trainer = trainer
            form.assessor = assessor
            form.signer = signer
            form.witnessed = witnessed
            form.validUntil = validUntil
            form.day = day
            return form
        }
    }
}
