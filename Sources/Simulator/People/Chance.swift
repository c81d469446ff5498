extension RandomNumberGenerator {
    /// True in so many of a hundred draws.
    mutating func percent(_ share: Int) -> Bool { Int.random(in: 0..<100, using: &self) < share }

    /// One of these items; the caller keeps them in a fixed order and not empty.
    mutating func one<Item>(of items: [Item]) -> Item {
        items[Int.random(in: 0..<items.count, using: &self)]
    }
}
