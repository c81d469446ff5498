/// A place in a log. Its id commits to everything before it, so a position names a whole history.
public struct Position: Hashable, Sendable {
    public let replica: ReplicaID
    /// Counts from 1 without gaps along a log; at most 2^53−1.
    public let seq: Int
    public let id: EventID

    public init(replica: ReplicaID, seq: Int, id: EventID) {
        self.replica = replica
        self.seq = seq
        self.id = id
    }
}

extension Position: Comparable {
    /// By replica text, seq, id text: the order in which a clock is written.
    public static func < (left: Position, right: Position) -> Bool {
        if left.replica != right.replica { return left.replica < right.replica }
        if left.seq != right.seq { return left.seq < right.seq }
        return left.id < right.id
    }
}

extension Position {
    /// `[replica, seq, id]`.
    public var json: JSONValue {
        .array([.string(replica.text), .integer(Int64(seq)), .string(id.text)])
    }

    /// Reads `[replica, seq, id]`; nil for anything else.
    public init?(json: JSONValue) {
        guard let items = json.arrayValue, items.count == 3,
            let replica = items[0].stringValue.flatMap({ ReplicaID($0) }),
            let number = items[1].integerValue, number >= 1, let seq = Int(exactly: number),
            let id = items[2].stringValue.flatMap({ EventID($0) })
        else { return nil }
        self.init(replica: replica, seq: seq, id: id)
    }
}

extension CanonicalJSONScanner {
    package mutating func scanPosition() throws(Failure) -> Position {
        try enterTuple()
        let replica = try scanIdentifier(ReplicaID.self)
        try expect(",")
        let seq = try scanSeq()
        try expect(",")
        let id = try scanIdentifier(EventID.self)
        try leaveTuple()
        return Position(replica: replica, seq: seq, id: id)
    }

    /// A number in 1...2^53−1.
    package mutating func scanSeq() throws(Failure) -> Int {
        let start = index
        guard let seq = Int(exactly: try scanInteger()), seq >= 1 else {
            throw Failure(offset: start, reason: .numberOutOfRange)
        }
        return seq
    }

    package mutating func scanClock() throws(Failure) -> [Position] {
        var positions: [Position] = []
        try scanArray { (scanner) throws(Failure) in positions.append(try scanner.scanPosition()) }
        return positions
    }
}
