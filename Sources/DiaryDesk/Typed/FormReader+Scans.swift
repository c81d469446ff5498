import DiaryModel

extension FormReader {
    /// The product whose packs all codes are of; nil where a person has to say it.
    func scannedProduct(_ scans: [Scan]) -> String? {
        let found = Set(scans.compactMap { $0.product(in: catalogue) })
        return found.count == 1 ? found.first?.text : nil
    }

    /// Refuses a line that its code left without a lot, and says what the code is about.
    mutating func check(_ scan: Scan, filled line: VialLine, at index: Int) {
        guard line.lot == nil, line.lotMissing == nil else { return }
        let sentences = scan.findings.filter { $0 != .expiryPast }.map(\.sentence)
        let question = [scan.suggestionWords].compactMap(\.self)
        refuse(
            "vials.\(index + 1)", .missing,
            (sentences + question + ["Say it with --lot, or why it is missing with --lot-missing."])
                .joined(separator: " "))
    }
}
