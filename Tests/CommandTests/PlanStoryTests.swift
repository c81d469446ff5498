import SyncCore
import TestSupport
import Testing

/// Plans that change while devices are away: what the clinic and the devices make of it.
@Suite(.timeLimit(.minutes(60))) struct PlanStoryTests {
    private static let day: Int64 = 86_400_000
    private static let secondDoctor = "d.two"

    /// A household whose plan is 32 g every Sunday, known on both devices.
    private func planned() throws -> Household {
        let household = try Household.joined()
        try household.run(
            .clinic, "plan", "sign", "P03", "--product", "hizentra", "--route", "sc", "--dose",
            "32g", "--every", "7d", "--from", "2026-03-01", "--clinic-phone", "01865 000000",
            staff: Household.doctor)
        try household.meet()
        return household
    }

    /// So many days later both devices are heard; the clinic's clock is the server's.
    private func later(_ household: Household, days: Int64) throws {
        try household.close()
        household.now += days * Self.day
        try household.open()
        try household.meet()
    }

    @Test func `C06: a plan changed at the clinic, and an infusion given by the one before`() throws
    {
        let household = try planned()
        let due = try household.run(.laptop, "due").output
        #expect(
            due.hasPrefix("Due today, Sunday 29 March.\n  Hizentra 32 g, under the skin."), "\(due)"
        )
        // H11: the other device may have recorded it.
        #expect(
            due.contains("  Already recorded on phone? The last from there is of Sunday 29 March."))
        #expect(
            due.contains("  Before it: Sunday 22 March, before this diary began."), "\(due)")
        #expect(due.contains("  Plan signed Sun 29 Mar 2026 08:"), "\(due)")

        try household.run(.clinic, "plan", "show", "P03", staff: Household.doctor)
        try household.run(
            .clinic, "plan", "sign", "P03", "--dose", "36g", "--from", "2026-03-29",
            staff: Household.doctor)
        let handle = try household.infusion()
        // Eight days later all has come.
        try later(household, days: 8)
        let shown = try household.run(.clinic, "plan", "show", "P03").output
        #expect(
            shown.contains(
                "\(handle)  Sunday 29 March: The patient could not yet see the new plan."),
            "\(shown)")
        let plan = try household.json(.clinic, "plan", "show", "P03")["plans"]?.arrayValue?.first
        let versions = plan?["versions"]?.arrayValue ?? []
        #expect(versions.map { $0["plan"]?["doseMilligrams"] } == [36_000, 32_000])
        #expect(versions.last?["infusions"]?.arrayValue?.first?["stands"] == "older")
        #expect(versions.first?["infusions"] == [])

        let window = ["--from", "2026-03-29", "--to", "2026-04-05"]
        let said = try household.start(.clinic, ["adherence", "P03"] + window).wait().output
        #expect(said.contains("32 of 36 g, 88.9 %"), "\(said)")
        #expect(said.contains("by the plan before: the patient could not yet see the new one"))
        let ended = try household.start(.clinic, ["adherence", "--json"] + window).wait()
        let found = try #require(try ended.json()["patients"]?.arrayValue?.first)
        #expect(found["prescribed"]?["milligrams"] == "36000")
        #expect(found["observed"]?["dose"]?["low"] == "8/9")
        #expect(found["olderPlanNamed"]?.arrayValue?.count == 1)
        #expect(found["daysNotReceived"] == 0)

        // The dose of the week after is past its grace, and nothing was written of it.
        let quiet = try household.run(.clinic, "quiet").output
        #expect(quiet.contains("P03  nothing of the dose due Sunday 5 April, 1 day ago") == false)
        try later(household, days: 1)
        let later = try household.run(.clinic, "quiet").output
        #expect(
            later.contains("P03  nothing of the dose due Sunday 5 April, 2 days ago"), "\(later)")
        #expect(
            later.contains("All devices were heard after that: not given, or not written down."))
        // Each look is a line in the audit of the patient.
        let audit = try household.json(
            .clinic, "audit", "P03", "--act", "quiet", staff: Household.administrator)
        #expect(audit["count"] == 2)
        #expect(audit["lines"]?.arrayValue?.first?["role"] == "nurse")
        #expect(audit["lines"]?.arrayValue?.first?["patient"] == "P03")
    }

    @Test func `C07: two plans signed at once make no due day, until a doctor has seen both`()
        throws
    {
        let household = try planned()
        try household.run(
            .clinic, "staff", "add", Self.secondDoctor, "--name", "D. Two", "--role", "doctor",
            staff: Household.administrator)
        for doctor in [Household.doctor, Self.secondDoctor] {
            try household.run(.clinic, "plan", "show", "P03", staff: doctor)
        }
        try household.run(
            .clinic, "plan", "sign", "P03", "--dose", "38g", staff: Household.doctor)
        try household.run(
            .clinic, "plan", "sign", "P03", "--dose", "40g", staff: Self.secondDoctor)
        try household.meet()
        let due = try household.run(.phone, "due", status: 3).text
        #expect(
            due.hasPrefix(
                "Two new plans, call clinic. No due day is worked out from either.\n"
                    + "  Your clinic: 01865 000000.\n"
                    + "  Last agreed: Hizentra 32 g every 7 days.\n"), "\(due)")
        let open = try household.json(.phone, "due", status: 3)["plans"]?.arrayValue?.first
        #expect(open?["obstacle"] == "versions_in_conflict")
        #expect(open?["mayRemind"] == false)
        #expect(open?["due"] == nil)
        let shown = try household.run(.phone, "plan", status: 3).text
        for dose in ["38.0 g", "40.0 g"] { #expect(shown.contains("Hizentra \(dose)"), "\(shown)") }
        // An infusion goes on naming the version that was agreed on.
        let agreed = try household.json(.phone, "plan", status: 3)["plans"]?.arrayValue?.first
        let handle = try household.infusion(.phone)
        let view = try household.json(.phone, "show", handle)
        #expect(view.candidates("planVersion").first?["value"] == agreed?["holds"])
        let adherence = try household.json(.clinic, "adherence", "P03", "--weeks", "1")
        let found = adherence["patients"]?.arrayValue?.first
        #expect(found?["prescribed"]?["state"] == "planned")

        try household.run(
            .clinic, "plan", "show", "P03", status: 3, staff: Household.doctor)
        try household.run(
            .clinic, "plan", "sign", "P03", "--dose", "38g", staff: Household.doctor)
        try household.meet()
        let settled = try household.run(.laptop, "due").output
        #expect(settled.hasPrefix("Next infusion: Sunday 5 April."), "\(settled)")
        try household.expectEqualStores()
    }

    @Test func `the audit is read by administrators and auditors, by act, person and day`() throws {
        let household = try planned()
        let refused = try household.run(.clinic, "audit", status: 1, staff: Household.nurse).text
        #expect(refused.contains("It is for: administrator, auditor."), "\(refused)")
        try household.run(
            .clinic, "staff", "add", "t.ng", "--name", "T. Ng", "--role", "auditor",
            staff: Household.administrator)
        let signed = try household.json(
            .clinic, "audit", "P03", "--by", Household.doctor, "--act", "log plan", staff: "t.ng")
        #expect(signed["count"] == 1)
        let text = try household.run(.clinic, "audit", "--limit", "2", staff: "t.ng").output
        #expect(text.contains("t.ng, auditor"), "\(text)")
        #expect(text.contains("Shown are the newest 2 of "), "\(text)")
        let tomorrow = try household.json(
            .clinic, "audit", "--from", "2026-03-30", staff: "t.ng")
        #expect(tomorrow["count"] == 0)
        try household.run(.clinic, "audit", "--to", "soon", status: 2, staff: "t.ng")
        // A clerk types from paper and reads no diary whole.
        try household.run(
            .clinic, "staff", "add", "c.brown", "--name", "C. Brown", "--role", "clerk",
            staff: Household.administrator)
        try household.run(.clinic, "quiet", status: 1, staff: "c.brown")
        try household.run(.clinic, "adherence", "--weeks", "0", status: 2)
    }
}
