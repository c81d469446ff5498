public import SyncCore

/// All trainings of a diary, by trainee.
public struct TrainingBook: Sendable {
    private let trainings: [Dated]
    /// Trainings in a form that is not known here, or that name no trainee or skill.
    public let notUnderstood: [EntryID]

    /// One training with each candidate of its result.
    private struct Dated {
        let training: Training
        let day: CivilDate
        let trainee: EntryID
        let route: Route
        let results: [TrainingResult]
        /// The entry stands, whatever its results are.
        let stands: Bool
        let order: TimeOrder

        /// The results of which each may be the right one, as far as they speak for the trainee.
        var best: [TrainingResult] {
            isCertain ? results : results.filter { $0.code != TrainingResult.withdrawn }
        }

        /// As far as they speak against the trainee: of several sign-offs the one that ends first.
        var worst: [TrainingResult] {
            if isCertain { return results }
            if stands, results.allSatisfy(\.isSignOff) {
                let first = results.min { left, right in
                    guard let leftEnd = left.validUntil?.date else { return false }
                    return right.validUntil.map { leftEnd < $0.date } ?? true
                }
                return [first].compactMap(\.self)
            }
            return results.filter { $0.code == TrainingResult.withdrawn }
        }

        private var isCertain: Bool { stands && results.count == 1 }
    }

    /// Reads entries of kind training; those of another kind, and voided ones, are passed over.
    public init(_ views: some Sequence<EntryView>, zone: some ZoneRules) {
        let views = views.filter { $0.kind == EntryKind.training.rawValue }
        let standings = CountingEntries(views)
        var trainings: [Dated] = []
        var odd: [EntryID] = []
        for view in views {
            let id = view.entry.id
            guard let standing = standings[id], standing.isLive else { continue }
            let training = Training(fields: view.settledFields)
            let candidates = view.distinctCandidates("result")
            let results = candidates.compactMap { candidate in
                candidate.value.json.flatMap { TrainingResult(json: $0) }
            }
            guard let trainee = training.trainee, let route = training.skill?.route,
                let start = training.time?.start, !results.isEmpty,
                results.count == candidates.count
            else {
                odd.append(id)
                continue
            }
            trainings.append(
                Dated(
                    training: training, day: start.day(in: zone) ?? start.wall.date.endOfMonth,
                    trainee: trainee, route: route, results: results,
                    stands: standing == .counts,
                    order: TimeOrder(start: start, writtenMs: 0, entry: id, zone: zone)))
        }
        self.trainings = trainings.sorted { $0.order < $1.order }
        notUnderstood = odd.sorted()
    }

    /// How a person's sign-off for a route stands on a day.
    ///
    /// Of several sign-offs the one that holds longest counts, but for those that were taken back on
    /// their day or later.
    public func status(of trainee: EntryID, route: Route, on day: CivilDate) -> TrainingStatus {
        let own = trainings.filter { $0.trainee == trainee && $0.route == route && $0.day <= day }
        let worst = Self.status(own, on: day) { $0.worst }
        let best = Self.status(own, on: day) { $0.best }
        return best.isValid == worst.isValid ? worst : .inQuestion
    }

    private static func status(
        _ trainings: [Dated], on day: CivilDate, results: (Dated) -> [TrainingResult]
    ) -> TrainingStatus {
        let taken = trainings.filter { training in
            results(training).contains { $0.code == TrainingResult.withdrawn }
        }.map(\.day).max()
        let ends = trainings.flatMap { training -> [CivilDate?] in
            if let taken, training.day <= taken { return [] }
            return results(training).filter(\.isSignOff).map { $0.validUntil?.date }
        }
        guard !ends.isEmpty else { return taken.map { .withdrawn($0) } ?? .notKnown }
        guard !ends.contains(nil), let end = ends.compactMap(\.self).max() else {
            return .valid(until: nil)
        }
        if end < day { return .ended(end) }
        let left = end.daysSinceEpoch - day.daysSinceEpoch
        return left <= TrainingStatus.soonDays ? .endsSoon(end) : .valid(until: end)
    }

    /// Whether whoever infused had a valid sign-off that day; nil where nobody says who infused, or how.
    ///
    /// - Parameter patient: the patient's `person` entry, which `self` stands for.
    public func isTrained(
        _ infusion: Infusion, patient: EntryID?, zone: some ZoneRules
    ) -> Bool? {
        guard infusion.infusedBy?.code == .`self`, let route = infusion.route?.value,
            let day = infusion.time?.start.day(in: zone)
        else { return nil }
        guard let person = infusion.infusedBy?.author ?? patient else { return false }
        return status(of: person, route: route, on: day).isValid
    }

    /// The last day on which a person was trained for a route, for the cycle of retraining.
    public func lastTraining(of trainee: EntryID, route: Route) -> CivilDate? {
        trainings.filter { $0.trainee == trainee && $0.route == route }.map(\.day).max()
    }

    /// Everybody who was trained, with the routes, in order.
    public var trainees: [(person: EntryID, route: Route)] {
        var seen: Set<[JSONValue]> = []
        return trainings.filter { seen.insert([$0.trainee.json, $0.route.json]).inserted }
            .map { ($0.trainee, $0.route) }
    }

    /// What a person can do of a route, the furthest level that was ever certain for each step.
    public func competencies(of trainee: EntryID, route: Route) -> [Training.NamedCompetency] {
        var furthest: [String: Competency] = [:]
        for training in trainings where training.trainee == trainee && training.route == route {
            for competency in training.training.competencies {
                let known = furthest[competency.code]
                if known.map({ $0.rank < competency.level.rank }) ?? true {
                    furthest[competency.code] = competency.level
                }
            }
        }
        return furthest.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { Training.NamedCompetency(code: $0.key, level: $0.value) }
    }
}

extension Competency {
    fileprivate var rank: Int {
        switch self {
        case .seen: 0
        case .done: 1
        case .independent: 2
        }
    }
}
