import SyncCore

/// An entry on a person's page: what it showed, and the context of what is written from it.
struct Form {
    let machine: Machine
    let entry: Position
    /// The events on that page.
    let page: [Position]
    /// Those that counted.
    let seen: Set<EventID>
    let context: [Position]
    let view: EntryView
    /// What the person means to do.
    var intent: Occurrence?

    var status: EntryView.Status { view.status }
}
