public import DiaryModel
import DiaryStore

/// What a form is read with: the clock, the zone of days, the products, and who is in the diary.
public struct FormContext: Sendable {
    public let now: Int64
    public let zone: TZif
    public let catalogue: Catalogue
    public var people: [Person]

    public init(now: Int64, zone: TZif, catalogue: Catalogue, people: [Person] = []) {
        self.now = now
        self.zone = zone
        self.catalogue = catalogue
        self.people = people
    }

    var today: CivilDate { zone.day(atMs: now) }

    /// The one person of this name; nil where there is none, or several are called so.
    func person(named typed: String) -> Person? {
        let found = people.filter { $0.name.lowercased() == typed.trimmed.lowercased() }
        return found.count == 1 ? found.first : nil
    }
}

extension Reading {
    /// What a form is read with, where somebody is looking already.
    public func formContext(at desk: Desk) throws -> FormContext {
        FormContext(
            now: desk.clock.now, zone: zone, catalogue: desk.catalogue,
            people: try people().people)
    }
}

extension Desk {
    /// What a form is read with at this desk.
    public func formContext() throws -> FormContext {
        try database.read {
            try Reading($0, diary: diary, zone: zone).formContext(at: self)
        }
    }
}
