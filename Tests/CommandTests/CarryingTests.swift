import Foundation
import SyncCore
import Testing
import TestSupport

/// A diary carried in a file, without a network.
@Suite struct CarryingTests {
    typealias Place = Household.Place

    @Test func `files carry everything between two devices`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.close()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        try household.run(.phone, "amend", handle, "sites=thigh-L,thigh-R")
        for (from, to) in [(Place.laptop, Place.phone), (.phone, .laptop)] {
            let file = household.scratch.file("\(from).bundle")
            try household.run(from, "export", file)
            try household.run(to, "import", file)
            // A file that is there already is never written over.
            let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
            try household.run(from, "export", file, status: 1)
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
            #expect(try household.json(to, "import", file)["new"] == 0)
        }
        try household.expectEqualStores([.laptop, .phone])
        let view = try household.json(.laptop, "show", handle)
        #expect(view.conflicts == [])
        #expect(view.lots == ["P100423971"])
        #expect(view["fields"] == (try household.json(.phone, "show", handle))["fields"])
    }

    @Test func `of a file that was cut short nothing is taken`() throws {
        let household = try Household.joined()
        try household.run(.laptop, "log", "note", "The new needles hurt less.")
        let file = household.scratch.file("laptop.bundle")
        try household.run(.laptop, "export", file)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        let before = try household.lines(.phone)
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        let cuts = Set(ends.suffix(4).dropLast() + [0, 1, bytes.count / 2, bytes.count - 1])
        for cut in cuts.sorted() {
            let short = household.scratch.file("cut-\(cut)")
            try Data(bytes[..<cut]).write(to: URL(fileURLWithPath: short))
            let refusal = try household.json(.phone, "import", short, status: 1)
            #expect(refusal["error"]?["code"] == "no_bundle", "cut at \(cut) of \(bytes.count)")
            #expect(try household.lines(.phone) == before)
        }
        try household.run(.phone, "import", file)
        #expect(Set(try household.lines(.phone)) == Set(try household.lines(.laptop)))
    }
}
