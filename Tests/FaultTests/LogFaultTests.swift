import TestSupport
import Testing

/// `diary log`, with its calls to the disk failing in turn: every so manieth here, each in `make faults`.
@Suite(.timeLimit(FaultShare.limit)) struct LogFaultTests {
    private func drill() throws -> FaultDrill {
        let household = try Household()
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        _ = try household.infusion()
        try household.run(.laptop, "log", "note", "A quiet day.")
        let words = [
            "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot", "P100423917",
            "--expiry", "2028-12", "--start", "08:05", "--sites", "abdomen-L,abdomen-R", "--by",
            "self",
        ]
        return try FaultDrill(FaultScene("log", household, .laptop, words))
    }

    @Test(arguments: [
        (DiskFault.failing, false, 23), (.failing, true, 61), (.full, false, 7), (.full, true, 11),
        (.denied, false, 37), (.denied, true, 67), (.interrupted, false, 67), (.short, false, 67),
        (.short, true, 149), (.killed, false, 7),
    ])
    func `whichever call fails, what is told saved is there once, and else nothing is`(
        fault: DiskFault, goesOn: Bool, stride: Int
    ) throws {
        guard FaultShare.includes(fault) else { return }
        let tally = try drill().run(
            fault, goesOn: goesOn, every: FaultShare.isWhole ? 1 : stride)
        try tally.print()
        #expect(tally.flaws.isEmpty, "\(tally.complaints)")
    }
}
