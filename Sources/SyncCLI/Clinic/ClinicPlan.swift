import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic plan`: the treatment plans, signed here and nowhere else.
struct ClinicPlan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Shows a patient's plan, and signs a version of it.",
        subcommands: [Show.self, Sign.self, Nurses.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Shows the plan, every version of it, who signed it, and what is open.",
            discussion: """
                Each version is shown with the infusions that name it: an infusion keeps the version \
                that its writer could see.
                """)

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference, such as P03.")
        var patient: String

        func run() throws {
            try Output.run("clinic plan show", json: options.json) {
                let home = try options.open()
                var reply = Reply("\(patient) has no diary yet.", json: ["plans": []])
                for (number, diary) in try home.diaries(of: patient).enumerated() {
                    let part = try DeskWords(desk: home.desk(diary: diary, act: .seeDiary))
                        .plans(withUse: true)
                    if number == 0 {
                        reply = part
                    } else if part.json["plans"]?.arrayValue?.isEmpty == false {
                        // Of two registrations that were one patient each may have had its plan.
                        reply.say("A further diary of \(patient)'s:")
                        reply.lines += part.lines
                        reply.json["further"] = .array(
                            (reply.json["further"]?.arrayValue ?? []) + [.object(part.json)])
                        reply.note(part.exit)
                    }
                }
                return reply
            }
        }
    }

    struct Nurses: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "nurses",
            abstract: "Says whether nurses may sign plan versions here; for administrators.")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "yes or no.")
        var may: String

        func run() throws {
            try Output.run("clinic plan nurses", json: options.json) {
                guard ["yes", "no"].contains(may.lowercased()) else {
                    throw Refused("Say yes or no.", code: "no_answer", exit: .usage)
                }
                let isYes = may.lowercased() == "yes"
                try options.open().letNursesSignPlans(isYes)
                return Reply(
                    isYes
                        ? "Nurses may sign plan versions at this clinic."
                        : "Only doctors sign plan versions at this clinic.",
                    json: ["nursesSignPlans": .bool(isYes)])
            }
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign", abstract: "Signs a version of a patient's plan; for doctors.",
            discussion: """
                The first version begins the plan; every further one takes over what is not said \
                from the version you were shown, and `none` leaves a thing out. Look first:  \
                diary clinic plan show P03.  A version is never edited.
                """)

        @OptionGroup var options: ClinicOptions
        @OptionGroup var plan: PlanOptions

        @Argument(help: "The patient's reference, such as P03.")
        var patient: String

        @Option(
            name: .customLong("plan"), help: "Which plan, where the patient has two: its handle.")
        var which: String?

        @Flag(help: "A second plan that holds beside the first one.")
        var sibling = false

        @Option(
            help:
                "Why, as a code: started, review, dose_changed, product_changed, side_effects, settled, other."
        )
        var reason: String?

        @Option(help: "Why, in words; they are kept as a note.")
        var why: String?

        @Flag(help: "Go on although more has come than you were shown.")
        var yes = false

        func run() throws {
            try Output.run("clinic plan sign", json: options.json) {
                let home = try options.open()
                let diary = try home.clinic.diary(ofPatient: patient, by: home.staff())
                let desk = try home.desk(diary: diary, act: .signPlan)
                let signing = PlanSigning(
                    desk: desk, patient: patient, which: which, isSibling: sibling, yes: yes)
                return try signing.sign(plan.form, reason: reason, why: why)
            }
        }
    }
}

/// Everything that a version of a plan may say.
struct PlanOptions: ParsableArguments {
    @Option(help: "The local day from which it holds; today if not said.")
    var from: String?

    @Option(
        help: """
            The first day on which it holds no more, where the treatment ends or pauses; nothing is \
            due from then on.
            """)
    var ends: String?

    @Option(help: "The patient's time zone, such as Europe/London.")
    var zone: String?

    @Option(help: "mmn, cidp, pid, sid or other.")
    var indication: String?

    @Option(help: "The product, such as hizentra.")
    var product: String?

    @Option(help: "Products that may take its place, with commas between.")
    var substitutes: String?

    @Option(help: "iv, sc or fsc.")
    var route: String?

    @Option(help: "The dose of one interval, all parts together, such as 32g.")
    var dose: String?

    @Option(help: "The interval, such as 7d.")
    var every: String?

    @Option(help: "In how many infusions a dose is given.")
    var parts: String?

    @Option(help: "The body weight it rests on, in kg.")
    var weight: String?

    @Option(help: "The dose for each kg, in g/kg: a check.")
    var dosePerKg: String?

    @Option(help: "fixed or rolling.")
    var due: String?

    @Option(help: "Days either way that are in time.")
    var grace: String?

    @Option(help: "Sites at most.")
    var maxSites: String?

    @Option(help: "mL at one site at most.")
    var maxPerSite: String?

    @Option(help: "mL/h at one site at most.")
    var maxRatePerSite: String?

    @Option(help: "Rate steps as minutes=mL/kg/h: 30=0.5,30=1.")
    var rateSteps: String?

    @Option(help: "A ramp as day=dose: 0=7.5g,7=15g.")
    var ramp: String?

    @Option(help: "A taper as day=dose or interval, and why: 2026-05-01=28.8g:stable.")
    var taper: String?

    @Option(help: "Medicines before it, as name=mg:minutes: paracetamol=1000:30.")
    var premeds: String?

    @Option(
        help: """
            Items of the checklist with the answer that is a concern, and what is said then: \
            feels_well=no:Ring us first.
            """)
    var checks: String?

    @Option(help: "Measures and how often: grip_l=7d,grip_r=7d.")
    var measures: String?

    @Option(help: "A rule when to stop, in the clinic's words.")
    var stopRule: [String] = []

    @Option(help: "The emergency number.")
    var emergencyPhone: String?

    @Option(help: "The clinic's number.")
    var clinicPhone: String?

    @Option(help: "The IgG to reach, in g/L.")
    var targetIgg: String?

    var form: PlanForm {
        var form = PlanForm()
        form.from = from
        form.ends = ends
        form.zone = zone
        form.indication = indication
        form.product = product
        form.substitutes = substitutes
        form.route = route
        form.dose = dose
        form.every = every
        form.parts = parts
        form.weight = weight
        form.dosePerKilogram = dosePerKg
        form.due = due
        form.grace = grace
        form.maxSites = maxSites
        form.maxPerSite = maxPerSite
        form.maxRatePerSite = maxRatePerSite
        form.rateSteps = rateSteps
        form.ramp = ramp
        form.taper = taper
        form.premedications = premeds
        form.checks = checks
        form.measures = measures
        form.stopRules = stopRule
        form.emergencyPhone = emergencyPhone
        form.clinicPhone = clinicPhone
        form.targetIgG = targetIgg
        return form
    }
}
