import SyncCore

/// What one event says in one vial line, whether it can be read here or not.
struct VialStatement {
    let event: Position
    /// `vials.1`.
    let field: String
    /// Nil where the event's body was erased.
    let value: JSONValue?
    let standing: LotSighting.Standing
    /// How it came into the diary: by the line, else by what was said with the event.
    let method: EntryMethod?

    /// Everything that the events of an entry say in vial lines, in order of events and fields.
    static func all(in events: [StoredEvent], of view: EntryView) -> [VialStatement] {
        let toReview = Set(view.toReview)
        let lines = events.map(\.line).filter { $0.envelope.fields.contains(where: isVials) }
        return lines.sorted { $0.position < $1.position }.flatMap { line -> [VialStatement] in
            let body = line.body
            let about = body?.about["entryMethod"].flatMap { EntryMethod(json: $0) }
            return line.envelope.fields.filter(isVials).map { field in
                let position = line.position
                let value = body?.set[field]
                let stands =
                    view.fields[field]?.candidates.contains { $0.event == position } ?? false
                return VialStatement(
                    event: position, field: field, value: value,
                    standing: toReview.contains(position)
                        ? .toReview : stands ? .current : .replaced,
                    method: value?["entryMethod"].flatMap { EntryMethod(json: $0) } ?? about)
            }
        }
    }

    static func isVials(_ field: String) -> Bool { field.hasPrefix("vials.") }

    var isErased: Bool { value == nil }
    /// The line was taken out.
    var isRemoval: Bool { value?.isNull ?? false }
    /// The line in a form that is known here.
    var line: VialLine? { value.flatMap { VialLine(json: $0) } }
    /// Something stands there that only a newer version can read.
    var isUnreadable: Bool { !isErased && !isRemoval && line == nil }

    /// Nil where the line does not say it, or not in a form that is known here.
    var product: ProductKey? { value?["product"].flatMap { Said<ProductKey>(json: $0) }?.value }
    var productText: PrintedText? { value?["productText"].flatMap { PrintedText(json: $0) } }

    /// The lot as printed, also from a line that cannot be read otherwise.
    var lot: PrintedText? {
        guard let text = value?["lot"]?.stringValue, !text.isEmpty else { return nil }
        return PrintedText(text)
    }

    var expiry: Expiry? { value?["expiry"].flatMap { Expiry(json: $0) } }
    var isHyaluronidase: Bool { line?.component?.value == .hy }
}
