import DiaryModel
import DiaryStore
import Foundation
import SyncCore

/// Makes a device's store with a long diary of invented infusions, for measuring.
///
///     diary-load DIRECTORY COUNT     makes DIRECTORY/diary.db with COUNT events, or adds as many
///     diary-load lines DIRECTORY     prints its lines, one each, for a floor program
@main
struct LoadTool {
    static func main() throws {
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 2, let first = words.first, let last = words.last else {
            print("diary-load DIRECTORY COUNT  |  diary-load lines DIRECTORY")
            exit(2)
        }
        if first == "lines" { return try printLines(of: last) }
        guard let count = Int(last), (1...10_000_000).contains(count) else { exit(2) }
        try fill(first, count: count)
    }

    static func printLines(of directory: String) throws {
        let database = try DiaryDatabase.open(in: directory, purpose: .device)
        try database.read { transaction in
            for diary in try transaction.diaries() {
                try transaction.events(in: diary.id).forEachSection(beyond: Coverage()) { section in
                    for line in section.lines {
                        FileHandle.standardOutput.write(Data(line.bytes + [UInt8(ascii: "\n")]))
                    }
                    return true
                }
            }
        }
    }

    static func fill(_ directory: String, count: Int) throws {
        let exists = FileManager.default.fileExists(atPath: directory + "/diary.db")
        let database =
            exists
            ? try DiaryDatabase.open(in: directory, purpose: .device)
            : try DiaryDatabase.create(in: directory, purpose: .device)
        var generator = SystemRandomNumberGenerator()
        let diary = try database.write { transaction in
            if let diary = try transaction.diaries().first { return diary.id }
            let key = SigningKey.random(using: &generator)
            let nonce = Nonce.random(using: &generator)
            let diary = DiaryID(founder: key.publicKey, nonce: nonce)
            try transaction.addDiary(diary, name: "Load")
            try transaction.setOwnLog(OwnLog(diary: diary, key: key, nonce: nonce), in: diary)
            return diary
        }
        // The first event is the log's introduction.
        let before = try database.read { transaction in
            try transaction.ownLog(in: diary)?.tip?.seq ?? 1
        }
        let goal = exists ? before + count : count
        var written = before
        while written < goal {
            let part = min(1000, goal - written)
            try database.write { transaction in
                for number in written..<(written + part) {
                    try record(number, in: diary, transaction)
                }
            }
            written += part
        }
        try database.close()
    }

    /// One infusion a day from 2006 on, as a person's device would write it.
    static func record(_ number: Int, in diary: DiaryID, _ transaction: DiaryTransaction) throws {
        let start = 1_140_000_000_000 + Int64(number % 1_000_000) * 86_400_000
        var line = VialLine(product: "hizentra")
        line.count = 8
        line.vialMilligrams = 4000
        line.vialMicrolitres = 20000
        line.lot = PrintedText("P\(100_000_000 + number)")
        line.expiry = Expiry(typed: "2028-12").map { .value($0) }
        line.entryMethod = .typed
        let moment = Moment(ms: start, in: UTC())
        let set: JSONObject = [
            "infusedBy": ["code": "self"], "outcome": ["code": "completed"], "route": "sc",
            "sites": .array([Site(.abdomen, .left).json, Site(.abdomen, .right).json]),
            "time": TimeValue(start: moment).json, "vials.1": line.json, "visualCheck": "ok",
        ]
        _ = try transaction.record(
            in: diary, at: Timestamp(milliseconds: start, offset: 60), label: "load"
        ) { commit, generator in
            try commit.write(.begin("infusion", set: set), using: &generator)
        }
    }
}

/// The zone without changes, so that no file is read for a hundred thousand times.
private struct UTC: ZoneRules {
    let name = "Etc/UTC"
    func offsetMinutes(atMs ms: Int64) -> Int { 0 }
    func transitions(fromMs: Int64, throughMs: Int64) -> [ZoneTransition] { [] }
}
