/// The fuzzer's bytes as a row of decisions.
///
/// When they are used up every further decision is 0, and 0 is always the honest one: so each byte more
/// bends one thing more, and a shorter input is a simpler one.
struct Choices {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }

    mutating func byte() -> UInt8 {
        guard index < bytes.count else { return 0 }
        index += 1
        return bytes[index - 1]
    }

    /// A number under `bound`, which is at least 1.
    mutating func below(_ bound: Int) -> Int {
        if bound <= 1 { return 0 }
        let number = bound <= 256 ? Int(byte()) : Int(byte()) << 8 | Int(byte())
        return number % bound
    }

    /// True for one value in so many, never for 0.
    mutating func oneIn(_ count: Int) -> Bool { below(count) == count - 1 }

    /// One of these, the first where nothing is left to decide.
    mutating func pick<Item>(_ items: [Item], _ fallback: Item) -> Item {
        items.isEmpty ? fallback : items[below(items.count)]
    }

    mutating func pick<Item>(_ items: [Item]) -> Item? {
        items.isEmpty ? nil : items[below(items.count)]
    }

    mutating func take(_ count: Int) -> [UInt8] {
        let end = min(bytes.count, index + count)
        defer { index = end }
        return Array(bytes[index..<end])
    }

    mutating func rest() -> [UInt8] { take(bytes.count) }

    mutating func integer() -> Int64 { take(8).reduce(0) { $0 << 8 | Int64($1) } }
}
