/// How much one message carries.
public struct PageLimit: Sendable, Equatable {
    /// Bytes of lines, newlines counted. A page has at least one section.
    public let bytes: Int

    public init(bytes: Int) { self.bytes = bytes }

    /// What a message over HTTP carries: 1 MiB of lines.
    public static let http = PageLimit(bytes: 1024 * 1024)
    /// A bundle has no page limit.
    public static let bundle = PageLimit(bytes: .max)
}

/// What one side sends: sections beyond what the other is known to hold, up to a page.
///
/// Stored sections are never cut. Neighbours are joined up to the section limit, so that a long diary
/// that was written one event at a time travels under a few signatures.
public struct SectionOffer: Sendable {
    public private(set) var sections: [Section] = []
    /// The tips of each section offered: its heads' positions.
    public private(set) var tips: [[Position]] = []
    /// Whether sections are left for a next page.
    public private(set) var hasMore = false
    private var length = 0
    private var open: (section: Section, heads: [PlacedHead], length: Int)?

    init() {}

    /// Whether nothing was left to offer.
    public var isEmpty: Bool { sections.isEmpty }

    /// Adds a section if the page has room for it; at least one always has.
    mutating func add(_ section: StoredSection, page: PageLimit, tree: LogTree) -> Bool {
        let added = section.lines.reduce(0) { $0 + $1.bytes.count + 1 }
        let total = length.addingReportingOverflow(added)
        guard length == 0 || (!total.overflow && total.partialValue <= page.bytes) else {
            hasMore = true
            return false
        }
        length = total.partialValue
        // Changed in place: a copy of what is open would be made for every section that joins it.
        if let open = open?.length, open + added <= Section.lengthLimit {
            for line in section.lines { self.open?.section.lines.append(line.bytes) }
            self.open?.heads += section.heads
            self.open?.length += added
        } else {
            flush(tree)
            open = (Section(lines: section.lines.map(\.bytes), heads: []), section.heads, added)
        }
        return true
    }

    /// Closes the last section with the last head of each branch.
    mutating func flush(_ tree: LogTree) {
        guard let open else { return }
        var section = open.section
        let heads = open.heads
        self.open = nil
        let tops = Set(Coverage(heads.map(\.place), in: tree).tops(in: tree))
        section.heads = heads.filter { tops.contains($0.place) }.map(\.head)
        sections.append(section)
        tips.append(section.heads.map(\.position))
    }
}

extension EventStore {
    /// Sections beyond `known`, joined, up to a page.
    public func offer(beyond known: Coverage, page: PageLimit) throws -> SectionOffer {
        var offer = SectionOffer()
        try forEachSection(beyond: known) { offer.add($0, page: page, tree: tree) }
        offer.flush(tree)
        return offer
    }
}
