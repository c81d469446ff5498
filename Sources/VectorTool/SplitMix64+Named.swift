import SeededRandom

extension SplitMix64 {
    /// A generator of its own for each name, so that a new case leaves the others as they are.
    init(named name: String) {
        // FNV-1a.
        self.init(
            seed: name.utf8.reduce(0xCBF2_9CE4_8422_2325) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            })
    }

    /// Octets, eight from each number, most significant first.
    mutating func octets(_ count: Int) -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count {
            let number = next()
            octets += (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
        }
        return Array(octets.prefix(count))
    }
}
