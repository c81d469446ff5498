import SyncCore
import Testing
import TestSupport

/// `--json` prints one canonical object, whatever happens.
@Suite(.timeLimit(.minutes(60))) struct JSONTests {
    typealias Place = Household.Place

    private func check(
        _ household: Household, _ place: Place, _ words: [String], as command: String,
        staff: String = Household.nurse, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let ended = try household.start(place, words + ["--json"], staff: staff).wait()
        // Read strictly: a second line, a prompt or a space more would not be canonical.
        let object = try ended.json()
        #expect(object["schema"] == 1, "\(words)", sourceLocation: sourceLocation)
        #expect(object["command"]?.stringValue == command, sourceLocation: sourceLocation)
        #expect(
            object["exit"]?.integerValue == Int64(ended.status), "\(words)",
            sourceLocation: sourceLocation)
        #expect(
            [0, 1, 2, 3].contains(ended.status), "\(ended.text)", sourceLocation: sourceLocation)
    }

    @Test func `every command of a device prints one object`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        let file = household.scratch.file("bundle")
        let commands: [([String], String)] = [
            (["init", "--for", "Cleo"], "init"), (["init", "--for", "Anna"], "init"),
        ]
        for (words, name) in commands { try check(household, .phone, words, as: name) }
        let further: [([String], String)] = [
            (["people"], "people"), (["people", "add", "Dora"], "people add"),
            (["people", "me", "Dora"], "people me"),
            (["log", "note", "Hurts less."], "log note"),
            (["log", "infusion", "--not-done", "fever"], "log infusion"),
            (["log", "infusion"], "log infusion"),
            (["check", "feels_well=yes"], "check"), (["check", "list"], "check list"),
            (["reaction", "last", "headache=1"], "reaction"),
            (["reaction", "list"], "reaction list"),
            (["reaction", "last", "hiccups=1"], "reaction"),
            (["measure", "weight", "82.4"], "measure"), (["measure", "list"], "measure list"),
            (["measure"], "measure"), (["measure", "show", "weight"], "measure show"),
            (["measure", "show", "grams", "--months", "0"], "measure show"), (["report"], "report"),
            (["stock", "receipt"], "stock"), (["stock", "list"], "stock list"),
            (["log", "measurement", "vas_pain", "3"], "log measurement"),
            (["training"], "training"), (["questions"], "questions"),
            (["questions", "answer", handle, "yes"], "questions answer"), (["plan"], "plan"),
            (["due"], "due"),
            (["list"], "list"), (["show", handle], "show"),
            (["show", "zzzzzzzz"], "show"), (["history", handle], "history"),
            (["amend", handle, "lot=P100423971"], "amend"),
            (["amend", handle, "colour=red"], "amend"), (["undo"], "undo"),
            (["void", handle, "--reason", "test"], "void"), (["reinstate", handle], "reinstate"),
            (["sync"], "sync"), (["conflicts"], "conflicts"),
            (["conflicts", "show", handle], "conflicts show"),
            (["conflicts", "resolve", handle, "lot=a"], "conflicts resolve"),
            (["duplicates"], "duplicates"),
            (["duplicates", "same", handle, handle], "duplicates same"),
            (["duplicates", "different", handle, handle], "duplicates different"),
            (["status"], "status"), (["explain", handle], "explain"), (["doctor"], "doctor"),
            (["export", file], "export"), (["import", file], "import"),
            (["join", household.address, "--code", "K7QM-4TZN-8PWC"], "join"),
        ]
        for (words, name) in further { try check(household, .laptop, words, as: name) }
    }

    @Test func `every command of a clinic prints one object`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        let commands: [([String], String)] = [
            (["list", "P03"], "list"), (["list", "P99"], "list"), (["show", handle], "show"),
            (["history", handle], "history"),
            (["log", "note", "--patient", "P03", "Rang the ward."], "log note"),
            (["log", "infusion", "--patient", "P03", "--not-done", "fever"], "log infusion"),
            (
                ["log", "measurement", "--patient", "P03", "weight", "80"], "log measurement"
            ),
            (["log", "check", "--patient", "P03", "feels_well=yes"], "log check"),
            (["log", "stock", "--patient", "P03"], "log stock"),
            (["log", "reaction", "--patient", "P03", "headache=1"], "log reaction"),
            (["plan", "show", "P03"], "plan show"), (["plan", "sign", "P03"], "plan sign"),
            (["plan", "nurses", "yes"], "plan nurses"), (["adherence"], "adherence"),
            (["adherence", "P99"], "adherence"), (["quiet"], "quiet"),
            (["training", "list", "P03"], "training list"),
            (["training", "sign", "P03", "--route", "sc"], "training sign"),
            (["notice", "list"], "notice list"), (["notice", "add"], "notice add"),
            (["question", "ask", "P03", "--text", "How?"], "question ask"),
            (["question", "list"], "question list"),
            (["question", "close", handle], "question close"),
            (["reaction", "assess", handle, "3"], "reaction assess"),
            (["reaction", "report", handle, "--to", "regulator"], "reaction report"),
            (["reactions"], "reactions"), (["reactions", "P99"], "reactions"),
            (["report", "P03"], "report"), (["report", "P03", "--last-day", "soon"], "report"),
            (["amend", handle, "lot=P100423971"], "amend"), (["void", handle], "void"),
            (["conflicts"], "conflicts"), (["conflicts", handle], "conflicts"),
            (["resolve", handle, "lot=a"], "resolve"), (["devices"], "devices"),
            (["diaries"], "diaries"), (["staff"], "staff"), (["audit"], "audit"),
            (["enrol", "P04"], "enrol"), (["init", "--name", "Again"], "init"),
            (["staff", "add", "n.lin", "--name", "N. Lin", "--role", "nurse"], "staff add"),
        ]
        for (words, name) in commands {
            try check(household, .clinic, words, as: "clinic " + name)
        }
        try check(
            household, .clinic, ["enrol", "P04"], as: "clinic enrol",
            staff: Household.administrator)
        try check(household, .clinic, ["audit"], as: "clinic audit", staff: Household.administrator)
    }

    @Test func `a clinic's list of open questions is in its object, too`() throws {
        let household = try Household.joined()
        let handle = try household.sharedInfusion()
        try household.run(.laptop, "amend", handle, "lot=P100423971")
        try household.run(.phone, "amend", handle, "lot=P10042391")
        try household.meet()
        let list = try household.json(.clinic, "conflicts", status: 3)
        #expect(list["conflicts"]?.arrayValue?.compactMap { $0["handle"]?.stringValue } == [handle])
        #expect(list["conflicts"]?.arrayValue?.first?["fields"]?.texts == ["vials.1"])
    }
}
