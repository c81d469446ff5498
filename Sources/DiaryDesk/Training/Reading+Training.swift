public import DiaryModel
import DiaryStore
public import SyncCore

/// How a person of a diary is trained for a route, on the day that was asked about.
public struct TrainedPerson: Sendable {
    /// The `person` entry; nil where the diary has a plan and nobody was ever trained.
    public let person: EntryID?
    public let name: String
    public let route: Route
    public let status: TrainingStatus
    public let competencies: [Training.NamedCompetency]
    /// When the cycle of retraining comes round.
    public let retraining: ReviewCycle.Due
}

extension Reading {
    /// All trainings of this diary.
    public func trainingBook() throws -> TrainingBook {
        TrainingBook(try views(of: [.training]), zone: zone)
    }

    /// Whether the patient who infused had a valid sign-off that day; nil where somebody else did, and in
    /// a diary whose clinic keeps no trainings there, or that has none: it would be warned for ever.
    func isTrained(_ infusion: Infusion) throws -> Bool? {
        guard infusion.infusedBy?.code == .`self`, try transaction.pinnedClinic(in: diary) != nil
        else { return nil }
        let book = try trainingBook()
        guard !book.trainees.isEmpty else { return nil }
        let patients = try people().people.filter { $0.role == .patient }
        let patient = patients.count == 1 ? patients.first?.entry : nil
        return book.isTrained(infusion, patient: patient, zone: zone)
    }

    /// Who was trained for what, and how that stands on a day.
    ///
    /// A route of the plan for which nobody was ever trained stands there with nobody's name.
    public func trained(on day: CivilDate) throws -> [TrainedPerson] {
        let book = try trainingBook()
        let people = try people()
        let trained = book.trainees.map { person, route in
            TrainedPerson(
                person: person, name: people.person(person)?.name ?? Handle(of: person).text,
                route: route, status: book.status(of: person, route: route, on: day),
                competencies: book.competencies(of: person, route: route),
                retraining: ReviewCycle.retraining.next(
                    after: book.lastTraining(of: person, route: route), today: day))
        }
        let routes = Set(book.trainees.map(\.route))
        let planned = try plans().versions(on: day).compactMap { $0.plan?.route }
        return trained
            + Set(planned).subtracting(routes).sorted { $0.rawValue < $1.rawValue }.map { route in
                TrainedPerson(
                    person: nil, name: "nobody", route: route, status: .notKnown,
                    competencies: [], retraining: .neverKnown)
            }
    }
}

extension TrainedPerson {
    /// Whether somebody has to do something: a sign-off ends soon, has ended, or never was.
    public var isDue: Bool {
        switch status {
        case .endsSoon, .ended, .withdrawn, .inQuestion, .notKnown: return true
        case .valid:
            switch retraining {
            case .today, .overdue: return true
            case .later, .neverKnown: return false
            }
        }
    }
}
