import SyncCore
import Testing

struct LineAndSectionVectorTests {
    @Test func `good lines say what the vectors say`() throws {
        for good in try Repository.cases("lines", "good") {
            let line = try EventLine(Array(try good.text("line").utf8), diary: good.id("diary"))
            #expect(line.position == (try good.position("position")))
            #expect(line.entry == (try good.position("entry")))
            #expect(line.isErased == good["erased"]?.boolValue)
            #expect(line.envelope.fields == (try good.items("fields").compactMap(\.stringValue)))
            #expect(line.body?.set == good["set"]?.objectValue)
        }
    }

    @Test func `bad lines are refused for the reason given`() throws {
        for bad in try Repository.cases("lines", "bad") {
            let pin = try bad["clinic"].map {
                try #require($0.stringValue.flatMap { PublicKey($0) })
            }
            let store = MemoryEventStore(diary: try bad.id("diary"), pinnedClinic: pin)
            let section = Section(lines: [Array(try bad.text("line").utf8)], heads: [])
            let verdict = try SectionIntake.judge(section, over: store)
            let name = try bad.text("name")
            guard case .refuse(line: 0, let kind) = verdict else {
                Issue.record("\(name): \(verdict)")
                continue
            }
            #expect(kind.rawValue == (try bad.text("reason")), "\(name)")
        }
    }

    @Test(arguments: [0, 1]) func `a line is at most 256 KiB`(over: Int) throws {
        let good = try #require(
            try Repository.cases("lines", "good").first { try $0.text("name") == "an amendment" })
        let value = try JSONValue(canonical: Array(try good.text("line").utf8))
        var body = try #require(value["body"]?.objectValue)
        var event = try #require(value["event"]?.objectValue)
        func line(_ filling: Int) -> [UInt8] {
            body["x"] = .string(String(repeating: "a", count: filling))
            let hash = BodyHash(
                octets: SHA256Hash.octets(of: JSONValue.object(body).canonicalBytes))
            event["body"] = hash.map { .string($0.text) }
            return JSONValue.object(["body": .object(body), "event": .object(event)]).canonicalBytes
        }
        let bytes = line(EventLine.lengthLimit - line(0).count + over)
        #expect(bytes.count == EventLine.lengthLimit + over)
        let read = try? EventLine(bytes, diary: good.id("diary"))
        #expect((read != nil) == (over == 0))
    }

    @Test func `sections get the verdict of the vectors`() throws {
        for item in try Repository.cases("sections") {
            let store = try item.store(holding: "held")
            let section = try #require(item["section"]).section()
            let name = try item.text("name")
            switch try SectionIntake.judge(section, over: store) {
            case .accept(let accepted):
                #expect(try item.text("verdict") == "accepted", "\(name)")
                #expect(accepted.events.count == Int(try item.number("stored")), "\(name)")
                #expect(accepted.tree.frontier == (try item.clock("frontier")), "\(name)")
            case .restsOnUnheld: #expect(try item.text("verdict") == "rests-on-unheld", "\(name)")
            case .refuse(let line, let kind):
                #expect(try item.text("verdict") == "refused", "\(name)")
                #expect(line == Int(try item.number("line")), "\(name)")
                #expect(kind.rawValue == (try item.text("type")), "\(name)")
            }
        }
    }
}
