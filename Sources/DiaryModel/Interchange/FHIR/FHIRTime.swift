import SyncCore

/// Moments and spans as FHIR has them: what is known, to the precision with which it is known.
enum FHIRTime {
    /// Sets a moment under a name: the dateTime, and beside it zone, wall clock and how sure the clock is.
    static func set(_ moment: Moment, as name: String, in object: inout FHIRObject) {
        object.set(name, text(moment).map { .text($0) })
        object.set("_" + name, object: extensions(moment))
    }

    /// `2026-03-29T10:05:00+01:00`, or a bare `2026-03-29` or `2026-03`; nil where FHIR cannot say it.
    static func text(_ moment: Moment) -> String? {
        guard moment.precision.hasInstant else {
            return moment.wall.date.year >= 1 ? moment.wall.description : nil
        }
        guard let ms = moment.ms else { return nil }
        return InstantText.local(ms, offsetMinutes: moment.offset ?? 0) ?? InstantText.utc(ms)
    }

    private static func extensions(_ moment: Moment) -> FHIRObject {
        var found: [FHIRObject] = []
        if text(moment) == nil { found.append(FHIRParts.absence("error")) }
        if let zone = moment.zone?.text, !zone.isEmpty {
            if let code = FHIRParts.code(zone) {
                found.append(["url": .text(FHIRNames.zoneCode), "valueCode": code])
            } else {
                found.append(FHIRParts.own("zone", "valueString", .text(zone)))
            }
        }
        found.append(FHIRParts.own("wall", "valueString", .text(moment.wall.description)))
        if moment.precision == .hour { found.append(FHIRParts.own("precision", code: "hour")) }
        if moment.clock != .ok { found.append(FHIRParts.own("clock", code: moment.clock.rawValue)) }
        return ["extension": .objects(found)]
    }

    /// The span of a `time`; where there is none, that it is not known.
    static func period(_ time: TimeValue?) -> FHIRObject {
        guard let time else { return FHIRParts.absent("unknown") }
        var period = FHIRObject()
        var extensions: [FHIRObject] = []
        if let timer = time.timerMs {
            let length = FHIRParts.quantity(timer, decimals: 3, "s")
            extensions.append(FHIRParts.own("timer", "valueQuantity", .object(length)))
        }
        set(time.start, as: "start", in: &period)
        switch time.end {
        case .value(let end) where isBefore(end, time.start):
            // A period must not end before it begins; what was said stands beside it.
            extensions.append(
                FHIRParts.own("end-before-start", "valueDateTime", text(end).map { .text($0) }))
            period.set("_end", object: FHIRParts.absent("error"))
        case .value(let end): set(end, as: "end", in: &period)
        case .unknown: period.set("_end", object: FHIRParts.absent(.unknown))
        case .declined: period.set("_end", object: FHIRParts.absent(.declined))
        case nil: break
        }
        guard !extensions.isEmpty else { return period }
        var whole = FHIRObject()
        whole.set("extension", list: extensions)
        for member in period.members { whole.set(member.key, member.value) }
        return whole
    }

    private static func isBefore(_ end: Moment, _ start: Moment) -> Bool {
        end.sortingMs() < start.sortingMs() && (end.ms != nil) == (start.ms != nil)
    }

    /// When something was written: an instant to the millisecond, with the writer's offset.
    static func setInstant(_ at: Timestamp, as name: String, in object: inout FHIRObject) {
        let local = InstantText.local(at.milliseconds, offsetMinutes: Int64(at.offset))
        if let text = local ?? InstantText.utc(at.milliseconds) {
            object.set(name, .text(text))
        } else {
            object.set("_" + name, object: FHIRParts.absent("error"))
        }
    }
}
