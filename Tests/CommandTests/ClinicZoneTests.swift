import SyncCore
import TestSupport
import Testing

/// A clinic whose server runs in another zone than its patient lives in.
@Suite struct ClinicZoneTests {
    @Test func `a patient's times are typed and shown on the patient's clock`() throws {
        let household = try Household.joined()
        let given = try household.sharedInfusion()
        household.drills["TZ"] = "UTC"
        // Without a plan the clinic knows the patient's zone only from what was recorded.
        let amended = try household.run(.clinic, "amend", given, "end=08:40").output
        #expect(
            amended.contains("end  not recorded -> Sunday 29 March 08:40 in London."), "\(amended)")
        let ended = try household.run(.clinic, "amend", given, "end=08:45").output
        #expect(
            ended.contains(
                "Sunday 29 March 08:40 in London -> Sunday 29 March 08:45 in London."), "\(ended)")
        let history = try household.run(.clinic, "history", given).output
        #expect(history.contains("to Sunday 29 March 08:45 in London"), "\(history)")

        try household.run(
            .clinic, "plan", "sign", "P03", "--product", "hizentra", "--route", "sc", "--dose",
            "32g", "--every", "7d", "--from", "2026-03-01", "--zone", "Europe/London",
            staff: Household.doctor)
        let logged = try household.run(
            .clinic, "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--start", "07:30", "--by", "nurse", "--patient", "P03"
        ).output
        #expect(logged.contains("  Sunday 29 March 07:30  32.0 g"), "\(logged)")
        try household.meet()
        let list = try household.run(.laptop, "list").output
        #expect(list.contains("Sun 29 Mar 07:30  infusion"), "\(list)")
        #expect(list.contains("Sun 29 Mar 08:05  infusion"), "\(list)")
    }
}
