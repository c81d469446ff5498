internal import SyncCore

/// A request or an answer on its way.
struct Message {
    let exchange: Exchange
    /// Which request of its exchange it is, or answers.
    let round: Int
    let isRequest: Bool
    var bytes: [UInt8]
    /// Cut short: whoever reads it may be mistaken, and has to stay sound.
    var isCut = false
    /// Of an answer: whether the answerer then held all that had been announced, and its incarnation.
    var allHeldBy: Int?
    /// A second copy of a message that was delivered already.
    var isCopy = false
}

extension Section {
    /// With its heads in the order in which they are written, however a store keeps them.
    var asWritten: Section {
        Section(lines: lines, heads: heads.sorted { $0.position < $1.position })
    }
}
