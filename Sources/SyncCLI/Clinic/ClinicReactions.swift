import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore

/// `diary clinic reactions`: how infusions are borne, of all patients or of one.
struct ClinicReactions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reactions",
        abstract: "Lists reactions, red flags first, with rates by patient, product and lot.",
        discussion: """
            diary clinic reactions --staff r.evans            of all patients, the last 12 months
            diary clinic reactions P03 --months 24 --staff r.evans

            A rate counts infusions that were written down, and nothing of a lot given to few people. What \
            has not come yet is in none of them.
            """)

    @OptionGroup var options: ClinicOptions

    @Argument(help: "The patient's reference, such as P03; all patients if not said.")
    var patient: String?

    @Option(help: "How many months it looks back.")
    var months = 12

    func run() throws {
        try Output.run("clinic reactions", json: options.json) {
            guard (1...1200).contains(months) else {
                throw Refused("--months is a number from 1 on.", code: "usage", exit: .usage)
            }
            let home = try options.open()
            let today = try home.zone().day(atMs: StoreOptions.clock.now)
            let window = DayWindow(
                from: today.adding(months: -months), until: today.adding(days: 1))
            let cares = try home.cares(
                "reactions", of: patient, since: window.from, days: window
            ) { $0 }
            return ReactionOverview(cares, in: window).reply
        }
    }
}

/// What the reactions of some patients come to.
private struct ReactionOverview {
    private let cares: [PatientCare]
    private let window: DayWindow
    private let rates: [ReactionsPerInfusion]
    private let lots: ReactionsByLot

    init(_ cares: [PatientCare], in window: DayWindow) {
        self.cares = cares
        self.window = window
        rates = cares.map { ReactionsPerInfusion($0.record, in: window, zone: $0.zone) }
        lots = ReactionsByLot.sum(
            cares.map { care in
                ReactionsByLot(
                    reactions: care.record.reactions,
                    InfusionLedger(care.record.infusions, zone: care.zone),
                    infusions: care.record.infusions, in: window)
            })
    }

    private var list: ReactionList { ReactionList(cares.map(\.reactions)) }

    var reply: Reply {
        let items = list.sorted
        let flagged = items.count { !$0.reading.redFlags.isEmpty }
        var reply = Reply(
            "\(items.count) \(items.count == 1 ? "reaction" : "reactions") since "
                + "\(window.from.longWords), \(flagged) with a red flag.")
        reply.lines += items.flatMap { $0.lines(emergencyPhone: nil, clinicPhone: nil) }
        reply.say("By patient:")
        for (care, rate) in zip(cares, rates) {
            reply.lines += DeskWords.fitted("  \(care.reference): \(rate.words)")
        }
        reply.say("By product, and of its lots those with a reaction:")
        reply.lines += lots.lines().flatMap { DeskWords.fitted("  \($0)") }
        reply.json = [
            "entries": list.json, "from": .string(window.from.description),
            "lots": .array(lots.rows.map(\.json)),
            "patients": .array(
                zip(cares, rates).map { care, rate in
                    ["patient": .string(care.reference), "rate": rate.json]
                }), "until": .string(window.until.description),
        ]
        return reply
    }
}
