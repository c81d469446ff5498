import DiaryStore
import Foundation
import SeededRandom
import SyncCore
import TestSupport

/// Commands on one disk whose every change is recorded, and what was promised after each.
final class PowerStory {
    let household: Household
    let place: Household.Place
    let journal: String
    /// After each command: what the store held when it had ended well.
    private(set) var promised: [Promise] = []

    struct Promise {
        let command: String
        /// What has to be there from now on.
        let facts: Set<String>
        /// All that the store held then.
        let held: Set<String>
    }

    init(_ place: Household.Place) throws {
        self.place = place
        household = try Household()
        journal = household.scratch.file("journal")
        household.drills = try FaultyDisk(under: household.home(place)).recording(to: journal)
    }

    var purpose: DiaryDatabase.Purpose { place == .clinic ? .clinic : .device }

    /// Runs a command that ends well, and notes what is promised by that.
    func run(_ words: String..., staff: String = Household.nurse) throws {
        try run(words, staff: staff)
    }

    func run(_ words: [String], staff: String = Household.nurse) throws {
        let ended = try household.start(place, words, staff: staff).wait()
        guard ended.status == 0, ended.signal == nil else { throw Unexpected(ended.text) }
        try promise(words.joined(separator: " "))
    }

    /// Reads a copy: whoever opens a store may make files that the journal would not know.
    private func look() throws -> StoreState {
        let copy = household.scratch.file("look")
        try? FileManager.default.removeItem(atPath: copy)
        try FileManager.default.copyItem(atPath: household.home(place), toPath: copy)
        return try StoreState(copy, purpose)
    }

    /// - Parameter facts: what has to be there; all that is there where it is not said.
    func promise(_ command: String, _ facts: Set<String>? = nil) throws {
        let held = try look().lines
        promised.append(Promise(command: command, facts: facts ?? held, held: held))
        try DiskJournal.mark(promised.count - 1, in: journal)
    }
}

/// A disk after a loss of power, put back as files.
struct PowerImage {
    let path: String
    /// The last command that had ended when the power went; nil if none had.
    let promise: Int?
    let description: String

    /// Writes the files; the directory is a household's, so that commands run in it.
    init(
        _ files: [String: [UInt8]?], promise: Int?, description: String, to path: String
    ) throws {
        self.path = path
        self.promise = promise
        self.description = description
        let private700 = [FileAttributeKey.posixPermissions: 0o700]
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: private700)
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            if let bytes {
                _ = FileManager.default.createFile(
                    atPath: path + "/" + name, contents: Data(bytes),
                    attributes: [.posixPermissions: 0o600])
            } else {
                try FileManager.default.createDirectory(
                    atPath: path + "/" + name, withIntermediateDirectories: true,
                    attributes: private700)
            }
        }
    }
}

extension PowerStory {
    /// Calls `look` with images of the disk: at each wait just before and after it, at each command's end,
    /// and at some moments between. Of images that are the same, one is looked at.
    ///
    /// - Parameter share: which part of the images, 1 for all.
    func forEachImage(
        seed: UInt64, share: Double, _ look: (PowerImage) throws -> Void
    ) throws -> Int {
        var random = SplitMix64(seed: seed)
        let disk = PoweredDisk(below: household.scratch.path)
        var seen: Set<Int> = []
        var looked = 0
        var promise: Int?
        let directory = household.scratch.file("image")
        func take(_ fate: PoweredDisk.Fate, _ moment: String) throws {
            let files = disk.image(fate, &random)
            var hasher = Hasher()
            hasher.combine(promise)
            for (name, bytes) in files.sorted(by: { $0.key < $1.key })
            where !name.hasSuffix(".lock") {
                hasher.combine(name)
                hasher.combine(bytes)
            }
            guard seen.insert(hasher.finalize()).inserted,
                share == 1 || Double.random(in: 0..<1, using: &random) < share
            else { return }
            try? FileManager.default.removeItem(atPath: directory)
            let image = try PowerImage(
                files, promise: promise, description: "\(moment), \(fate)", to: directory)
            looked += 1
            try look(image)
        }
        for (number, record) in try DiskJournal(journal).records.enumerated() {
            var isWait = false
            if case .sync = record { isWait = true }
            if isWait {
                for fate in PoweredDisk.Fate.allCases { try take(fate, "before \(number)") }
            }
            try disk.apply(record)
            if case .mark(let reached) = record { promise = reached }
            let isMark = if case .mark = record { true } else { false }
            if isWait || isMark {
                for fate in PoweredDisk.Fate.allCases { try take(fate, "after \(number)") }
            } else if Int.random(in: 0..<12, using: &random) == 0 {
                try take(.some, "after \(number)")
                try take(.namesOnly, "after \(number)")
            }
        }
        return looked
    }
}
