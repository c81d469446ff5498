import SyncCore
import TestSupport
import Testing

/// What lies at home, what of it is under recall, and what a barcode says, at the command line.
@Suite(.timeLimit(.minutes(60))) struct HomeStockTests {
    private func stock(_ household: Household, _ words: String..., status: Int32 = 0) throws
        -> String
    {
        let ended = try household.start(.laptop, ["stock"] + words).wait()
        #expect(ended.status == status, "\(words): \(ended.text)")
        return ended.text
    }

    @Test
    func
        `C09: a box that only the clinic speaks of is proposed, and counts once somebody says it came`()
        throws
    {
        let household = try Household.joined()
        let vials = { (count: Int) in
            ["--product", "hizentra", "--vials", "\(count)x4g", "--lot", "P100423917"]
        }
        func count(_ number: Int) throws {
            let ended = try household.start(.laptop, ["stock", "count"] + vials(number)).wait()
            #expect(ended.status == 0, "\(ended.text)")
        }
        try count(4)
        let sent = try household.start(
            .clinic, ["log", "stock", "receipt", "--patient", "P03"] + vials(16)
        ).wait()
        #expect(sent.status == 0, "\(sent.text)")
        let infusion = try household.start(
            .laptop, ["log", "infusion"] + vials(8) + ["--by", "self", "--start", "now"]
        ).wait()
        #expect(infusion.status == 0, "\(infusion.text)")
        try count(12)
        try household.meet()
        let open = try stock(household)
        #expect(open.hasPrefix("At home: 12 vials of 1 lot."), "\(open)")
        #expect(open.contains("Counted: 12 vials. Before that: 4 more used than we know of."))
        #expect(
            open.contains(
                "The clinic sent a box: 16 vials. Did the box arrive? With it the count is right."),
            "\(open)")
        let box = try #require(
            household.json(.laptop, "stock")["boxes"]?.arrayValue?.first?["handle"]?.stringValue)
        _ = try stock(household, "arrived", box, "--cold-chain", "ok")
        let settled = try stock(household)
        #expect(settled.hasPrefix("At home: 12 vials of 1 lot."), "\(settled)")
        #expect(!settled.contains("Did the box arrive?"), "\(settled)")
        #expect(!settled.contains("Counted:"), "\(settled)")
        let again = try stock(household, "arrived", box, status: 1)
        #expect(again.contains("waits for a word"), "\(again)")
        try household.meet()
        try household.expectEqualStores()
    }

    @Test
    func `a lot under recall comes home, lies apart, and the clinic sees who does not know yet`()
        throws
    {
        let household = try Household.joined()
        try household.run(
            .laptop, "stock", "receipt", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--expiry", "2028-12")
        try household.meet()
        try household.run(
            .clinic, "staff", "add", "p.lin", "--name", "P. Lin", "--role", "pharmacist",
            staff: Household.administrator)
        try household.run(
            .clinic, "notice", "add", "--product", "hizentra", "--lot", "P100423917", "--advice",
            "set_aside", staff: "p.lin")
        let untold = try household.run(.clinic, "notice", "reach").output
        #expect(untold.contains("P03  8 vials at home"), "\(untold)")
        #expect(untold.contains("laptop has not fetched it, heard today"), "\(untold)")
        #expect(
            untold.contains("Told: 1. At home: 1. Infused: 0. 2 devices have not fetched it."),
            "\(untold)")
        // The server's clock stands still from where it was opened.
        try household.close()
        try household.open()
        try household.run(.laptop, "sync", "--quiet")
        #expect(
            try household.run(.clinic, "notice", "reach").output.contains("laptop was given it"))
        try household.run(.laptop, "sync", "--quiet")
        let told = try household.run(.clinic, "notice", "reach", "p100-423917").output
        #expect(told.contains("laptop has it."), "\(told)")
        #expect(told.contains("1 device has not fetched it."), "\(told)")

        let notices = try household.run(.laptop, "notices", status: 3).text
        #expect(notices.contains("Lot P100423917 of Hizentra: set aside."), "\(notices)")
        #expect(notices.contains("Here: 8 vials at home."), "\(notices)")
        let status = try household.run(.laptop, "status").output
        #expect(
            status.contains(
                "1 lot is under recall. Of it you have 8 vials at home.   diary notices"),
            "\(status)")
        let pick = try stock(household, "pick")
        #expect(pick.hasPrefix("No vial is known here that may be used."), "\(pick)")
        #expect(pick.contains("This lot is under recall. Please telephone the clinic."), "\(pick)")

        // C08: it is infused all the same, and the pharmacist is told.
        try household.run(
            .laptop, "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--by", "self", "--start", "now")
        try household.meet()
        let alert = try household.run(.clinic, "notice", "reach", status: 3).text
        #expect(alert.contains("INFUSED AFTER NOTICE: lot P100423917"), "\(alert)")
    }

    @Test func `a code is read in words, and what is known of its lot is said with it`() throws {
        let household = try Household()
        let code = "(01)09520000000103(17)281231(10)P100423917(21)AB12CD34"
        let bare = try household.run(.laptop, "scan", code).output
        #expect(
            bare.hasPrefix("Lot P100423917, expires Sunday 31 December 2028."), "\(bare)")
        #expect(bare.contains("Read it back:  P 1 0 0 4 2 3 9 1 7"), "\(bare)")
        #expect(bare.contains("which product? It is not known here."), "\(bare)")
        try household.run(.laptop, "init", "--for", "Anna", "--zone", "Europe/London")
        try household.run(
            .laptop, "stock", "receipt", "--product", "hizentra", "--vials", "16x4g", "--scan", code
        )
        let known = try household.json(.laptop, "scan", code)
        #expect(known["atHome"] == [16, 16])
        #expect(known["lot"] == "P100423917")
        let run = try household.run(.laptop, "scan", "010952000000010310K724B85411719061421X1")
        #expect(run.output.contains("Does the pack say lot K 7 2 4 B 8 5 4 1?"), "\(run.output)")
        let wrong = try household.json(.laptop, "scan", "0109520000000104")
        #expect(wrong["findings"]?.texts.contains("check_digit_wrong") == true)
        #expect(wrong["lot"] == nil)
        let shop = try household.run(.laptop, "scan", "5060237670730").output
        #expect(shop.hasPrefix("Gammanorm."), "\(shop)")
        #expect(shop.contains("This code has no lot."), "\(shop)")
    }

    @Test func `whose training ends is listed over all patients, and whose turn a question is`()
        throws
    {
        let household = try Household.joined()
        try household.run(
            .clinic, "training", "sign", "P03", "--trainee", "Anna", "--route", "sc",
            "--competency", "pump=independent", "--result", "signed_off", "--valid-until",
            "2028-03-19")
        let due = try household.run(.clinic, "training", "due", "--on", "2028-03-01").output
        #expect(
            due.contains("P03  Anna, sc: signed off until 19 Mar 2028; please plan a new training"),
            "\(due)")
        let none = try household.json(.clinic, "training", "due")
        #expect(none["due"] == [])
        let asked = try household.json(
            .clinic, "question", "ask", "P03", "--text", "Did the box arrive?")
        let question = try #require(asked["handle"]?.stringValue)
        try household.meet()
        let home = try household.run(.laptop, "training").output
        #expect(home.contains("pump done alone"), "\(home)")
        let open = try household.run(.laptop, "questions", status: 3).text
        #expect(open.contains("no answer yet; waits for the patient"), "\(open)")
        // Two answers that had not seen each other.
        try household.run(.laptop, "questions", "answer", question, "yes")
        try household.run(.clinic, "question", "list", "P03", status: 3)
        try household.run(.clinic, "question", "close", question, "--answer", "no")
        try household.meet()
        let contested = try household.json(.clinic, "question", "list", "P03", status: 3)
        #expect(contested["questions"]?.arrayValue?.first?["state"] == "contested")
        let both = try household.run(.laptop, "questions", status: 3).text
        #expect(both.contains("two answers: no or yes"), "\(both)")
        #expect(both.contains("diary conflicts show \(question)"), "\(both)")
    }
}
