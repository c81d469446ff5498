/// Why no vectors are written: the engine and a hand-written expectation differ.
struct VectorError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Stops the tool unless what the engine says is what was expected by hand.
func expect<Value: Equatable>(_ found: Value, is wanted: Value, _ what: String) throws {
    guard found == wanted else {
        throw VectorError("\(what)\n  expected \(wanted)\n  found    \(found)")
    }
}
