/// A cursor over a zone file that cannot leave its bytes.
struct TZifReader {
    private let bytes: [UInt8]
    private var index = 0

    /// A zone file is some kilobytes; far more is not one.
    private static let sizeLimit = 1 << 20

    init(_ bytes: [UInt8]) { self.bytes = bytes.count > Self.sizeLimit ? [] : bytes }

    struct Header {
        let version: UInt8
        let isUT: Int
        let isStandard: Int
        let leap: Int
        let time: Int
        let type: Int
        let character: Int

        /// Octets of the block that follows.
        func size(instantOctets: Int) -> Int {
            time * instantOctets + time + type * 6 + character + leap * (instantOctets + 4)
                + isStandard + isUT
        }
    }

    struct Block {
        /// Seconds since 1970, ascending.
        let instants: [Int64]
        /// Minutes ahead of UTC from each instant on.
        let offsets: [Int]
        let firstOffset: Int
    }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, count <= bytes.count - index else { return false }
        index += count
        return true
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        let start = index
        return skip(count) ? bytes[start..<index] : nil
    }

    private mutating func number(octets: Int) -> Int64? {
        guard let slice = take(octets) else { return nil }
        var value: UInt64 = 0
        for octet in slice { value = (value << 8) | UInt64(octet) }
        return octets == 4
            ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }

    private mutating func count() -> Int? {
        guard let value = number(octets: 4), value >= 0, value <= Int64(Self.sizeLimit) else {
            return nil
        }
        return Int(value)
    }

    mutating func header() -> Header? {
        guard let magic = take(4), magic.elementsEqual("TZif".utf8), let version = take(1)?.first,
            skip(15), let isUT = count(), let isStandard = count(), let leap = count(),
            let time = count(), let type = count(), let character = count()
        else { return nil }
        return Header(
            version: version, isUT: isUT, isStandard: isStandard, leap: leap, time: time,
            type: type, character: character)
    }

    mutating func block(_ header: Header) -> Block? {
        let size = header.size(instantOctets: 8)
        guard size <= bytes.count - index else { return nil }
        let end = index + size
        var instants: [Int64] = []
        for _ in 0..<header.time {
            guard let instant = number(octets: 8), instants.last.map({ $0 < instant }) ?? true
            else {
                return nil
            }
            instants.append(instant)
        }
        guard let types = take(header.time) else { return nil }
        var typeOffsets: [Int] = []
        for _ in 0..<header.type {
            guard let seconds = number(octets: 4), (-93_600...93_600).contains(seconds), skip(2)
            else { return nil }
            typeOffsets.append(Int((seconds + 30).floorDivided(by: 60)))
        }
        var offsets: [Int] = []
        for type in types {
            guard Int(type) < typeOffsets.count else { return nil }
            offsets.append(typeOffsets[Int(type)])
        }
        guard let firstOffset = typeOffsets.first else { return nil }
        index = end
        return Block(instants: instants, offsets: offsets, firstOffset: firstOffset)
    }

    /// The text between the two last newlines.
    mutating func footer() -> [UInt8]? {
        guard take(1)?.first == 0x0A, let end = bytes[index...].firstIndex(of: 0x0A) else {
            return nil
        }
        return Array(bytes[index..<end])
    }
}
