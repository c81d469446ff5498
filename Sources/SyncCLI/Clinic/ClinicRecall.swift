import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic recall`: who has had a lot, and how much of the diaries that answer could see.
struct ClinicRecall: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Searches all diaries for a lot; says who had it, and what could not be seen.",
        discussion: """
            diary clinic recall --product octagam5 K551A8441
            diary clinic recall --product octagam5 K551A8441 --as-of 2016-05-02T12:00Z
            diary clinic recall --repeat 1      asks recall 1 again and says what has changed
            diary clinic recall --list          lists what was asked

            A diary is complete where every device of the patient was heard at --as-of or later. \
            Unless said otherwise that is the beginning of today: who was heard today is complete to \
            the end of yesterday. --as-of now asks for this very minute, and nobody is complete who \
            has not synced since. What names the lot is found whenever it was written. A patient of \
            whom anything is missing is UNKNOWN, never CLEAR. Every search is kept, with who asked.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The lot as printed in the notice; several lots are one search.")
    var lots: [String] = []

    @Option(help: "The product, such as octagam5; once for all lots, or once for each.")
    var product: [String] = []

    @Option(help: "The expiry from the notice, such as 2017-12; once for each lot.")
    var expiry: [String] = []

    @Option(
        help:
            "To when the diaries have to be complete: 2016-05-02T12:00Z, 16:30, now; today if not said."
    )
    var asOf: String?

    @Option(
        help:
            "The first day on which an infusion without the lot matters; 24 months before if not said."
    )
    var from: String?

    @Option(name: .customLong("repeat"), help: "Ask this recall again, and say what has changed.")
    var repeated: Int?

    @Option(help: "Print this recall as it was answered then.")
    var show: Int?

    @Flag(help: "List what was asked.")
    var list = false

    func validate() throws {
        let modes = [!lots.isEmpty, repeated != nil, show != nil, list].filter(\.self).count
        guard modes == 1 else {
            throw ValidationError(
                "Say the lot, with --product; or one of --repeat, --show and --list.")
        }
        let said = !product.isEmpty || !expiry.isEmpty || asOf != nil || from != nil
        guard !lots.isEmpty || !said else {
            throw ValidationError("A recall that is kept is asked again as it was.")
        }
    }

    func run() throws {
        try Output.run("clinic recall", json: options.json) {
            let home = try options.open()
            let search = RecallSearch(home: home, login: try home.staff())
            if list { return try search.list() }
            if let show { return try search.show(show) }
            if let repeated { return try search.again(repeated) }
            try home.require(.recall)
            return try search.ask(question(home))
        }
    }

    private func question(_ home: ClinicHome) throws -> RecallQuery {
        var question = RecallQuestion(now: home.clinic.now, zone: try home.zone())
        question.products = product
        question.lots = lots
        question.expiries = expiry
        question.asOf = asOf
        question.from = from
        return try question.query()
    }
}
