import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct `Local commits` {
    let at = Timestamp(milliseconds: 0, offset: 0)

    private func writer() -> (MemoryEventStore, OwnLog, SplitMix64) {
        var random = SplitMix64(seed: 5)
        let key = SigningKey.random(using: &random)
        let log = OwnLog(diary: .test, key: key, nonce: Nonce.random(using: &random))
        return (MemoryEventStore(), log, random)
    }

    @Test func `The first commit introduces the log and is one section with one head`() throws {
        var (store, log, random) = writer()
        let (begun, isNew) = try store.commit(
            to: &log, at: at, introduction: ["label": "phone"], using: &random
        ) { commit, random in
            try commit.write(.begin("reaction", set: ["note": "a"]), using: &random)
        }
        #expect(!isNew)
        #expect(begun.seq == 2)
        #expect(log.tip == begun)
        #expect(store.frontier == VectorClock([begun]))
        let offer = try store.offer(beyond: Coverage(), page: .bundle)
        #expect(offer.sections.map(\.lines.count) == [2])
        #expect(offer.tips == [[begun]])
        #expect(try store.view(begun)?["note"] == "a")
    }

    @Test func `A commit above 64 KiB is several sections`() throws {
        var (store, log, random) = writer()
        _ = try store.commit(to: &log, at: at, using: &random) { commit, random in
            for _ in 0..<3 {
                let note = JSONValue.string(String(repeating: "x", count: 30_000))
                try commit.write(.begin("reaction", set: ["note": note]), using: &random)
            }
        }
        let offer = try store.offer(beyond: Coverage(), page: .bundle)
        #expect(offer.sections.map(\.lines.count) == [3, 1])
        #expect(offer.sections.allSatisfy { $0.length <= Section.lengthLimit })
    }

    @Test func `A commit that cannot be stored whole stores nothing`() throws {
        var (store, log, random) = writer()
        let big = JSONValue.string(String(repeating: "x", count: 60_000))
        let other = try store.commit(to: &log, at: at, using: &random) { commit, random in
            try commit.write(.begin("reaction", set: ["note": "other"]), using: &random)
        }.result
        let (frontier, tip) = (store.frontier, log.tip)
        #expect(throws: CommitError.refused(.malformed)) {
            try store.commit(to: &log, at: at, using: &random) { commit, random in
                let entry = try commit.write(.begin("reaction", set: ["note": big]), using: &random)
                try commit.write(
                    EventDraft(.entry(entry), context: [other], set: ["note": big]),
                    using: &random)
            }
        }
        #expect(store.frontier == frontier)
        #expect(log.tip == tip)
    }

    @Test func `What a form saw and is no longer held is left out, and a lost entry is a draft`()
        throws
    {
        var (store, log, random) = writer()
        let entry = try store.commit(to: &log, at: at, using: &random) { commit, random in
            try commit.write(.begin("reaction", set: ["note": "a"]), using: &random)
        }.result
        let backup = (store, log)
        let amended = try store.commit(to: &log, at: at, using: &random) { commit, random in
            try commit.write(
                EventDraft(.entry(entry), context: [entry], set: ["note": "b"]), using: &random)
        }.result
        (store, log) = backup
        let saved = try store.commit(to: &log, at: at, using: &random) { commit, random in
            try commit.write(
                EventDraft(.entry(entry), context: [amended, entry], set: ["note": "c"]),
                using: &random)
        }.result
        #expect(try store.view(entry)?.fields["note"]?.candidates.map(\.event) == [saved])
        var empty = MemoryEventStore()
        var fresh = OwnLog(diary: .test, key: log.key, nonce: Nonce.random(using: &random))
        #expect(throws: CommitError.entryGone) {
            try empty.commit(to: &fresh, at: at, using: &random) { commit, random in
                try commit.write(
                    EventDraft(.entry(entry), context: [entry], set: ["note": "d"]), using: &random)
            }
        }
        #expect(empty.frontier.isEmpty)
    }

    @Test func `A store that finds its own log elsewhere goes on as a new replica`() throws {
        var (store, log, random) = writer()
        func write(_ text: JSONValue) -> (
            inout LocalCommit<MemoryEventStore>, inout SplitMix64
        ) throws -> Position {
            { try $0.write(.begin("reaction", set: ["note": text]), using: &$1) }
        }
        _ = try store.commit(to: &log, at: at, using: &random, write("a"))
        var (copy, copyLog) = (store, log)
        let here = try store.commit(to: &log, at: at, using: &random, write("b")).result
        // Until it knows, the copy branches; both branches live on.
        let there = try copy.commit(to: &copyLog, at: at, using: &random, write("c"))
        #expect(!there.continuedAsNewReplica)
        _ = try copy.take(store.offer(beyond: Coverage(), page: .bundle).sections)
        #expect(copy.frontier == VectorClock([here, there.result]))
        let next = try copy.commit(to: &copyLog, at: at, using: &random, write("d"))
        #expect(next.continuedAsNewReplica)
        #expect(next.result.replica != here.replica)
        #expect(copyLog.continues?.position == there.result)
        #expect(copyLog.key.publicKey != log.key.publicKey)
        #expect(try copy.view(next.result)?["note"] == "d")
        // From then on it is at home in its new log.
        let later = try copy.commit(to: &copyLog, at: at, using: &random, write("e"))
        #expect(!later.continuedAsNewReplica)
    }
}
