import DiaryDesk
import DiaryModel
import SyncCore

/// A patient's window of days in lines for staff, and exactly for programs.
struct AdherenceLines {
    let patient: PatientTreatment
    let adherence: Adherence

    /// How far the data reach, then what they say, then what was due, one line for each dose.
    var lines: [String] {
        let window = adherence.window
        var lines = [
            "\(patient.reference)  \(window.from.longWords) to "
                + "\((window.last ?? window.from).longWords), "
                + CountWords.of(window.dayCount, "day"),
            "  \(patient.coverage.words(zone: patient.treatment.zone))",
        ]
        lines += patient.retiredDevices.map { "  \($0)" }
        lines += AdherenceWords(adherence).lines.map { "  " + $0 }
        let slots = adherence.slots.map { slot in
            [
                "  \(slot.date.weekday.name.prefix(3)) \(slot.date.shortWords)",
                "\(GramWords.exact(slot.doseMilligrams)) g", state(of: slot),
            ]
        }
        if !slots.isEmpty {
            lines += DeskWords.table(["  due", "dose", "what became of it"], slots)
        }
        return lines
    }

    private func state(of slot: DueSlot) -> String {
        let grams = slot.course.map { ", \(GramWords.number($0.milligrams)) g" } ?? ""
        let handles = slot.entries.map { patient.handles.handle(of: $0).text }
        let marks = handles.isEmpty ? "" : "  (\(handles.joined(separator: ", ")))"
        return slot.stateWords + grams + marks
    }

    // MARK: All patients

    /// How many patients, which days, and how far they are known.
    static func header(_ all: [AdherenceLines], days: String) -> String {
        let open = all.count { $0.adherence.daysNotReceived > 0 }
        let known =
            open == 0
            ? "every day has been received" : "of \(open) not every day has been received"
        return "\(CountWords.of(all.count, "patient")), \(days); \(known)."
    }

    /// A line for each patient: grams, share, doses, and how far it is known.
    static func table(_ all: [AdherenceLines]) -> [String] {
        DeskWords.table(
            ["", "g given", "of", "share", "doses", "in time", "not known"],
            all.map { one in
                let observed = one.adherence.observed
                let slots = observed.map { "\($0.slotsGiven) of \($0.slotsClosed)" } ?? ""
                let days = one.adherence.daysNotReceived
                return [
                    one.patient.reference, GramWords.number(one.adherence.given), one.prescribed,
                    one.share, slots, observed.map { "\($0.slotsInTime)" } ?? "",
                    days == 0 ? "" : CountWords.of(days, "day"),
                ]
            })
    }

    private var prescribed: String {
        switch adherence.prescribed {
        case .milligrams(let sum): GramWords.number(sum)
        case .noPlan: "no plan"
        case .notComputed: "in question"
        }
    }

    /// The share of the observed days, and up to when where they are not the whole window.
    private var share: String {
        guard let observed = adherence.observed, let dose = observed.dose else { return "" }
        guard observed.window != adherence.window, let last = observed.window.last else {
            return dose.percent
        }
        return observed.window.from == adherence.window.from
            ? "\(dose.percent) to \(last.shortWords)"
            : "\(dose.percent) of \(CountWords.of(observed.window.dayCount, "day"))"
    }
}

extension PatientCoverage {
    /// "Received from every device up to Sunday 1 March 2026 18:04."
    func words(zone: TZif) -> String {
        let told: String
        switch reach {
        case .everything: told = "No device is waited for: what was typed at the clinic is here"
        case .upTo(let ms):
            let wall = zone.wall(atMs: ms)
            told = "Received from every device up to \(wall.date.longWords) \(wall.clockFace)"
        case .nothing:
            let never = waitedFor.filter { $0.heardMs == nil }.map(\.label.text)
            told = "Not known how much is missing: \(never.joined(separator: ", ")) never heard"
        }
        return told + "."
    }
}

extension DueSlot {
    /// The entries that fill it or say that it was not done.
    var entries: [EntryID] {
        switch filling {
        case .course(let course): course.infusions
        case .notDone(let said): said.map(\.entry)
        case nil: []
        }
    }
}
