import ArgumentParser
import ClinicServer
import DiaryModel
import SyncCore

/// `diary clinic devices close`.
struct ClinicDevicesClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Closes a device: it reads nothing here any more.",
        discussion: """
            What the clinic holds of it now goes on counting. What it sends later is kept, is found \
            by recalls, and waits to be reviewed (diary clinic devices trust).
            """)

    @OptionGroup var options: ClinicOptions
    @OptionGroup var device: DeviceNamed

    @Option(help: "lost, stolen or access_ended.")
    var because: String

    func run() throws {
        try Output.run("clinic devices close", json: options.json) {
            guard let reason = ClosingReason(rawValue: because), !reason.isRetirement else {
                throw Refused(
                    "A device is closed because it is lost or stolen, or access_ended."
                        + " Nothing was done.", code: "no_such_reason", exit: .usage)
            }
            return try CloseWords.close(device, because: reason, at: options.open())
        }
    }
}

/// `diary clinic devices retire`.
struct ClinicDevicesRetire: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire",
        abstract: "Closes a device that is out of use: coverage waits for it no longer.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var device: DeviceNamed

    @Option(help: "broken, lost, returned or replaced.")
    var because: String

    func run() throws {
        try Output.run("clinic devices retire", json: options.json) {
            guard let reason = ClosingReason(rawValue: "retired_" + because) else {
                throw Refused(
                    "A device is retired because it is broken, lost, returned or replaced."
                        + " Nothing was done.", code: "no_such_reason", exit: .usage)
            }
            return try CloseWords.close(device, because: reason, at: options.open())
        }
    }
}

/// What closing and retiring have in common.
private enum CloseWords {
    static func close(
        _ device: DeviceNamed, because reason: ClosingReason, at home: ClinicHome
    ) throws -> Reply {
        let page = try device.page(at: home, for: .governDevice)
        let closing = try home.clinic.close(page, because: reason, by: home.staff())
        let name = page.status.label
        var reply = Reply()
        switch closing {
        case .closed:
            let entries = page.entriesHeld == 1 ? "entry" : "entries"
            reply.say("\(name) is closed: it reads nothing here any more.")
            if page.entriesHeld > 0 {
                reply.say(
                    "Its \(page.entriesHeld) \(entries) that the clinic holds "
                        + (page.entriesHeld == 1 ? "counts." : "count."))
            }
            reply.say(
                "What else it, or a copy of it, sends is kept, is found by recalls, and waits"
                    + " “to review”.")
        case .retired: reply.say("\(name) was closed before; the reason was written.")
        case .wasClosed:
            reply.say(
                "\(name) is closed already, because: \(DeviceLines.words(page.status.because)).")
            reply.say(
                "Nothing was written: a second closing would rely on later entries than the first.")
        }
        if reason.isRetirement, closing != .wasClosed {
            reply.say("It is out of use: nobody waits to hear from it any more.")
        }
        reply.json = [
            "because": .string(reason.rawValue), "entries": .integer(Int64(page.entriesHeld)),
            "label": .string(name), "replica": .string(page.status.firstReplica.text),
            "written": .bool(closing != .wasClosed),
        ]
        return reply
    }
}
