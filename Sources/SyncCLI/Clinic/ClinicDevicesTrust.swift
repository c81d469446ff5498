import ArgumentParser
import ClinicServer
import DiaryModel
import SyncCore

/// `diary clinic devices trust`.
struct ClinicDevicesTrust: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Relies on what a device has sent by now; a closed one stays closed.")

    @OptionGroup var options: ClinicOptions
    @OptionGroup var device: DeviceNamed

    @Flag(help: "Rely on them without being asked.")
    var yes = false

    func run() throws {
        try Output.run("clinic devices trust", json: options.json) {
            let home = try options.open()
            let page = try device.page(at: home, for: .acceptReview)
            let status = page.status
            var reply = Reply()
            reply.json = [
                "closed": .bool(status.isClosed),
                "entriesToReview": .integer(Int64(status.entriesToReview)),
                "label": .string(status.label), "replica": .string(status.firstReplica.text),
                "toReview": .integer(Int64(status.eventsToReview)), "written": false,
            ]
            let lines = DeviceLines(zone: try home.zone(), now: home.clinic.now)
            let waiting = lines.waiting(status)
            guard yes || Terminal.current.confirm("\(waiting) Rely on them?") else {
                reply.say(waiting)
                reply.say("Nothing was done. Say --yes to rely on them.")
                reply.note(.waits)
                return reply
            }
            guard try home.clinic.trust(page, by: home.staff()) else {
                reply.say("Nothing of \(status.label) waits to be reviewed. Nothing was written.")
                return reply
            }
            reply.say(waiting)
            reply.say(
                "They count from now on."
                    + (status.isClosed ? " \(status.label) stays closed." : ""))
            reply.json["written"] = true
            return reply
        }
    }
}
