import SyncCore

/// What R4 has no resource for, or what a newer version wrote: `Basic`, with every field as an extension.
///
/// Training is among it: a sign-off is no document, and a `DocumentReference` would have to point to one.
struct FHIRBasic {
    private let common: FHIREntry

    init(_ common: FHIREntry) { self.common = common }

    var resource: FHIRObject {
        var basic = common.resource("Basic", FHIRFields(common.entry).rest)
        basic.set("code", object: FHIRParts.concept("kind", common.entry.kind))
        basic.set("subject", object: common.subject)
        let recorded = common.entry.recorded
        let local = InstantText.local(
            recorded.milliseconds, offsetMinutes: Int64(recorded.offset))
        // A bare date: the instant stands in the provenance.
        basic.set("created", local.map { .text(String($0.prefix(10))) })
        if let author = common.entry.begun?.envelope.author {
            basic.set("author", object: FHIRReferences(common.diary).person(author))
        }
        return basic
    }
}
