import DiaryModel

/// The day on which the codes of these tests are scanned: Sunday 29 March 2026.
let scanDay = CivilDate(daysSinceEpoch: 20_541)

/// A code as a scanner sends it; `<GS>` stands for its separator, `<RS>` and `<EOT>` for those of the PPN.
func scan(_ text: String, on day: CivilDate = scanDay) -> Scan {
    let code = text.replacing("<GS>", with: "\u{1D}").replacing("<RS>", with: "\u{1E}")
        .replacing("<EOT>", with: "\u{04}")
    return Scan(typed: code, on: day)
}

/// What was filled, in the order gtin, lot, expiry, serial, with `-` for what was not.
func filled(_ scan: Scan) -> [String] {
    let expiry = scan.expiry.map { "\($0.date) \($0.precision.rawValue)" }
    return [scan.gtin?.description, scan.lot?.text, expiry, scan.serial?.text].map { $0 ?? "-" }
}
