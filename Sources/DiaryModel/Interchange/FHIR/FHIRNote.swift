import SyncCore

/// A note: a `Communication`, with what it is about.
struct FHIRNote {
    private let common: FHIREntry

    init(_ common: FHIREntry) { self.common = common }

    var resource: FHIRObject {
        let references = FHIRReferences(common.diary)
        var fields = FHIRFields(common.entry)
        let text: PrintedText? = fields.take("text")
        let about = common.entry.settled("about")
        let subject = about?["entry"].flatMap { EntryID(json: $0) }
        if subject != nil, about?.objectValue?.count == 1 { fields.told("about") }

        var note = common.resource("Communication", fields.rest)
        note.set("status", .text(common.status(otherwise: "completed")))
        note.set("statusReason", object: common.voidReason)
        note.set("subject", object: references.patient)
        note.set("about", list: subject.map { [references.entry($0)] } ?? [])
        FHIRTime.setInstant(common.entry.recorded, as: "sent", in: &note)
        if let author = common.entry.begun?.envelope.author {
            note.set("sender", object: references.person(author))
        }
        if let text, !text.text.isEmpty {
            note.set("payload", list: [["contentString": .text(text.text)]])
        }
        return note
    }
}
