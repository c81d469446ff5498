import DiaryStore
import Foundation
import SyncCore
import TestSupport

/// The files of one store as they lie on the disk, and what they said at each of its commits.
struct FlippedStore {
    enum Kind: String, CaseIterable {
        /// A device's database, with nothing beside it.
        case device
        /// A device's write-ahead log of many commits.
        case log
        /// A backup of that device.
        case backup
        /// A clinic's database.
        case clinic
    }

    let kind: Kind
    let files: [String: [UInt8]]
    /// Which of the files has the bit.
    let target: String
    /// What was told after each commit; the last one is the truth.
    let states: [StoreReading]
    /// Everything that was ever in it, to meet with afterwards.
    let all: MemoryEventStore

    var purpose: DiaryDatabase.Purpose { kind == .clinic ? .clinic : .device }
    var truth: StoreReading { states[states.count - 1] }

    /// A seed whose world has forks, conflicts, a void question, an erased body and two own logs.
    static let seed: UInt64 = 2

    init(_ kind: Kind, in scratch: Scratch) throws {
        self.kind = kind
        let purpose = kind == .clinic ? DiaryDatabase.Purpose.clinic : .device
        let directory = scratch.path("made-\(kind)")
        var database = try DiaryDatabase.create(in: directory, purpose: purpose)
        var making = Making(seed: Self.seed)
        try making.begin(database)
        var states: [StoreReading] = []
        for round in 0..<Making.rounds {
            if kind == .log, round == 2 {
                // What was written until now lies in the database, all later commits in the log.
                try database.close()
                database = try DiaryDatabase.open(in: directory, purpose: purpose)
            }
            try making.round(round, database)
            states.append(try StoreReading(of: database))
        }
        self.states = states
        all = try making.everything(database)
        if kind == .backup {
            _ = try database.backUp(to: directory + "/backup", at: 1_700_000_123_456)
        }
        if kind != .log { try database.close() }
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory)
        where !name.hasSuffix("-shm") && name != "writer.lock" {
            let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))
            if !data.isEmpty { files[name] = [UInt8](data) }
        }
        if kind == .log { try database.close() }
        target =
            switch kind {
            case .device: "diary.db"
            case .log: "diary.db-wal"
            case .backup: "backup"
            case .clinic: "clinic.db"
            }
        self.files = kind == .backup ? files.filter { $0.key == "backup" } : files
    }

    /// Where to flip: anywhere, where something is written, or among the first bytes.
    func place(_ random: inout SplitMix64) -> (offset: Int, bit: Int) {
        let bytes = files[target] ?? []
        let bit = random.below(8)
        switch random.below(8) {
        case 0: return (random.below(min(bytes.count, 240)), bit)
        case 1, 2, 3: return (random.below(bytes.count), bit)
        default:
            while true {
                let offset = random.below(bytes.count)
                if bytes[offset] != 0 { return (offset, bit) }
            }
        }
    }

    /// Writes the files, one bit of one of them changed.
    func write(to directory: String, flipping place: (offset: Int, bit: Int)) throws {
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        for (name, bytes) in files {
            var bytes = bytes
            if name == target { bytes[place.offset] ^= UInt8(1) << UInt8(place.bit) }
            FileManager.default.createFile(
                atPath: directory + "/" + name, contents: Data(bytes),
                attributes: [.posixPermissions: 0o600])
        }
    }
}

/// How such a store is filled, by its seed alone.
private struct Making {
    static let rounds = 24
    private var world: World
    private var random: SplitMix64
    private var milliseconds: Int64 = 1_700_000_000_000

    init(seed: UInt64) {
        world = World(seed: seed)
        random = SplitMix64(seed: seed ^ 0xF11B)
    }

    mutating func begin(_ database: DiaryDatabase) throws {
        let clinic = world.clinic
        try database.write { transaction in
            try transaction.addDiary(.test, name: "Anna")
            try transaction.pin(clinic, in: .test)
        }
    }

    /// What others wrote comes in, then this store writes itself: its last commit is always its own.
    mutating func round(_ round: Int, _ database: DiaryDatabase) throws {
        for _ in 0..<5 { try world.step() }
        let writer = random.below(world.writers.count)
        try database.write { transaction in
            var store = try transaction.events(in: .test)
            let known = try world.writers[writer].store.coverage(of: store.frontier.positions)
            let offer = try world.writers[writer].store.offer(beyond: known, page: .bundle)
            _ = try store.take(offer.sections)
        }
        if round == 12 { try database.write { try $0.endOwnLog(in: .test) } }
        try write(database)
    }

    private mutating func write(_ database: DiaryDatabase) throws {
        milliseconds += 3_600_000
        let at = Timestamp(milliseconds: milliseconds, offset: 60)
        let start = milliseconds
        let number = Int64(random.below(1_000))
        let amends = random.chance(0.5)
        let chosen = random.below(1_000)
        var generator = random
        try database.write { transaction in
            let entries = try transaction.entries(in: .test, kinds: ["infusion"])
            let view =
                amends && !entries.isEmpty
                ? try transaction.view(of: entries[chosen % entries.count].position, in: .test)
                : nil
            var log =
                try transaction.ownLog(in: .test)
                ?? OwnLog(
                    diary: .test, key: .random(using: &generator),
                    nonce: .random(using: &generator))
            var store = try transaction.events(in: .test)
            let draft =
                if let view {
                    EventDraft(
                        .entry(view.entry), context: view.context,
                        set: ["note": .integer(number)])
                } else {
                    EventDraft.begin(
                        "infusion",
                        set: [
                            "note": .integer(number),
                            "time": ["start": ["ms": .integer(start), "offset": 60]],
                        ])
                }
            _ = try store.commit(
                to: &log, at: at, introduction: ["label": "this phone"], using: &generator
            ) { commit, generator in try commit.write(draft, using: &generator) }
            try transaction.setOwnLog(log, in: .test)
        }
        random = generator
    }

    func everything(_ database: DiaryDatabase) throws -> MemoryEventStore {
        var all = MemoryEventStore(diary: .test, pinnedClinic: world.clinic)
        let sections = try database.read {
            try $0.events(in: .test).offer(beyond: Coverage(), page: PageLimit(bytes: .max))
        }.sections
        _ = try all.take(sections)
        return all
    }
}
