/// The rules of one zone as the system keeps them: a file in the format of RFC 8536, version 2 or later.
///
/// All bytes are outside data: every count is bounded by what is there, every index is checked, and
/// what does not fit makes the reading nil. A version 1 block is stepped over, for its instants end in
/// 2038; the footer's rule answers for all that lies after the last instant.
public struct TZif: ZoneRules {
    public let name: String
    private let instants: [Int64]
    private let offsets: [Int]
    private let firstOffset: Int
    private let footer: PosixZone?

    /// The rules in these bytes; nil if they are not a whole file of version 2 or later.
    public init?(name: String, bytes: [UInt8]) {
        var reader = TZifReader(bytes)
        guard let old = reader.header(), old.version >= 0x32,
            reader.skip(old.size(instantOctets: 4)),
            let header = reader.header(), let block = reader.block(header),
            let rule = reader.footer()
        else { return nil }
        self.name = name
        instants = block.instants
        offsets = block.offsets
        firstOffset = block.firstOffset
        footer = rule.isEmpty ? nil : PosixZone(rule)
        if !rule.isEmpty, footer == nil { return nil }
    }

    public func offsetMinutes(atMs ms: Int64) -> Int {
        let second = ms.floorDivided(by: 1000)
        guard let last = instants.last, second < last else {
            return footer?.offsetMinutes(atSecond: second) ?? offsets.last ?? firstOffset
        }
        let index = firstIndex(after: second)
        return index == 0 ? firstOffset : offsets[index - 1]
    }

    public func transitions(fromMs: Int64, throughMs: Int64) -> [ZoneTransition] {
        guard fromMs <= throughMs else { return [] }
        let (from, through) = (fromMs.floorDivided(by: 1000), throughMs.floorDivided(by: 1000))
        var changes: [Int64] = []
        var index = firstIndex(after: from.subtractingSaturating(1))
        while index < instants.count, instants[index] <= through {
            changes.append(instants[index])
            index += 1
        }
        let end = instants.last ?? .min
        changes += (footer?.changes(fromSecond: from, throughSecond: through) ?? []).filter {
            $0 > end
        }
        var found: [ZoneTransition] = []
        var before = offsetMinutes(atMs: fromMs.subtractingSaturating(1))
        for second in changes {
            let (ms, overflow) = second.multipliedReportingOverflow(by: 1000)
            guard !overflow, ms >= fromMs, ms <= throughMs else { continue }
            let after = offsetMinutes(atMs: ms)
            if after != before {
                found.append(ZoneTransition(atMs: ms, offsetBefore: before, offsetAfter: after))
            }
            before = after
        }
        return found
    }

    private func firstIndex(after second: Int64) -> Int {
        var (low, high) = (0, instants.count)
        while low < high {
            let middle = (low + high) / 2
            if instants[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
