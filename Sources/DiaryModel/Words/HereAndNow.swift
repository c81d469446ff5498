/// Where and when a time is read: of the reader's own zone and year nobody says them.
public struct HereAndNow: Sendable {
    /// The IANA name of the zone.
    let zone: String
    let year: Int

    public init(_ zone: some ZoneRules, atMs nowMs: Int64) {
        self.zone = zone.name
        year = zone.day(atMs: nowMs).year
    }

    /// " in Auckland", where a moment was not said in the reader's zone.
    func place(of moment: Moment) -> String {
        guard let zone = moment.zone, zone != PrintedText(self.zone),
            let city = zone.text.split(separator: "/").last
        else { return "" }
        return " in " + city.replacing("_", with: " ")
    }
}
