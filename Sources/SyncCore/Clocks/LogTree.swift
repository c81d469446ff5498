/// The logs of one diary as trees: which branches there are, where they fork, and how far each reaches.
///
/// A restored or cloned device writes two events after one `prev`, so a log is a tree and not a row.
/// Each path through it is cut into *branches* numbered here: a branch begins after its parent's
/// event at `forkSeq` (or at seq 1) and owns the seqs from there to its tip. "At or below on the same
/// branch" is then a comparison of numbers, walking up parents: no id is looked up. A plain version
/// vector compares only (replica, seq) and takes one branch's event for the other's; that loses an
/// edit within a few worlds of any fork.
///
/// Branch numbers belong to one store and are never on the wire.
public struct LogTree: Sendable, Equatable {
    /// One branch of one replica's log.
    public struct Branch: Sendable, Equatable {
        public let replica: ReplicaID
        /// The branch this one left, and after which of its events; nil where it begins the log.
        public let parent: LogPlace?
        /// The last event; on a tree every branch's tip is a leaf.
        public fileprivate(set) var tip: Position

        /// The seqs that are this branch's own begin above this.
        public var forkSeq: Int { parent?.seq ?? 0 }
    }

    /// The branches in order of their numbers.
    public private(set) var branches: [Branch] = []
    private var branchesOfReplica: [ReplicaID: [Int]] = [:]

    public init() {}

    /// A tree as a store has kept it; nil if the rows do not make one.
    public init?(rows: [(replica: ReplicaID, parent: LogPlace?, tip: Position)]) {
        for row in rows {
            if let parent = row.parent {
                guard branches.indices.contains(parent.branch),
                    branches[parent.branch].replica == row.replica, parent.seq >= 1
                else { return nil }
            }
            guard row.tip.replica == row.replica, row.tip.seq > row.parent?.seq ?? 0,
                Int64(row.tip.seq) <= JSONValue.integerLimit
            else { return nil }
            add(Branch(replica: row.replica, parent: row.parent, tip: row.tip))
        }
    }

    private mutating func add(_ branch: Branch) {
        branchesOfReplica[branch.replica, default: []].append(branches.count)
        branches.append(branch)
    }

    /// Replicas in order of their first branch.
    public var replicas: [ReplicaID] {
        branches.indices.filter { branchesOfReplica[branches[$0].replica]?.first == $0 }
            .map { branches[$0].replica }
    }

    /// The numbers of the branches of a log.
    public func branchNumbers(of replica: ReplicaID) -> [Int] { branchesOfReplica[replica] ?? [] }

    /// The places at which an event of this replica and seq may stand: one for each branch that owns it.
    public func candidatePlaces(replica: ReplicaID, seq: Int) -> [LogPlace] {
        branchNumbers(of: replica).compactMap { number in
            branches[number].forkSeq < seq && seq <= branches[number].tip.seq
                ? LogPlace(branch: number, seq: seq) : nil
        }
    }

    /// How many events the logs have together.
    public var eventCount: Int { branches.reduce(0) { $0 + $1.tip.seq - $1.forkSeq } }

    /// The tips of all logs: what a store's frontier is.
    public var tips: [Position] { branches.map(\.tip) }

    /// Adds an event after the one at `prev` (nil: the first of its log) and says where it stands now.
    public mutating func extend(after prev: LogPlace?, with event: Position) -> LogPlace {
        if let prev, branches.indices.contains(prev.branch),
            branches[prev.branch].tip.seq == prev.seq
        {
            branches[prev.branch].tip = event
            return LogPlace(branch: prev.branch, seq: event.seq)
        }
        add(Branch(replica: event.replica, parent: prev, tip: event))
        return LogPlace(branch: branches.count - 1, seq: event.seq)
    }

    /// The place and those its path comes from, each the last on its branch, up to the log's first branch.
    func path(from place: LogPlace) -> [LogPlace] {
        var path = [place]
        var next = branches.indices.contains(place.branch) ? branches[place.branch].parent : nil
        // A parent's number is smaller than its child's, so this ends.
        while let parent = next {
            path.append(parent)
            next = branches[parent.branch].parent
        }
        return path
    }
}

/// Where an event stands in a store: its branch and seq. Numbers of one store, never on the wire.
public struct LogPlace: Hashable, Sendable {
    public let branch: Int
    public let seq: Int

    public init(branch: Int, seq: Int) {
        self.branch = branch
        self.seq = seq
    }
}
