import DiaryStore
import Foundation
import SyncCore
import TestSupport
import Testing

/// Writes a folder of goldens; `scripts/golden` asks for it.
@Suite(.timeLimit(.minutes(60))) struct GoldenMaking {
    static let asked = ProcessInfo.processInfo.environment["DIARY_GOLDEN"]

    @Test(.enabled(if: asked != nil, "goldens are made by scripts/golden alone"))
    func `a folder of all that this version writes`() async throws {
        let folder = GoldenFolder(name: try #require(Self.asked))
        let files = FileManager.default
        try #require(!files.fileExists(atPath: folder.path), "goldens are never written over")
        let story = try GoldenStory()
        try await story.tell()
        try files.createDirectory(atPath: folder.path + "/wire", withIntermediateDirectories: true)
        try writeWire(of: story, to: folder)
        try writeStores(of: story.household, tablet: story.tablet, to: folder)
        try folder.write([SchemaHashes.now()], to: "schema.json")
        for home in GoldenFolder.Home.allCases {
            let opened = try GoldenCopy(folder, [home])
            try folder.write(StoreDigest.lines(of: opened, home), to: "\(home).said.jsonl")
            try folder.write(
                PrintedWords.of(home, in: opened.household).map(\.json),
                to: "\(home).printed.jsonl")
        }
    }

    private func writeWire(of story: GoldenStory, to folder: GoldenFolder) throws {
        let wire = folder.path + "/wire/"
        for (file, bytes) in story.recorder.files where !bytes.isEmpty {
            try Data(bytes).write(to: URL(fileURLWithPath: wire + file))
        }
        try Data(story.problem).write(to: URL(fileURLWithPath: wire + "no-token.problem"))
    }

    private func writeStores(
        of household: Household, tablet: String, to folder: GoldenFolder
    ) throws {
        let scratch = household.scratch
        let backups = scratch.file("backups")
        try FileManager.default.createDirectory(
            atPath: backups, withIntermediateDirectories: false)
        try household.run(.laptop, "export", folder.path + "/anna.bundle", "--for", "Anna")
        try household.run(.laptop, "backup", backups + "/" + GoldenFolder.backup(.device))
        try household.run(
            .clinic, "backup", backups + "/" + GoldenFolder.backup(.clinic),
            staff: Household.administrator)
        try folder.tar(
            [
                "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "-czf",
                folder.path + "/" + GoldenFolder.backups, "-C", backups, ".",
            ], in: scratch)
        try pack(.device, household.store(.laptop), in: household, to: folder)
        try pack(.phone, household.store(.phone), in: household, to: folder)
        try pack(.copy, household.store(.copy), in: household, to: folder)
        try pack(.closed, tablet + "/diary.db", in: household, to: folder)
        try pack(.clinic, household.store(.clinic), in: household, to: folder)
        try folder.write([["now": .integer(household.now)]], to: "facts.json")

        // A process that is killed leaves what it wrote in the write-ahead log.
        let database = try StoreDigest.open(household.home(.laptop), isClinic: false)
        try database.write { transaction in
            let diary = try #require(try transaction.diaries().first { $0.name == "Anna" }).id
            let at = Timestamp(milliseconds: household.now, offset: 60)
            _ = try transaction.record(in: diary, at: at, label: "laptop") { commit, generator in
                try commit.write(
                    .begin("note", set: ["text": "in the log alone"]), using: &generator)
            }
        }
        try folder.pack(.interrupted, from: household.home(.laptop), in: scratch)
        try database.close()
    }

    /// Packs a store whose write-ahead log is empty.
    private func pack(
        _ home: GoldenFolder.Home, _ store: String, in household: Household, to folder: GoldenFolder
    ) throws {
        let ended = try Child(
            "/usr/bin/env", ["sqlite3", store, "PRAGMA wal_checkpoint(TRUNCATE)"],
            environment: household.environment(home.place), in: household.scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        let directory = URL(fileURLWithPath: store).deletingLastPathComponent().path
        try folder.pack(home, from: directory, in: household.scratch)
    }
}
