import ClinicServer
import DiaryModel
import SyncCore

/// The devices of a clinic in lines for staff, and in JSON for programs.
struct DeviceLines {
    let zone: TZif
    let now: Int64
    var showsPatient = false

    func list(_ devices: [DeviceStatus]) -> [String] {
        let rows = devices.flatMap { device in
            device.copies.enumerated().map { number, copy in
                number == 0 ? first(device, copy) : further(device, copy)
            } + (device.copies.isEmpty ? [first(device, nil)] : [])
        }
        let columns = showsPatient ? rows : rows.map { Array($0.dropFirst()) }
        let header = Array(repeating: "", count: showsPatient ? 6 : 5)
        return Array(DeskWords.table(header, columns).dropFirst())
    }

    private func first(_ device: DeviceStatus, _ copy: DeviceCopy?) -> [String] {
        let heard = device.record == nil ? "needs a code" : heard(copy?.heardMs)
        return [
            device.patient ?? "?", device.label, device.role ?? "?", access(of: device),
            trust(in: device), heard,
        ]
    }

    private func further(_ device: DeviceStatus, _ copy: DeviceCopy) -> [String] {
        let since = copy.began.map { ", going on from \(moment($0.milliseconds))" } ?? ""
        return ["", "  its copy\(since)", "", "", "", heard(copy.heardMs)]
    }

    private func access(of device: DeviceStatus) -> String {
        guard device.isClosed else { return device.isSpokenOf ? "open" : "never joined" }
        let state = device.isRetired ? "retired" : "closed"
        let because = Self.words(device.because)
        return because.isEmpty ? state : "\(state), \(because)"
    }

    /// `lost`, for a person: a retirement says so in the word before.
    static func words(_ because: [String]) -> String {
        because.map { $0.replacing("retired_", with: "").replacing("_", with: " ") }
            .joined(separator: " or ")
    }

    private func trust(in device: DeviceStatus) -> String {
        let trust =
            switch device.trusted {
            case .all: "trusted all"
            case .upTo(let positions) where positions.isEmpty: "not trusted"
            case .upTo(let positions):
                "trusted up to event "
                    + positions.sorted().map { "\($0.seq)" }.joined(separator: ", ")
            case .inConflict: "trust in question"
            }
        return device.eventsToReview == 0 ? trust : "\(trust), \(toReview(device)) to review"
    }

    private func toReview(_ device: DeviceStatus) -> String {
        // A device that only named itself or a person wrote events, and no entry.
        let entries = device.entriesToReview
        if entries == 0 { return "\(device.eventsToReview) other events" }
        return entries == 1 ? "1 entry" : "\(entries) entries"
    }

    /// How much of a device waits, and on which of its logs.
    func waiting(_ device: DeviceStatus) -> String {
        guard device.eventsToReview > 0 else { return "Nothing of \(device.label) waits." }
        let logs = device.copies.enumerated().filter { $0.element.eventsToReview > 0 }
            .map { number, copy in
                let log = number == 0 ? "its own log" : "the log of its copy"
                return copy.isForked ? log + ", which was continued in two places" : log
            }
        return "\(toReview(device)) of \(device.label) came beyond what is relied on, on "
            + logs.joined(separator: " and on ") + "."
    }

    // MARK: A clinic that was put back

    func putBack(_ restored: ClinicServer.Clinic.Restored) -> String {
        if restored.isFromPhrase {
            return "This clinic began again from its phrase \(moment(restored.noticedMs))."
        }
        if let copy = restored.copyMs { return "This clinic was put back to \(moment(copy))." }
        return "This clinic was put back to an older copy; noticed \(moment(restored.noticedMs))."
    }

    func unconfirmed(_ restored: ClinicServer.Clinic.Restored) -> [String] {
        [putBack(restored), "It gives to none of these until  diary clinic devices confirm"]
    }

    // MARK: Times

    private func heard(_ ms: Int64?) -> String { ms.map { "heard \(moment($0))" } ?? "never heard" }

    /// `today 12:44`, `Sunday 09:31` within a week, else how many days ago.
    func moment(_ ms: Int64) -> String {
        let wall = zone.wall(atMs: ms)
        let days = zone.day(atMs: now).daysSinceEpoch - zone.day(atMs: ms).daysSinceEpoch
        switch days {
        case 0: return "today \(wall.clockFace)"
        case 1...6: return "\(wall.date.weekday.name) \(wall.clockFace)"
        case 7...: return "\(days) days ago"
        default: return WhenWords(wall, for: HereAndNow(zone, atMs: now)).short
        }
    }
}

extension DeviceStatus {
    /// The stable form for programs.
    var json: JSONValue {
        var object: JSONObject = [
            "because": .array(because.map(JSONValue.string)), "closed": .bool(isClosed),
            "copies": .array(copies.map(\.json)), "diary": .string(diary.text),
            "entriesToReview": .integer(Int64(entriesToReview)), "known": .bool(record != nil),
            "label": .string(label), "replicas": .array(replicas.map { .string($0.text) }),
            "retired": .bool(isRetired), "toReview": .integer(Int64(eventsToReview)),
            "trusted": trusted.json,
        ]
        if let patient { object["patient"] = .string(patient) }
        if let heard = record?.heardMs { object["heard"] = .integer(heard) }
        if let role { object["role"] = .string(role) }
        return .object(object)
    }
}

extension DeviceStatus.Trusted {
    var json: JSONValue {
        switch self {
        case .all: "all"
        case .upTo(let positions): .array(positions.map(\.json))
        case .inConflict(let lists): ["conflict": .array(lists.map { .array($0.map(\.json)) })]
        }
    }
}

extension DeviceCopy {
    var json: JSONValue {
        var object: JSONObject = [
            "forked": .bool(isForked), "replica": .string(replica.text),
            "toReview": .integer(Int64(eventsToReview)),
        ]
        if let began { object["began"] = .integer(began.milliseconds) }
        if let heardMs { object["heard"] = .integer(heardMs) }
        return .object(object)
    }
}
