import DiaryModel
import SyncCore
import Testing

extension ExportStory {
    /// The lines of one type of resource.
    func resources(_ type: String) throws -> [String] {
        let file = FHIRExport(try exported()).files.first { $0.resourceType == type }
        return (file?.text ?? "").split(separator: "\n").map(String.init)
    }

    /// The resource of an entry.
    func resource(_ type: String, of entry: Position) throws -> String {
        let name = "\"value\":\"\(entry.id)\""
        guard let found = try resources(type).first(where: { $0.contains(name) }) else {
            throw NotHeld()
        }
        return found
    }
}

@Suite struct FHIRExportTests {
    @Test func `every type of resource of the reference appears`() throws {
        let files = FHIRExport(try ExportStory.whole().exported()).files
        #expect(
            files.map(\.resourceType) == [
                "AdverseEvent", "Basic", "Communication", "Device", "MedicationAdministration",
                "MedicationRequest", "Observation", "Patient", "Practitioner", "Procedure",
                "Provenance", "QuestionnaireResponse", "RelatedPerson", "SupplyDelivery",
            ])
        #expect(files.first?.name == "AdverseEvent.ndjson")
        #expect(files.allSatisfy { $0.text.utf8.last == 0x0A })
    }

    @Test func `the parent carries no dose and each lot line is part of it`() throws {
        var story = ExportStory()
        let entry = try story.begin(
            Typed.infusion(["vials.1": Typed.line("00123"), "vials.2": Typed.line("12E34")]))
        let procedure = try story.resource("Procedure", of: entry)
        #expect(!procedure.contains("dose"))
        #expect(procedure.contains("\"status\":\"completed\""))
        #expect(procedure.contains("\"start\":\"2026-03-29T10:05:00+01:00\""))
        #expect(procedure.contains("StructureDefinition/tz-code\",\"valueCode\":\"Europe/London\""))
        let lines = try story.resources("MedicationAdministration")
        let id = entry.id.octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(lines.count == 2)
        #expect(
            lines.allSatisfy { $0.contains("\"partOf\":[{\"reference\":\"Procedure/\(id)\"}]") })
        #expect(lines[0].contains("\"batch\":{\"lotNumber\":\"00123\"}"))
        #expect(lines[1].contains("\"batch\":{\"lotNumber\":\"12E34\"}"))
        #expect(lines[0].contains("\"dose\":{\"value\":32.0,\"unit\":\"g\""))
    }

    @Test(arguments: [
        ("completed", "completed"), ("partial", "stopped"), ("stopped", "stopped"),
        ("not_done", "not-done"),
    ]) func `how an infusion ended is its status`(outcome: String, status: String) throws {
        var story = ExportStory()
        var said: JSONObject = ["code": .string(outcome)]
        if outcome == "not_done" { said["reason"] = "travel" }
        let entry = try story.begin([
            "outcome": .object(said), "time": Typed.time("2026-03-29T09:05"),
        ])
        let procedure = try story.resource("Procedure", of: entry)
        #expect(procedure.contains("\"status\":\"\(status)\""))
        #expect(procedure.contains("\"code\":\"travel\"") == (outcome == "not_done"))
    }

    @Test func `what is voided or set aside is in error, what is disputed is unknown`() throws {
        var story = ExportStory()
        let voided = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        try story.amend(
            voided, seeing: [voided], ["status": "voided"], about: ["reason": "never_happened"])
        let disputed = try story.begin(
            Typed.infusion("2026-03-01T09:00", end: nil, ["vials.1": Typed.line("B1")]))
        try story.amend(disputed, seeing: [disputed], ["vials.1": Typed.line("B2")])
        try story.amend(
            disputed, by: .tablet, seeing: [disputed], ["vials.1": Typed.line("B3", count: 1)])
        #expect(
            try story.resource("Procedure", of: voided).contains("\"status\":\"entered-in-error\""))
        #expect(try story.resource("Procedure", of: voided).contains("\"code\":\"never_happened\""))
        #expect(try story.resource("Procedure", of: disputed).contains("\"status\":\"unknown\""))
        let line = try #require(
            try story.resources("MedicationAdministration").first { $0.contains("B2") })
        #expect(line.contains("extension:conflict"))
        #expect(line.contains("B3"))
        #expect(!line.contains("lotNumber\":\""))
        #expect(line.contains("\"dose\":{\"extension\""))
    }

    @Test func `hyaluronidase has no dose, and its volume in a note`() throws {
        let lines = try ExportStory.whole().resources("MedicationAdministration")
        let line = try #require(lines.first { $0.contains("\"lotNumber\":\"HY1\"") })
        #expect(!line.contains("dosage"))
        #expect(line.contains("\"note\":[{\"text\":\"Hyaluronidase: 1 x 15.0 mL\"}]"))
    }

    @Test func `a medicine taken before is a part of its own, in milligrams`() throws {
        let lines = try ExportStory.whole().resources("MedicationAdministration")
        let premeds = lines.filter { $0.contains("\"code\":\"premedication\"") }
        #expect(premeds.count == 2)
        let told = try #require(premeds.first { $0.contains("paracetamol") })
        #expect(told.contains("\"dosage\":{\"dose\":{\"value\":1000,\"unit\":\"mg\""))
        #expect(told.contains("\"effectiveDateTime\":\"2026-03-29T09:30:00+01:00\""))
    }

    @Test func `of a check what was not asked has no item, and not knowing is no no`() throws {
        let check = try #require(try ExportStory.whole().resources("QuestionnaireResponse").first)
        #expect(
            check.contains(
                "{\"linkId\":\"answer.feels_well\",\"answer\":[{\"valueBoolean\":true}]}"))
        #expect(
            check.contains("{\"linkId\":\"answer.in_date\",\"answer\":[{\"valueBoolean\":false}]}"))
        #expect(check.contains("\"valueCode\":\"asked-unknown\""))
        #expect(check.contains("\"valueCode\":\"asked-declined\""))
        #expect(!check.contains("rash_or_site_sore"))
        #expect(check.contains("\"valueQuantity\":{\"value\":37.1,\"unit\":\"°C\""))
    }

    @Test func `C10: the higher grade is the severity, and both are there`() throws {
        let event = try #require(try ExportStory.whole().resources("AdverseEvent").first)
        #expect(event.contains("grade-said\",\"valueInteger\":1"))
        #expect(event.contains("grade-assessed\",\"valueInteger\":3"))
        #expect(event.contains("\"code\":\"severe\""))
        #expect(event.contains("\"code\":\"resolved\""))
        let suspect = "\"instance\":{\"reference\":\"MedicationAdministration/"
        #expect(event.ranges(of: suspect).count == 2)
    }

    @Test func `a grip in kilopascals is not the term for a dynamometer`() throws {
        let all = try ExportStory.whole().resources("Observation")
        let grip = try #require(all.first { $0.contains("\"code\":\"grip_l\"") })
        #expect(grip.contains("\"valueQuantity\":{\"value\":54.1,\"unit\":\"kPa\""))
        #expect(!grip.contains("loinc"))
        #expect(grip.contains("\"text\":\"left hand\""))
        let igg = try #require(all.first { $0.contains("\"code\":\"igg_trough\"") })
        #expect(igg.contains("\"system\":\"http://loinc.org\",\"code\":\"2465-3\""))
        #expect(igg.contains("\"value\":12.5,\"unit\":\"g/L\""))
        let declined = try #require(all.first { $0.contains("\"code\":\"vas_pain\"") })
        #expect(declined.contains("\"dataAbsentReason\""))
        #expect(declined.contains("asked-declined"))
    }

    @Test func `a measurement of which nobody says what it is of has a code all the same`() throws {
        var story = ExportStory()
        let value: JSONValue = ["gripPascals": 54_100]
        let bare = try story.begin("measurement", ["value": value])
        let empty = try story.begin("measurement", ["measure": "", "value": value])
        for entry in [bare, empty] {
            let told = try story.resource("Observation", of: entry)
            #expect(told.contains("\"code\":{\"extension\":[{\"url\":"), "\(told)")
            #expect(told.contains("data-absent-reason\",\"valueCode\":\"unknown\"}]}"))
        }
    }

    @Test func `a plan is a request for each version, and names those before it`() throws {
        let requests = try ExportStory.whole().resources("MedicationRequest")
        #expect(requests.count == 3)
        #expect(requests.map { $0.contains("\"status\":\"completed\"") } == [true, true, false])
        #expect(requests[2].contains("\"status\":\"active\""))
        #expect(!requests[0].contains("priorPrescription"))
        #expect(requests[1].contains("\"priorPrescription\":{\"reference\":\"MedicationRequest/"))
        #expect(requests[1].contains("\"event\":[\"2026-01-12\"]"))
        #expect(requests[1].contains("\"sequence\":3"))
        #expect(requests[1].contains("\"start\":\"2026-01-19\""))
        #expect(requests[2].contains("\"end\":\"2026-05-31\""))
        #expect(requests[2].contains("\"frequency\":1,\"period\":10,\"periodUnit\":\"d\""))
        #expect(requests[2].contains("\"doseQuantity\":{\"value\":28.8,\"unit\":\"g\""))
        #expect(requests[2].contains("Stop and call us."))
    }

    @Test func `C07: two versions that had not seen each other are both on hold`() throws {
        var story = ExportStory()
        let first = try story.begin("plan", ["plan": ["doseMilligrams": 1, "intervalDays": 7]])
        for (writer, dose) in [(ExportStory.Writer.phone, 2), (.tablet, 3)]
            as [(ExportStory.Writer, Int64)]
        {
            try story.amend(
                first, by: writer, seeing: [first],
                ["plan": ["doseMilligrams": .integer(dose), "intervalDays": 7]])
        }
        let requests = try story.resources("MedicationRequest")
        #expect(requests.filter { $0.contains("\"status\":\"on-hold\"") }.count == 2)
        #expect(requests.filter { $0.contains("\"status\":\"completed\"") }.count == 1)
    }

    @Test func `each event has a provenance with its number in the entry`() throws {
        var story = ExportStory()
        let entry = try story.begin(Typed.infusion(["vials.1": Typed.line("A1")]))
        let amended = try story.amend(
            entry, seeing: [entry], ["route": "iv"], about: ["reason": "slip"])
        try story.amend(entry, by: .tablet, seeing: [amended], ["status": "voided"])
        let all = try story.resources("Provenance").filter { $0.contains("Procedure/") }
        #expect(all.count == 3)
        #expect(all[0].contains("/_history/1\""))
        #expect(all[0].contains("\"code\":\"CREATE\""))
        #expect(all[1].contains("/_history/2\""))
        #expect(all[1].contains("\"code\":\"UPDATE\""))
        #expect(all[1].contains("\"text\":\"slip\""))
        #expect(all[2].contains("\"code\":\"NULLIFY\""))
        #expect(all[1].contains("\"recorded\":\"2026-03-31T09:00:00+01:00\""))
    }

    @Test func `the patient is a reference without a name`() throws {
        let patient = try #require(try ExportStory.whole().resources("Patient").first)
        #expect(patient.contains("\"value\":\"P01\""))
        #expect(!patient.contains("Demo Patient"))
        #expect(!patient.contains("\"name\""))
    }

    @Test func `T10: a bare day goes out as a bare day`() throws {
        var story = ExportStory()
        let wall = try #require(WallTime("2026-03-01"))
        let bare = try #require(Moment(bare: wall, zone: "Europe/London"))
        let entry = try story.begin(Typed.infusion(["time": TimeValue(start: bare).json]))
        #expect(
            try story.resource("Procedure", of: entry)
                .contains("\"performedPeriod\":{\"start\":\"2026-03-01\",\"_start\""))
    }

    @Test func `equal frontiers make the same resources but for provenance`() throws {
        let story = try ExportStory.whole()
        let here = FHIRExport(try story.exported()).files
        let there = FHIRExport(try story.exported(in: try story.copied())).files
        #expect(
            here.filter { $0.resourceType != "Provenance" }
                == there.filter { $0.resourceType != "Provenance" })
    }
}
