public import SyncCore

extension ValidationContext {
    /// Takes over what was measured before, as far as a measurement that is being written is held
    /// against it: the other hand, and the last weight.
    ///
    /// - Parameters:
    ///   - fields: the measurement's fields; of an infusion only its weight is held against anything.
    ///   - entry: the measurement itself, where it is stored already.
    public mutating func see(
        _ measurements: Measurements, for fields: JSONObject, entry: EntryID? = nil,
        source: MeasureSource? = nil, zone: some ZoneRules
    ) {
        let start = fields["time"].flatMap { TimeValue(json: $0) }?.start
        let now = start?.ms ?? atMs
        let weights = measurements.points.filter { point in
            point.measure == .weight && point.entry != entry && !point.isInDoubt
                && now.map { point.moment.sortingMs(in: zone) <= $0 } ?? true
        }
        if let last = weights.last, let grams = last.number?.wire {
            let seen = WeightSeen(grams: grams, atMs: last.moment.sortingMs(in: zone))
            if lastWeight.map({ $0.atMs <= seen.atMs }) ?? true { lastWeight = seen }
        }
        guard let measure = fields["measure"].flatMap({ MeasureCode(json: $0) }),
            let value = fields["value"].flatMap({ MeasurementValue(json: $0, of: measure) }),
            let day = start?.day(in: zone)
        else { return }
        sides = measurements.sides(
            of: measure, on: value.axis(of: measure), day: day, source: value.source ?? source,
            without: entry)
    }

    /// Takes over what is known of infusions, as far as a reaction or a blood sample is held against it.
    public mutating func see(
        _ infusions: InfusionTimes, for fields: JSONObject, zone: some ZoneRules
    ) {
        infusionStarts = infusions.starts
        guard let entry = fields["infusion"].flatMap({ EntryID(json: $0) }) else { return }
        let onset = fields["time"].flatMap { TimeValue(json: $0) }?.start.day(in: zone)
        linkedInfusion = LinkedInfusion(entry, in: infusions, onset: onset)
    }
}
