import TestSupport
import Testing

/// The other commands: every call of theirs fails in `make faults`, every so manieth in each test run.
@Suite(.timeLimit(FaultShare.limit)) struct CommandFaultTests {
    private static let faults: [(fault: DiskFault, goesOn: Bool, stride: Int)] = [
        (.failing, false, 797), (.failing, true, 997), (.full, false, 167), (.full, true, 227),
        (.denied, false, 499), (.killed, false, 127),
    ]
    private static let more: [(fault: DiskFault, goesOn: Bool, stride: Int)] = [
        (.denied, true, 1), (.interrupted, false, 1), (.short, false, 1), (.short, true, 5),
    ]

    @Test(arguments: FaultScenes.allCases)
    func `a command that meets a fault leaves the old store or the new one, and says which`(
        command: FaultScenes
    ) throws {
        guard FaultShare.includes(command) else { return }
        let drill = try FaultDrill(command.scene())
        let faults = Self.faults + (FaultShare.isWhole ? Self.more : [])
        for (number, each) in faults.enumerated() where FaultShare.includes(each.fault) {
            let stride = FaultShare.isWhole ? 1 : each.stride
            // Other calls of other commands.
            let first = stride == 1 ? 1 : 1 + (command.rawValue.utf8.count * 7 + number) % stride
            let tally = try drill.run(
                each.fault, goesOn: each.goesOn, from: first, every: stride)
            try tally.print()
            #expect(tally.flaws.isEmpty, "\(tally.complaints)")
        }
    }
}
