import DiaryModel
import DiaryStore
public import SyncCore

/// The product and lot that a notice names, as they are looked for.
public struct NoticeQuery: Sendable {
    let product: ProductKey
    let key: LotKey

    /// Nil where nothing comparable is left of the lot.
    public init?(_ notice: JSONValue) {
        guard let product = notice["product"].flatMap({ ProductKey(json: $0) }),
            let key = notice["lot"]?.stringValue.flatMap({ LotKey($0) })
        else { return nil }
        self.product = product
        self.key = key
    }
}

/// What of a notice stands in a patient's diaries: why they are told.
///
/// Every vial line ever written counts, also voided and replaced ones; a near miss of the lot under the
/// same product is reached by the product. It is no recall search and settles nothing.
public struct NoticeReach: Sendable, Equatable {
    /// A vial line names exactly this lot, under whatever product.
    public private(set) var lot = false
    /// A vial line names the product.
    public private(set) var product = false
    /// The plan names the product.
    public private(set) var plan = false
    /// The same notice stands there already.
    public private(set) var isTold = false

    public init() {}

    /// Whether there is a reason to tell this patient.
    public var isSomething: Bool { lot || product || plan }

    /// Adds what another of the patient's diaries says; told they are in the one that new entries go to.
    public mutating func add(_ other: NoticeReach, isMain: Bool) {
        lot = lot || other.lot
        product = product || other.product
        plan = plan || other.plan
        if isMain { isTold = other.isTold }
    }

    /// “the lot stands in the diary, the product is on the plan”.
    public var words: String {
        var parts: [String] = []
        if lot { parts.append("the lot stands in the diary") }
        if product { parts.append("the product stands in the diary") }
        if plan { parts.append("the product is on the plan") }
        return parts.joined(separator: ", ")
    }

    fileprivate mutating func read(line: JSONValue, _ query: NoticeQuery) {
        if line["product"].flatMap({ ProductKey(json: $0) }) == query.product { product = true }
        if line["lot"]?.stringValue.flatMap({ LotKey($0) }) == query.key { lot = true }
    }

    fileprivate mutating func read(plan: JSONValue, _ query: NoticeQuery) {
        let substitutes = plan["substitutes"]?.arrayValue ?? []
        let named = [plan["product"]].compactMap(\.self) + substitutes
        if named.contains(where: { ProductKey(json: $0) == query.product }) { self.plan = true }
    }

    fileprivate mutating func read(notice: JSONValue, _ query: NoticeQuery) {
        guard let other = NoticeQuery(notice) else { return }
        if other.product == query.product, other.key == query.key { isTold = true }
    }
}

extension Reading {
    /// What of a notice stands in this diary.
    public func reach(of query: NoticeQuery) throws -> NoticeReach {
        var reach = NoticeReach()
        let kinds = [EntryKind.infusion, .stock, .plan, .notice].map(\.rawValue)
        for summary in try transaction.entries(in: diary, kinds: kinds) {
            if summary.kind == EntryKind.notice.rawValue {
                guard summary.status == .active, let view = try view(of: summary.position),
                    let notice = view["notice"]
                else { continue }
                reach.read(notice: notice, query)
                continue
            }
            for event in try transaction.events(of: summary.position, in: diary) {
                for member in event.line.body?.set.members ?? [] {
                    if member.key.hasPrefix("vials.") { reach.read(line: member.value, query) }
                    if member.key == "plan" { reach.read(plan: member.value, query) }
                }
            }
        }
        return reach
    }
}
