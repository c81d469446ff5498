import DiaryModel
import SyncCore
import Testing

/// A field of an infusion, a member of it, and whether the words of answer may stand there.
private let places: [(field: String, member: String?, takesWords: Bool)] = [
    ("route", nil, true), ("time", nil, true), ("outcome", nil, true), ("sites", nil, true),
    ("infusedBy", nil, true), ("vials.1", nil, false), ("weightGrams", nil, true),
    ("time", "start", false), ("time", "end", true), ("time", "timerMs", false),
    ("outcome", "code", false), ("infusedBy", "code", true), ("vials.1", "product", true),
    ("vials.1", "gtin", true), ("vials.1", "serials", false),
    ("vials.1", "vialMilligrams", true), ("vials.1", "vialMicrolitres", true),
    ("vials.1", "count", true), ("vials.1", "expiry", true), ("vials.1", "component", true),
    ("vials.1", "discardedMilligrams", true), ("vials.1", "entryMethod", false),
    ("premed.paracetamol", "doseMilligrams", true), ("premed.paracetamol", "taken", true),
    ("place", "code", true),
]

@Suite struct TypedAgainstTableTests {
    @Test(arguments: places.indices)
    func `where the table takes a word of answer the typed value reads it`(index: Int) {
        let place = places[index]
        var story = InfusionStory()
        if let member = place.member {
            story.member(place.field, member, "declined")
        } else {
            story.fields[place.field] = "declined"
        }
        #expect(story.rejected.isEmpty == place.takesWords)
        if place.takesWords {
            #expect(Infusion(fields: story.fields).notUnderstood == [])
        }
    }

    @Test func `an infusion is read and written back the same`() {
        var fields = InfusionStory().fields
        fields["status"] = nil
        fields["sites"] = [Site(.abdomen, .left), Site(.abdomen, .right)].json
        fields["premed.paracetamol"] = Premedication(doseMilligrams: 500).json
        fields["visualCheck"] = "ok"
        fields["weightGrams"] = 82_400
        #expect(Infusion(fields: fields).fields == fields)
    }

    @Test func `typed vials take their volume from the catalogue, or say unknown`() throws {
        let vials = try #require(VialSpecification(typed: "8x4g"))
        let known = VialLine(vials, of: "hizentra", in: .seed)
        #expect(known.vialMicrolitres == 20_000)
        #expect(known.doseMilligrams == 32_000)
        let other = VialLine(vials, of: .other, in: .seed)
        #expect(other.vialMicrolitres == .unknown)
    }

    @Test func `a line added later has eight characters of base32`() {
        #expect(LineName(randomOctets: [0, 0, 0, 0, 0])?.vials == "vials.00000000")
        #expect(LineName(randomOctets: [255, 255, 255, 255, 255])?.vials == "vials.zzzzzzzz")
        #expect(LineName(randomOctets: [0, 68, 50, 20, 199])?.description == "01234567")
        #expect(LineName(randomOctets: [0]) == nil)
        #expect(LineName(number: 1).vials == "vials.1")
    }
}
