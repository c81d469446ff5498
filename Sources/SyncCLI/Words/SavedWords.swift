import DiaryStore
import DiaryDesk
import DiaryModel
import SyncCore

extension DeskWords {
    /// What was saved, where it is, and how to take it back.
    ///
    /// - Parameter unclear: what was so in what was typed, such as a time that came twice.
    func saved(
        _ written: Desk.Written<Desk.Saved>, for name: String, where place: String = "Saved here.",
        unclear: [Warning] = []
    ) throws -> Reply {
        let entry = written.result.entry
        let (reply, printed): (Reply, EntryView) = try desk.read("show") { reading in
            guard let view = try reading.view(of: entry) else {
                throw DeskError.noSuchEntry(Handle(of: entry).text)
            }
            let handle = try reading.handles().handle(of: entry)
            let words = entryWords(view)
            var line = "\(place)  \(handle)  \(words.span)  "
            if view.kind == "infusion" {
                line += infusionSummary(view)
            } else {
                line += words.what
            }
            var reply = Reply(line + "  for \(name)")
            let warnings = unclear + written.result.warnings
            if view.kind == "infusion", view.fields["visualCheck"] == nil,
                InfusionReading(view).infusion.outcome?.code != .notDone
            {
                reply.say("Noted with it: solution check \"not asked\".")
            }
            for warning in warnings {
                reply.say("Noted with it: \(warning.sentence)")
            }
            if written.continuedAsNewReplica { reply.say(Self.continuedSentence) }
            reply.json = viewJSON(view, handle: handle)
            reply.json["for"] = .string(name)
            reply.json["warnings"] = .array(
                warnings.map {
                    [
                        "code": .string($0.code.rawValue), "field": .string($0.field),
                        "seen": $0.seen,
                    ]
                })
            return (reply, view)
        }
        // The entry is saved, whatever becomes of the note that it was shown.
        try? desk.markShown(printed)
        return reply
    }

    static let continuedSentence =
        "This diary has been put back or copied since it was last written; it goes on as a new writer."

    private func infusionSummary(_ view: EntryView) -> String {
        let reading = InfusionReading(view)
        if let outcome = reading.infusion.outcome, outcome.code == .notDone { return outcome.words }
        let vials = reading.infusion.lines.compactMap { $0.line.count?.value }
            .reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
        let lots = reading.lots.count
        return "\(reading.milligrams)  \(lots) \(lots == 1 ? "lot" : "lots"), \(vials) vials"
    }
}
