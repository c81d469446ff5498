import DiaryStore
import SyncCore

/// One store of which one bit is another: what it says, and what it writes next.
struct FlipTrial {
    let store: FlippedStore
    /// Where the bit is.
    let name: String

    func open(_ directory: String, _ count: inout FlipCount) {
        let database: DiaryDatabase
        do {
            database = try DiaryDatabase.open(in: directory, purpose: store.purpose)
        } catch {
            guard error is StoreError else { return count.wrong.append("\(name): \(error)") }
            count.altered += 1
            count.openErrors += 1
            return
        }
        defer { try? database.close() }
        let backwards = !database.historyWentBackwards.isEmpty
        let reading = StoreReading(of: database, entries: store.truth.positions)
        for (question, error) in reading.errors where !(error is StoreError) {
            count.wrong.append("\(name): \(question) threw \(error)")
        }
        let findings: [Finding]?
        do { findings = try Doctor.examine(database) } catch {
            if !(error is StoreError) { count.wrong.append("\(name): the doctor threw \(error)") }
            findings = nil
        }
        let isReported = backwards || findings != []
        let isAltered = reading.rows != store.truth.rows
        if isAltered { count.altered += 1 }
        if isAltered, !isReported { count.unreported.append("\(name): events") }

        // Where more had been written, what is shown is what was true before that.
        let shown = backwards ? store.states.last { $0.rows == reading.rows } : store.truth
        let wrong = reading.differences(from: shown ?? store.truth)
        if !wrong.isEmpty {
            count.wrong.append(
                "\(name): \(wrong.prefix(6)) of \(wrong.count), doctor \(String(describing: findings))")
        }
        if backwards {
            count.backwards += 1
        } else if findings != [] {
            count.findings += 1
        } else if !reading.errors.isEmpty {
            count.readErrors += 1
            count.unreported.append("\(name): \(reading.errors.first.map { "\($0)" } ?? "")")
        } else {
            count.harmless += 1
        }
        if findings == [] || backwards { goOn(database, backwards, &count) }
    }

    /// A store that says that all is well, or that it went back, writes what all others take.
    private func goOn(_ database: DiaryDatabase, _ backwards: Bool, _ count: inout FlipCount) {
        do {
            let before = try database.frontier()
            let (position, continued) = try database.recordInfusion("after the flip")
            if continued != backwards { count.afterwards.append("\(name): continued \(continued)") }
            if backwards, before.positions.contains(where: { $0.replica == position.replica }) {
                count.afterwards.append("\(name): goes on in the old log")
            }
            if !database.historyWentBackwards.isEmpty {
                count.afterwards.append("\(name): still backwards")
            }
            var others = store.all
            let offer = try database.read {
                try $0.events(in: .test).offer(
                    beyond: others.coverage(of: before.positions), page: PageLimit(bytes: .max))
            }.sections
            let taken = try others.take(offer).taken
            let lost = try others.offer(
                beyond: others.coverage(of: database.frontier().positions),
                page: PageLimit(bytes: .max)
            ).sections
            let back = try database.write { transaction in
                var store = try transaction.events(in: .test)
                return try store.take(lost).taken
            }
            let view = try database.read { try $0.view(of: position, in: .test) }
            let isWhole =
                try taken == offer.count && back == lost.count
                && Set(database.frontier().positions) == Set(others.frontier.positions)
                && others.tree.eventCount > store.all.tree.eventCount
                && view?["note"] == "after the flip"
            if !isWhole { count.afterwards.append("\(name): not all came together") }
            let findings = try Doctor.examine(database)
            if !findings.isEmpty { count.afterwards.append("\(name): then \(findings)") }
        } catch {
            if !(error is StoreError) { count.afterwards.append("\(name): \(error)") }
        }
    }

    func restore(_ directory: String, _ count: inout FlipCount) {
        let restored: Restore
        let target = directory + "/restored"
        do {
            restored = try Restore.run(
                directory + "/backup", into: target, purpose: .device, at: 1_700_000_200_000)
        } catch {
            if !(error is StoreError || error is BackupError) {
                count.wrong.append("\(name): \(error)")
            }
            count.altered += 1
            count.openErrors += 1
            return
        }
        do {
            let database = try DiaryDatabase.open(in: target, purpose: .device)
            defer { try? database.close() }
            let reading = StoreReading(of: database, entries: store.truth.positions)
            let wrong = reading.differences(from: store.truth)
            if !wrong.isEmpty || reading.rows != store.truth.rows {
                count.wrong.append("\(name): restored \(wrong.prefix(6))")
            }
        } catch { count.wrong.append("\(name): \(error)") }
        let header = restored.backup
        // Every bit of a backup is covered by its hashes.
        count.wrong.append(
            "\(name): restored, made \(header.madeMs), events \(header.events)")
    }
}
