extension CSVSheet {
    /// A row for each device ever enrolled: until when all that it wrote has come.
    ///
    /// - Parameter showsNames: whether devices are called as people call them, or by their numbers.
    public static func devices(
        of patientRef: String, _ coverage: PatientCoverage, showsNames: Bool = true
    ) -> CSVSheet {
        CSVSheet(
            "devices", [.patientRef], ["device", "state", "because", "heard_utc", "behind"],
            rows: coverage.devices.enumerated().map { number, device in
                var common = CSVTable.Row()
                common[.patientRef] = patientRef
                return Row(
                    common: common,
                    own: [
                        showsNames ? device.label.text : "\(number + 1)", device.state.rawValue,
                        ColumnText.list(device.because.map(\.text)),
                        device.heardMs.flatMap(InstantText.utc) ?? "",
                        device.isBehind ? "yes" : "",
                    ])
            })
    }
}
