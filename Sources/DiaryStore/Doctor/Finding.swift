public import SyncCore

/// Something the doctor found, and what helps.
public struct Finding: Sendable, Equatable {
    public let kind: Kind
    /// The diary it is in; nil where it concerns the file.
    public let diary: DiaryID?

    public enum Kind: Sendable, Equatable {
        /// SQLite's own check of its file found this many faults.
        case file(faults: Int)
        /// Rows of this table name what is not there.
        case loose(table: String)
        /// The line at this place is not what its id, its hashes or its links say.
        case line(arrival: Int, LineFlaw)
        /// The row of a branch does not say what its events say.
        case branch(number: Int)
        /// A head's signature is not its replica's.
        case head(Position)
        /// Lines of a branch above this seq are below no head.
        case withoutHead(branch: Int, above: Int)
        /// This store's own log does not end where its row says: restored, cloned, or damaged.
        case ownLog
        /// More had been written here than the file holds.
        case wentBackwards(from: Position)
        /// More events had been taken here, of whomever, than the file holds.
        case fewerEvents(was: Int, held: Int)
        /// The read model does not say what the lines say.
        case readModel(arrival: Int)
    }

    /// What is wrong with a line.
    public enum LineFlaw: String, Sendable {
        case unreadable, otherID, otherPlace, brokenLink, entry, context, continuation, erasure
    }

    /// What helps.
    public enum Remedy: String, Sendable {
        /// Copy the directory away, then restore or begin anew and sync: the file itself is broken.
        case restore
        /// `DiaryDatabase.cutAwayDamage()`, then sync: whoever holds the lines brings them again.
        case cutAwayAndSync
        /// `DiaryDatabase.rebuildReadModel()`.
        case rebuildReadModel
        /// Nothing to do: the next record begins a new replica.
        case none
    }

    public var remedy: Remedy {
        switch kind {
        case .file: .restore
        case .loose(let table): table == "entry" ? .rebuildReadModel : .restore
        case .line, .branch, .head, .withoutHead: .cutAwayAndSync
        case .readModel: .rebuildReadModel
        case .ownLog, .wentBackwards, .fewerEvents: .none
        }
    }
}
