internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// A parent writes one child's infusion into the other's diary, finds out, and moves it (C18).
extension PatientPlanner {
    mutating func recordInTheWrongDiary(
        _ truth: InfusionTruth, _ words: WrittenInfusion, on device: Int, at ms: Int64
    ) {
        guard let other = clinic.families[facts.number], other < facts.number else {
            return record(truth, words, by: .device(device), at: ms)
        }
        let found = ms + Int64(random.between(20...50)) * 3_600_000
        strays.append(
            Stray(writtenMs: ms, voidedMs: found, words: words.words, index: strays.count))
        note(.wrongPatient)
        guard found + 120_000 <= days.endMs else { return }
        var moved = words
        moved.words.names.append(.movedFrom(patient: other, strays.count - 1))
        record(truth, moved, by: .device(device), at: found + 120_000)
    }
}

extension PatientPlan {
    /// Takes in what the other patient's parent wrote here by mistake.
    mutating func take(_ strays: [Stray]) {
        guard let device = devices.firstIndex(where: \.isShared) else { return }
        for stray in strays {
            guard stray.writtenMs > devices[device].joinMs else {
                strayEntries.append(nil)
                continue
            }
            let number = entryCount
            entryCount += 1
            strayEntries.append(number)
            let writer = Writer.device(device)
            acts.append(
                PlannedAct(
                    ms: stray.writtenMs, writer: writer,
                    deed: .begin(number, .infusion, stray.words)))
            acts.append(
                PlannedAct(
                    ms: stray.voidedMs, writer: writer,
                    deed: .amend(
                        number,
                        Words(set: ["status": "voided"], about: ["reason": "wrong_patient"]),
                        seen: .everything)))
        }
        acts = acts.enumerated().sorted { ($0.element.ms, $0.offset) < ($1.element.ms, $1.offset) }
            .map(\.element)
    }
}
