import Foundation
import TestSupport

/// A command that meets faults, the stores that it starts from, and what has to go well after it.
struct FaultScene {
    let name: String
    let household: Household
    let place: Household.Place
    /// What is typed: the same each time, or with a code that was not used yet.
    let words: () throws -> [String]
    let staff: String
    /// What is typed next, on a disk without faults.
    let next: () throws -> [String]
    /// How the next command may end where the first one did not do its work.
    let nextStatuses: Set<Int32>
    /// Whether it does its work in several transactions, each whole.
    let hasSteps: Bool
    /// Whether each try leaves lines at the clinic, too, which the next one fetches.
    let growsElsewhere: Bool
    /// What else to look at afterwards; returns what is wrong.
    let inspect: (FaultOutcome) throws -> [String]

    init(
        _ name: String, _ household: Household, _ place: Household.Place,
        _ words: @escaping @autoclosure () throws -> [String], staff: String = Household.nurse,
        next: (() throws -> [String])? = nil,
        nextStatuses: Set<Int32> = [0], hasSteps: Bool = false,
        growsElsewhere: Bool = false,
        inspect: @escaping (FaultOutcome) throws -> [String] = { _ in [] }
    ) {
        self.name = name
        self.household = household
        self.place = place
        self.words = words
        self.staff = staff
        let note = ["log", "note", "Written next."]
        self.next = next ?? { place == .clinic ? note + ["--patient", "P03"] : note }
        self.nextStatuses = nextStatuses
        self.hasSteps = hasSteps
        self.growsElsewhere = growsElsewhere
        self.inspect = inspect
    }
}

/// How a command ended that met a fault, and what it left.
struct FaultOutcome {
    let point: FaultPoint
    let ended: Ended
    /// Whether the store holds all that the command does where no fault is met.
    let isNew: Bool
    /// The name of the call, and the file.
    let call: String
}
