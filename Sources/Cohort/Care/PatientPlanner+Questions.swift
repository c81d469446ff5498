internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// A lot that is not allowed to be given for now, and the notice that says so.
struct NoticePlan: Sendable {
    let lot: LotPlan
    let ms: Int64
}

/// What the clinic asks and tells, and what comes back.
extension PatientPlanner {
    /// The pharmacist asks about lots that nobody noted.
    mutating func planQuestions() {
        for record in records {
            guard let line = record.lots.firstIndex(where: { $0.text == nil }),
                case .device(let device) = record.writer, !record.truth.isExposure,
                random.happens(CohortTable.missingLotAsked),
                let heard = atClinic(record.writtenMs, by: record.writer)
            else { continue }
            let day = days.workday(days.day(atMs: heard) + random.between(1...5))
            let ms = days.ms(day: day, minute: random.between(560...1010))
            let asked = begin(
                .question, at: ms, by: .staff(StaffPlan.pharmacist.login),
                Words(
                    set: [
                        "ask": [
                            "about": ["field": .string(LineName(number: line + 1).vials)],
                            "code": "lot_missing",
                            "text": "Do you still have the box of this infusion?",
                            "to": "patient",
                        ]
                    ], names: [.entry(record.entry, at: ["ask", "about", "entry"])]))
            let arrives = on(device, writtenAt: ms, by: .staff(StaffPlan.pharmacist.login))
            guard random.happens(CohortTable.questionAnswered),
                let answered = moment(on: device, after: arrives, hours: random.between(1...40))
            else { continue }
            amend(
                asked, at: answered, by: .device(device),
                Words(set: ["answer": .string(random.pick(["no", "unknown"]))]))
        }
    }

    /// A notice about a lot goes into every diary of its product.
    mutating func planNotice() {
        guard let notice = clinic.notice, notice.lot.product == facts.regimen.product,
            notice.ms > foundedMs + 3_600_000
        else { return }
        let expiry: JSONValue = [
            "date": .string(notice.lot.expiry.description), "precision": "month",
            "printed": .string(notice.lot.typedExpiry),
        ]
        begin(
            .notice, at: notice.ms, by: .staff(StaffPlan.pharmacist.login),
            Words(set: [
                "notice": [
                    "advice": "quarantine", "authority": "Invented Authority", "expiry": expiry,
                    "lot": .string(notice.lot.text), "product": notice.lot.product.json,
                    "reference": "SYN-NOTICE-1",
                    "since": Moment(ms: notice.ms, in: days.home).json,
                    "text": "Do not use vials of this lot. Keep them and phone us.",
                ]
            ]))
    }
}
