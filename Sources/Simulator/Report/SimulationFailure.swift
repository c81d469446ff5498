/// A check of a world that did not hold.
struct SimulationFailure: Error, CustomStringConvertible {
    let description: String
}

func check(_ holds: Bool, _ what: @autoclosure () -> String) throws(SimulationFailure) {
    if !holds { throw SimulationFailure(description: what()) }
}
