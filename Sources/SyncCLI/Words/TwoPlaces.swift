import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// A device's directory that was copied, and both copies write.
enum TwoPlaces {
    /// When this device and its copy were last one; nil where no copy is known that also writes.
    ///
    /// A branch of the log that is written here says so until the next write begins a new log; a
    /// copy's new log says so once, in the sync that brought it.
    static func since(_ arrival: Int, in reading: Reading) throws -> Timestamp? {
        guard let own = try reading.transaction.ownLog(in: reading.diary) else { return nil }
        let tree = reading.events.tree
        var forks = tree.branchNumbers(of: own.replica).compactMap { tree.branches[$0].parent }
        let keys = try reading.transaction.ownKeys(in: reading.diary)
        for event in try reading.events.events(ofKind: Vocabulary.replicaKind)
        where event.held.arrival >= arrival && keys[event.line.envelope.replica] == nil {
            guard let old = event.line.envelope.introduction?.continues?.position,
                keys[old.replica] != nil, let held = try reading.events.held(old)
            else { continue }
            forks.append(held.place)
        }
        return try forks.compactMap { fork in
            guard let (_, held) = try reading.events.event(at: fork) else { return nil }
            let entry = try reading.events.events(ofEntry: held.entry)
            return entry.first { $0.held.place == fork }?.line.envelope.at
        }.min { $0.milliseconds < $1.milliseconds }
    }

    static func sentence(since time: String) -> String {
        "This diary has been going on in two places since \(time). Both are kept."
    }
}
