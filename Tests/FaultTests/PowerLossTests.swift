import DiaryStore
import Foundation
import SyncCore
import TestSupport
import Testing

/// The power goes at any moment; what was not waited for is gone, or half of it.
@Suite(.timeLimit(.minutes(60))) struct PowerLossTests {
    @Test func `what a device was told is saved is there after a loss of power at any moment`()
        throws
    {
        let story = try PowerStory(.laptop)
        try story.run("init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        let infusion = [
            "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot", "P100423917",
            "--expiry", "2028-12", "--start", "08:05", "--sites", "abdomen-L,abdomen-R", "--by",
            "self",
        ]
        for number in 1...4 {
            try story.run("log", "note", "Note \(number).")
            try story.run(infusion)
            try story.run("amend", "last", "sites=thigh-L,thigh-R")
            try story.run("undo")
            try story.run("void", "last", "--reason", "never_happened")
        }
        try story.run("people", "add", "Cleo", "--role", "carer")
        let backup = story.household.scratch.file("laptop.backup")
        try story.run("backup", backup)
        try story.run("log", "note", "After the backup.")
        try story.run("restore", backup)
        for number in 5...9 { try story.run("log", "note", "Note \(number).") }

        var flaws: [String] = []
        var unread = 0
        let all = FaultShare.isWhole
        let looked = try story.forEachImage(seed: 0x706F_7765, share: all ? 1 : 0.05) { image in
            try flaws += look(image, of: story)
            if image.promise == nil { unread += 1 }
        }
        print("Power: \(looked) images of a device, \(unread) before its first word")
        #expect(looked > (all ? 30 : 8))
        #expect(flaws.isEmpty, "\(flaws.count) flaws\n\(flaws.prefix(12).joined(separator: "\n"))")
    }

    @Test func `what a clinic confirmed is there after a loss of power at any moment`() throws {
        let story = try PowerStory(.clinic)
        let household = story.household
        let devices = [Household.Place.laptop, .phone]
        /// What the devices hold was confirmed; they are kept as they are now.
        func confirmed(_ command: String) throws {
            var facts = story.promised.last?.facts ?? []
            for place in devices {
                facts.formUnion(try StoreState(household.home(place), .device).lines)
                try FileManager.default.createDirectory(
                    atPath: household.scratch.file("at-\(story.promised.count)"),
                    withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    atPath: household.home(place),
                    toPath: household.scratch.file("at-\(story.promised.count)/\(place)"))
            }
            try story.promise(command, facts)
        }
        try household.beginClinic()
        try story.promise("init")
        try household.open()
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try household.join(.laptop, role: "patient")
        try household.join(
            .phone, "--for", "Anna", "--as", "Ben", "--device", "phone", "--zone", "Europe/London",
            role: "carer")
        for place in [Household.Place.phone, .laptop] { try household.run(place, "sync") }
        try confirmed("join")
        for round in 1...6 {
            for place in devices {
                try household.run(place, "log", "note", "Round \(round) at \(place).")
            }
            // Both at once.
            let syncs = try devices.map { try household.start($0, ["sync", "--json"]) }
            for sync in syncs {
                let ended = try sync.wait()
                #expect(try ended.json()["result"] == "equal", "\(ended.text)")
            }
            try confirmed("sync \(round)")
            if round % 2 == 0 {
                try story.run("log", "note", "From the nurse.", "--patient", "P03")
            }
        }
        try household.close()
        household.drills = [:]

        var flaws: [String] = []
        var met = 0
        let all = FaultShare.isWhole
        let looked = try story.forEachImage(seed: 0x636C_696E, share: all ? 1 : 0.05) { image in
            guard let promise = image.promise else { return }
            let command = story.promised[promise].command
            let when = "\(image.description), after “\(command)”"
            let state: StoreState
            do { state = try StoreState(image.path + "/clinic", .clinic) } catch {
                flaws.append("\(when): cannot be opened: \(error)")
                return
            }
            let lost = story.promised[promise].facts.subtracting(state.lines)
            if !lost.isEmpty { flaws.append("\(when): \(lost.count) are lost") }
            flaws += (state.findings + state.remarks).map { "\(when): \($0)" }
            let devicesThen = household.scratch.file("at-\(promise)")
            guard FileManager.default.fileExists(atPath: devicesThen), all || met < 3 else {
                return
            }
            // The clinic goes on from this disk, and no device finds that it holds less.
            met += 1
            for place in [Household.Place.clinic] + devices { try household.lose(place) }
            try FileManager.default.copyItem(
                atPath: image.path + "/clinic", toPath: household.home(.clinic))
            for place in devices {
                try FileManager.default.copyItem(
                    atPath: devicesThen + "/\(place)", toPath: household.home(place))
            }
            try household.open()
            for place in devices {
                let ended = try household.start(place, ["sync"]).wait()
                if ended.status != 0 || ended.text.contains("put back") {
                    flaws.append("\(when), \(place): \(ended.text)")
                }
            }
            try household.close()
        }
        print("Power: \(looked) images of a clinic, \(met) of them met by both devices")
        #expect(looked > (all ? 30 : 8) && met > 2)
        #expect(flaws.isEmpty, "\(flaws.count) flaws\n\(flaws.prefix(12).joined(separator: "\n"))")
    }

    /// What is wrong with a device's image.
    private func look(_ image: PowerImage, of story: PowerStory) throws -> [String] {
        let home = image.path + "/laptop"
        let when =
            image.promise.map { "\(image.description), after “\(story.promised[$0].command)”" }
            ?? image.description
        let household = story.household
        func diary(_ words: String...) throws -> Ended {
            var environment = household.environment(.laptop)
            for name in ["LD_PRELOAD", "DISK_UNDER", "DISK_TOP", "DISK_JOURNAL"] {
                environment[name] = nil
            }
            environment["DIARY_HOME"] = home
            return try Child(Child.diary, words, environment: environment, in: household.scratch)
                .wait()
        }
        guard let promise = image.promise else {
            // Nothing was promised yet: a diary can begin, or has begun.
            var flaws: [String] = []
            let begun = try diary("init", "--for", "Anna", "--zone", "Europe/London")
            if begun.status > 2 || begun.signal != nil { flaws.append("\(when): \(begun.text)") }
            let saved = try diary("log", "note", "A first one.")
            if saved.status != 0 { flaws.append("\(when): \(begun.text) then \(saved.text)") }
            return flaws
        }
        let state: StoreState
        do { state = try StoreState(home, story.purpose) } catch {
            return ["\(when): cannot be opened: \(error)"]
        }
        var flaws: [String] = []
        let (now, next) = (
            story.promised[promise],
            story.promised[min(promise + 1, story.promised.count - 1)]
        )
        let lost = now.facts.subtracting(state.lines)
        if !lost.isEmpty { flaws.append("\(when): \(lost.count) of \(now.facts.count) are lost") }
        if state.lines != now.held, state.lines != next.held {
            flaws.append("\(when): neither before nor after “\(next.command)”")
        }
        if !state.findings.isEmpty { flaws.append("\(when): \(state.findings)") }
        if !state.remarks.isEmpty, !now.command.hasPrefix("restore"),
            !next.command.hasPrefix("restore")
        {
            flaws.append("\(when): \(state.remarks)")
        }
        let list = try diary("list", "--json")
        if list.status != 0 { flaws.append("\(when): list: \(list.text)") }
        let saved = try diary("log", "note", "After the power came back.")
        if saved.status != 0 { flaws.append("\(when): \(saved.text)") }
        let after = try StoreState(home, story.purpose)
        if !state.lines.isSubset(of: after.lines) || after.lines.count <= state.lines.count {
            flaws.append("\(when): the next note is not there")
        }
        return flaws
    }
}
