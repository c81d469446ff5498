import DiaryModel

extension FormReader {
    /// Whether there is a lot, and an expiry, for each size of vials: a lot is never
    /// carried over to a further size, and none that was typed is dropped.
    mutating func mayBeOf(_ sizes: Int, _ form: InfusionForm) -> Bool {
        let lots = form.lots.count
        guard form.scans.isEmpty || form.scans.count == sizes else {
            refuse(
                "vials.1",
                "The vials are of \(sizes) \(sizes == 1 ? "size" : "sizes"), the scanned codes "
                    + "\(form.scans.count). Scan one pack for each, or none.")
            return false
        }
        if lots > sizes || (lots > 0 && lots < sizes && form.lotMissing == nil) {
            refuse(
                "vials.1",
                "The vials are of \(sizes) \(sizes == 1 ? "size" : "sizes"), the lots \(lots). "
                    + "Say one lot for each, such as --vials 6x4g+2x4g for two lots of one size.")
            return false
        }
        if lots >= sizes, form.lotMissing != nil {
            refuse("vials.1", "There is a lot and a reason why there is none. Say one of them.")
            return false
        }
        guard form.expiries.isEmpty || form.expiries.count == sizes else {
            refuse(
                "vials.1",
                "The vials are of \(sizes) \(sizes == 1 ? "size" : "sizes"), the expiries "
                    + "\(form.expiries.count). Say one for each, or none; unknown is an answer.")
            return false
        }
        guard form.lots.allSatisfy(TypedText.isPrintable) else {
            refuse(
                "vials.1",
                "A lot is letters, digits and signs as printed on the vial; there is none in what came."
            )
            return false
        }
        return true
    }
}
