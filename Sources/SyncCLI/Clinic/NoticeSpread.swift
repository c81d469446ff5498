import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// How far notices have come: who has the lot, whose devices have fetched the notice, who is not told yet.
struct NoticeSpread {
    private let home: ClinicHome
    private let login: String
    private let zone: TZif

    init(home: ClinicHome) throws {
        self.home = home
        login = try home.staff()
        zone = try home.zone()
    }

    private var clinic: ClinicServer.Clinic { home.clinic }

    /// One lot under recall, over all patients.
    private struct Lot {
        let notice: LotNotice
        let sentence: String
        var told: [Told] = []
        var notTold: [(reference: String, reach: NoticeReach)] = []
    }

    /// A patient who has been told.
    private struct Told {
        let reference: String
        let handle: Handle
        let words: NoticeWords
        let alerts: [String]
        let devices: [Device]

        /// The lot is or was in the patient's hands, as far as their diary says.
        var hadIt: Bool { words.notice.stock != nil || !words.notice.infusions.isEmpty }
    }

    /// A device of such a patient, and whether the notice has come to it.
    private struct Device {
        let label: String
        let state: State
        let heardMs: Int64?

        enum State: String {
            /// It said so itself.
            case has
            /// It was given the notice, and has not been heard since.
            case given
            case notFetched = "not_fetched"
            /// The clinic gives it nothing any more.
            case closed
        }
    }

    /// - Parameter wanted: only this lot; nil for all.
    func reply(lot wanted: String?) throws -> Reply {
        let key = wanted.flatMap { LotKey($0) }
        let lots = try read().filter { lot in
            wanted == nil || LotKey(lot.notice.lot) == key
        }
        guard !lots.isEmpty else {
            return Reply(
                wanted == nil ? "No lot is under recall here." : "No notice names that lot.",
                json: ["lots": []])
        }
        var reply = Reply()
        for lot in lots { say(lot, in: &reply) }
        reply.json["lots"] = .array(lots.map(json))
        return reply
    }

    // MARK: Reading

    private func read() throws -> [Lot] {
        try clinic.look("notices", as: login, for: .recall) { transaction, looks in
            var lots: [Lot] = []
            for look in looks {
                for one in look.diaries {
                    let reading = try Reading(transaction, diary: one.diary, zone: zone)
                    try add(reading, of: look.patient, to: &lots)
                }
            }
            for index in lots.indices {
                lots[index].notTold = try notTold(lots[index], looks, in: transaction)
            }
            return lots.sorted {
                ($0.notice.product, $0.notice.lot) < ($1.notice.product, $1.notice.lot)
            }
        }
    }

    private func add(_ reading: Reading, of patient: PatientRecord, to lots: inout [Lot]) throws {
        let notices = try reading.notices(catalogue: .seed).notices
        guard !notices.isEmpty else { return }
        let handles = try reading.handles()
        let devices = try clinic.devices(of: reading.diary, in: reading.transaction)
        for notice in notices {
            let words = NoticeWords(notice: notice, catalogue: .seed, zone: reading.zone)
            let told = Told(
                reference: patient.reference, handle: handles.handle(of: notice.held.entry),
                words: words, alerts: words.alerts(handles.handle(of:)),
                devices: try devices.map { try device($0, notice, in: reading) })
            let same = lots.firstIndex { lot in
                lot.notice.product == notice.held.notice.product
                    && LotKey(lot.notice.lot) == notice.key
            }
            if let same {
                lots[same].told.append(told)
            } else {
                lots.append(
                    Lot(notice: notice.held.notice, sentence: words.sentence, told: [told]))
            }
        }
    }

    private func device(
        _ device: DeviceStatus, _ notice: NoticeOnShow, in reading: Reading
    ) throws -> Device {
        let heard = device.record?.heardMs
        let held = try device.record?.frontier.map { try reading.events.coverage(of: $0.positions) }
        let place = try reading.events.held(notice.event)?.place
        let state: Device.State =
            if let held, let place, held.contains(place) {
                .has
            } else if device.isClosed {
                .closed
            } else if let heard, heard > notice.writtenMs {
                .given
            } else {
                .notFetched
            }
        return Device(label: device.label, state: state, heardMs: heard)
    }

