/// How far a device's logs are relied on.
public struct Trust: Sendable, Equatable {
    /// Each list that has to cover an event; empty for all, nil for nothing at all.
    private let lists: [Coverage]?

    private init(lists: [Coverage]?) { self.lists = lists }

    public static let all = Trust(lists: [])
    public static let none = Trust(lists: nil)

    /// What stands in `trusted`: every candidate has to trust an event, `all` does not narrow.
    static func agreed(by candidates: [Coverage?]) -> Trust {
        candidates.isEmpty ? .none : Trust(lists: candidates.compactMap { $0 })
    }

    /// What both rely on.
    func narrowed(by other: Trust) -> Trust {
        guard let lists, let others = other.lists else { return .none }
        return Trust(lists: lists + others)
    }

    public func covers(_ place: LogPlace) -> Bool {
        lists?.allSatisfy { $0.contains(place) } ?? false
    }

    public var isAll: Bool { lists?.isEmpty ?? false }
}
