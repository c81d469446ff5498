/// A volume spread evenly over sites at one rate: what a plan comes to, exactly, and never a proposal.
public struct SiteSplit: Hashable, Sendable {
    public let microlitresPerSite: Fraction
    /// All sites together.
    public let microlitresPerHour: Int64
    public let minutes: Fraction

    /// Nil unless all three are above 0 and what they come to fits.
    public init?(microlitres: Int64, sites: Int64, microlitresPerHourPerSite: Int64) {
        let (rate, overflow) = sites.multipliedReportingOverflow(by: microlitresPerHourPerSite)
        guard microlitres > 0, sites > 0, microlitresPerHourPerSite > 0, !overflow,
            let perSite = Fraction(microlitres, over: sites),
            let hours = Fraction(microlitres, over: rate),
            let minutes = hours.multiplied(by: Fraction(60))
        else { return nil }
        microlitresPerSite = perSite
        microlitresPerHour = rate
        self.minutes = minutes
    }
}
