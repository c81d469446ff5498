/// What was read of a code, element by element, and what was not.
///
/// Reading stops at the first thing that is not understood. All before it stands, all from there on
/// is kept as it came: a reader that guessed its way past it could take a serial number for a lot.
struct ScanElements {
    private(set) var elements: [ScanElement] = []
    /// What was not read, from the first byte that was not understood.
    private(set) var remainder: ArraySlice<UInt8> = []
    /// Why reading stopped; nil if it came to the end.
    private(set) var stopped: ScanFinding?

    /// Everything was read.
    var isWhole: Bool { stopped == nil }

    /// The separator, FNC1 as scanners send it.
    static let separator: UInt8 = 0x1D

    /// The elements of a GS1 element string, FNC1 in first position already taken away.
    init(elementString bytes: ArraySlice<UInt8>) { read(elementString: bytes) }

    /// The elements of the form in which a code is printed for people and typed: `(01)…(17)…(10)…`.
    init(parenthesised bytes: ArraySlice<UInt8>) { read(parenthesised: bytes) }

    /// The elements of the German PPN grammar, its envelope already taken away: fields that begin with
    /// digits and a letter, with separators between them.
    init(pharmacyFields bytes: ArraySlice<UInt8>) { read(pharmacyFields: bytes) }

    private mutating func read(elementString bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            guard let identifier = ApplicationIdentifier(beginning: rest) else {
                return stop(.unknownIdentifier, at: rest)
            }
            let data = rest.dropFirst(identifier.digits.byteCount)
            let value: ArraySlice<UInt8>
            switch identifier.data {
            case .fixed(let count):
                value = data.prefix(count)
                guard value.count == count, Self.areDigits(value) else {
                    return stop(.cutShort, at: rest)
                }
            case .variable: value = data.prefix { $0 != Self.separator }
            }
            guard let element = ScanElement(identifier.digits, value) else {
                return stop(.valueUnreadable, at: rest)
            }
            elements.append(element)
            rest = data.dropFirst(value.count)
            // It ends a variable field; after a fixed one it is superfluous, and some scanners send it.
            if rest.first == Self.separator { rest = rest.dropFirst() }
        }
    }

    private mutating func read(parenthesised bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            guard let group = Self.group(at: rest) else {
                return stop(.unknownIdentifier, at: rest)
            }
            let identifier = ApplicationIdentifier(beginning: group)
            guard let identifier, identifier.digits.byteCount == group.count else {
                return stop(.unknownIdentifier, at: rest)
            }
            let data = rest.dropFirst(group.count + 2)
            let end = data.indices.first { Self.group(at: data[$0...]) != nil } ?? data.endIndex
            let value = data[..<end].trimmingSpaces
            if case .fixed(let count) = identifier.data,
                value.count != count || !Self.areDigits(value)
            {
                return stop(.cutShort, at: rest)
            }
            guard let element = ScanElement(identifier.digits, value) else {
                return stop(.valueUnreadable, at: rest)
            }
            elements.append(element)
            rest = data[end...]
        }
    }

    private mutating func read(pharmacyFields bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            let field = rest.prefix { $0 != Self.separator }
            let number = field.prefix { (0x30...0x39).contains($0) }
            let identifier = field.prefix(number.count + 1)
            guard number.count <= 3, let letter = identifier.dropFirst(number.count).first,
                (0x41...0x5A).contains(letter)
            else { return stop(.unknownIdentifier, at: rest) }
            let name = PrintedText(String(decoding: identifier, as: UTF8.self))
            guard let element = ScanElement(name, field.dropFirst(identifier.count)) else {
                return stop(.valueUnreadable, at: rest)
            }
            elements.append(element)
            rest = rest.dropFirst(field.count + 1)
        }
    }

    private mutating func stop(_ finding: ScanFinding, at rest: ArraySlice<UInt8>) {
        stopped = finding
        remainder = rest
    }

    private static func areDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The two to four digits in parentheses that these bytes begin with.
    private static func group(at bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.first == UInt8(ascii: "(") else { return nil }
        let digits = bytes.dropFirst().prefix { (0x30...0x39).contains($0) }
        guard (2...4).contains(digits.count), bytes.dropFirst(digits.count + 1).first == 0x29 else {
            return nil
        }
        return digits
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces, tabs and line ends around it.
    var trimmingSpaces: ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var rest = drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
        return rest
    }
}
