import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncClient
import SyncCore

/// `diary due`: what comes next by the plan.
struct Due: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "Says what is due next by the plan, and on what that rests.",
        discussion: """
            It shows the plan that a doctor has signed and tells nobody to infuse. Where people \
            disagree about the plan no day is worked out, and where another device writes in this \
            diary it is asked first whether the dose has been recorded there.
            """)

    @OptionGroup var store: StoreOptions

    func run() throws {
        try Output.run("due", json: store.json) {
            var reply = try store.openDevice().due().reply
            let questions = reply.json["questions"]?.arrayValue ?? []
            if store.check, !questions.isEmpty { reply.note(.waits) }
            return reply
        }
    }
}

extension DeviceHome {
    /// What is due by the plans of the patient, all diaries of theirs on one timeline.
    func due() throws -> DuePage {
        let patient = try patient()
        let (desk, main) = try desk()
        let diaries = try patient.all.map { ($0.id, try zone(of: $0.id)) }
        return try database.read { transaction in
            let readings = try diaries.map { diary, zone in
                try Reading(transaction, diary: diary, zone: zone)
            }
            guard let first = readings.first else {
                throw Refused("No diary has begun here.", code: "no_diary")
            }
            let devices = try readings.flatMap { reading in
                try reading.transaction.entries(
                    in: reading.diary, kinds: [Vocabulary.replicaKind])
            }
            let confirmed = try ClinicLink.confirmation(of: main.id, in: transaction)
            return DuePage(
                treatment: try Treatment(of: readings, at: clock.now, withStock: true),
                people: try first.people(), handles: try first.handles(),
                others: try readings.flatMap { try $0.otherDevices() },
                began: devices.map(\.atMs).min().map { first.zone.day(atMs: $0) },
                syncedMs: confirmed?.receipt.milliseconds,
                silence: try ClinicLink.silence(of: main.id, in: transaction),
                recalled: try readings.flatMap { try $0.recalledLots() },
                words: DeskWords(desk: desk))
        }
    }
}
