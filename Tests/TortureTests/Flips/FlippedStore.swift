import ArgumentParser
import ClinicServer
import DiaryStore
import Foundation
import SyncCore
import TestSupport

@testable import SyncCLI

/// What is found out about a store: what it holds, what it shows, and what the doctor says of it.
struct Examination {
    /// Why it could not be opened at all.
    var refusal: String?
    var ledger: Ledger?
    var window: Window?
    /// What the doctor found, or why it could not look; empty if nothing is wrong.
    var findings: [String] = []
    /// Whether every command says beside its answer that the store is in doubt.
    var isInDoubt = false

    init(_ directory: String, isClinic: Bool, at ms: Int64, handles: [String: [String]]) {
        do {
            let database: DiaryDatabase
            let look: () -> Window
            if isClinic {
                let home = try ClinicOptions.parse(["--home", directory]).open()
                database = home.clinic.database
                look = { Window(clinic: home, at: ms, handles: handles) }
            } else {
                let home = try StoreOptions.parse(["--home", directory]).openDevice()
                database = home.database
                look = { Window(device: home, at: ms, handles: handles[""] ?? []) }
            }
            defer { try? database.close() }
            isInDoubt = !database.doubts().isEmpty
            // Before anything is shown, since showing may write.
            ledger = try? Ledger(of: database)
            do {
                findings = try DiaryStore.Doctor.examine(database).map { "\($0.kind)" }
            } catch {
                findings = ["\(error)"]
            }
            window = look()
        } catch {
            refusal = "\(error)"
        }
    }
}

/// One bit of one file of a store flipped, and what came of it.
struct FlippedStore {
    let what: String
    let name: String
    let template: String
    let file: String
    let isClinic: Bool
    let truth: Examination
    let pages: [Int: String]
    let stores: FlipStores

    enum Notice: String {
        case atOpening = "when opening", byDoctor = "by the doctor", whenShown = "only when shown"
        case nowhere = "nowhere, and nothing changed"
    }

    struct Outcome {
        let place: String
        let notice: Notice
        let isAltered: Bool
        /// What was shown, unmarked, and is not so; and whether altered events went unreported.
        let lies: [String]
        let isUnreported: Bool
        let story: String
    }

    private static let clock: Int64 = 1_774_900_000_000

    init(_ what: String, _ template: String, _ file: String, of stores: FlipStores) throws {
        self.what = what
        name = template
        self.template = stores.template(template)
        self.file = file
        self.stores = stores
        isClinic = template.hasPrefix("clinic")
        let database = self.template + (isClinic ? "/clinic.db" : "/diary.db")
        pages = try FlipSite.pages(of: database, in: stores.scratch)
        let copy = try stores.copy(template)
        truth = Examination(
            copy, isClinic: isClinic, at: Self.clock, handles: Self.handles(stores, isClinic))
    }

    private static func handles(_ stores: FlipStores, _ isClinic: Bool) -> [String: [String]] {
        isClinic ? stores.clinic : ["": stores.device]
    }

    private var length: Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: template + "/" + file)
        return (attributes?[.size] as? Int) ?? 0
    }

    /// Flips one bit of a copy, opens it as the commands do, and compares.
    func outcome(seed: UInt64) throws -> Outcome {
        let site = FlipSite(seed: seed, length: length)
        let copy = try stores.copy(name)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try site.flip(copy + "/" + file)
        let found = Examination(
            copy, isClinic: isClinic, at: Self.clock,
            handles: Self.handles(stores, isClinic))
        let isAltered = found.ledger != truth.ledger
        let isReported = found.refusal != nil || !found.findings.isEmpty
        let lies: [String] =
            if let window = found.window, let right = truth.window, !found.isInDoubt {
                window.lies(beside: right)
            } else {
                []
            }
        let notice: Notice =
            if found.refusal != nil {
                .atOpening
            } else if !found.findings.isEmpty {
                .byDoctor
            } else if found.window?.marked ?? 0 > 0 {
                .whenShown
            } else {
                .nowhere
            }
        let place = place(of: site)
        var story = "\(what), seed \(seed), \(site) (\(place)): noticed \(notice.rawValue)"
        if isAltered { story += ", events altered" }
        if let refusal = found.refusal { story += ", \(refusal)" }
        story += ", found \(found.findings.prefix(3))"
        for lie in lies.prefix(3) {
            story += "\n  \(lie) showed \(found.window?.views[lie]?.lines ?? [])"
            story += "\n  instead of \(truth.window?.views[lie]?.lines ?? [])"
        }
        return Outcome(
            place: place, notice: notice, isAltered: isAltered, lies: lies,
            isUnreported: isAltered && !isReported, story: story)
    }

    private func place(of site: FlipSite) -> String {
        guard file.hasSuffix("-wal") else {
            return site.offset < 100
                ? "the file's header" : pages[site.offset / 4096 + 1] ?? "an unused page"
        }
        guard site.offset >= 32 else { return "the log's header" }
        return (site.offset - 32) % 4120 < 24 ? "a frame's header" : "a frame's page"
    }
}