    /// Patients of whom the lot or its product is known, and who have not been told.
    private func notTold(
        _ lot: Lot, _ patients: [PatientLook],
        in transaction: DiaryTransaction
    ) throws -> [(reference: String, reach: NoticeReach)] {
        guard let query = NoticeQuery(lot.notice.json) else { return [] }
        let told = Set(lot.told.map(\.reference))
        return try patients.filter { !told.contains($0.patient.reference) }.compactMap { one in
            var reach = NoticeReach()
            for (number, own) in one.diaries.enumerated() {
                let reading = try Reading(transaction, diary: own.diary, zone: zone)
                reach.add(try reading.reach(of: query), isMain: number == 0)
            }
            return reach.isSomething ? (one.patient.reference, reach) : nil
        }
    }

    // MARK: Words

    private func say(_ lot: Lot, in reply: inout Reply) {
        reply.say(lot.sentence)
        let had = lot.told.filter(\.hadIt)
        let late = lot.told.flatMap(\.devices).count { $0.state == .notFetched }
        let devices = late == 1 ? "1 device has" : "\(late) devices have"
        reply.say(
            "Told: \(lot.told.count). At home: \(lot.told.count(where: \.words.notice.isAtHome)). "
                + "Infused: \(had.count { !$0.words.notice.infusions.isEmpty }). "
                + "\(devices) not fetched it.")
        for told in had { say(told, in: &reply) }
        let others = lot.told.filter { !$0.hadIt }.map(\.reference)
        if !others.isEmpty {
            reply.say("Told, and without this lot: \(others.joined(separator: ", ")).")
        }
        for one in lot.notTold {
            reply.say("\(one.reference)  is not told yet: \(one.reach.words).")
        }
        if !lot.notTold.isEmpty {
            reply.say(
                "diary clinic notice add --product \(lot.notice.product) --lot \(lot.notice.lot)  "
                    + "tells them.")
        }
    }

    private func say(_ told: Told, in reply: inout Reply) {
        let infusions = told.words.notice.infusions.count
        let parts =
            [told.words.stock].compactMap(\.self) + (infusions == 0 ? [] : ["\(infusions) infused"])
        reply.say("\(told.handle)  \(told.reference)  \(parts.joined(separator: ", "))")
        for device in told.devices { reply.say("      \(words(device))") }
        for alert in told.alerts {
            reply.say(alert)
            reply.note(.waits)
        }
    }

    private func words(_ device: Device) -> String {
        let heard = device.heardMs.map { "heard \(lines.moment($0))" } ?? "never heard"
        return switch device.state {
        case .has: "\(device.label) has it."
        case .given: "\(device.label) was given it, \(heard)."
        case .notFetched: "\(device.label) has not fetched it, \(heard)."
        case .closed: "\(device.label) is closed and is told nothing."
        }
    }

    private var lines: DeviceLines {
        DeviceLines(zone: zone, now: clinic.now, showsPatient: false)
    }

    private func json(_ lot: Lot) -> JSONValue {
        [
            "lot": lot.notice.lot.json,
            "notTold": .array(
                lot.notTold.map { one in
                    [
                        "lot": .bool(one.reach.lot), "patient": .string(one.reference),
                        "plan": .bool(one.reach.plan), "product": .bool(one.reach.product),
                    ]
                }),
            "product": lot.notice.product.json,
            "told": .array(
                lot.told.map { told in
                    var object = told.words.json
                    object["devices"] = .array(
                        told.devices.map { device in
                            var object: JSONObject = [
                                "label": .string(device.label),
                                "state": .string(device.state.rawValue),
                            ]
                            if let heard = device.heardMs { object["heard"] = .integer(heard) }
                            return .object(object)
                        })
                    object["handle"] = .string(told.handle.text)
                    object["patient"] = .string(told.reference)
                    return .object(object)
                }),
        ]
    }
}
