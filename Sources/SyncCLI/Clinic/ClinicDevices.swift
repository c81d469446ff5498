import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic devices`: which devices write in which diaries, and the clinic's word on them.
struct ClinicDevices: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Lists devices; closes one, retires one, relies on what one sent.",
        subcommands: [
            All.self, ClinicDevicesClose.self, ClinicDevicesRetire.self, ClinicDevicesTrust.self,
            ClinicDevicesConfirm.self,
        ], defaultSubcommand: All.self)

    struct All: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists the devices of a patient, or of all.")

        @OptionGroup var options: ClinicOptions

        @Argument(help: "The patient's reference; all devices if not said.")
        var patient: String?

        func run() throws {
            try Output.run("clinic devices", json: options.json) {
                let home = try options.open()
                let devices = try home.clinic.devices(ofPatient: patient, by: home.staff())
                let restored = try home.clinic.database.read { transaction in
                    try home.clinic.isUnconfirmed(transaction)
                        ? home.clinic.restored(transaction) : nil
                }
                let lines = DeviceLines(
                    zone: try home.zone(), now: home.clinic.now,
                    showsPatient: patient == nil)
                var reply = Reply()
                if let restored { reply.say(lines.unconfirmed(restored)) }
                reply.lines += lines.list(devices)
                if devices.isEmpty { reply.say("No device has joined yet.") }
                reply.json["devices"] = .array(devices.map(\.json))
                reply.json["unconfirmed"] = .bool(restored != nil)
                return reply
            }
        }
    }
}

/// Which device is meant.
struct DeviceNamed: ParsableArguments {
    @Argument(help: "The device's name, or the first characters of one of its logs' names.")
    var name: String

    @Option(help: "Whose device, where several patients have one of that name.")
    var patient: String?

    /// The device as it is now, for what is about to be done.
    func page(at home: ClinicHome, for act: Act) throws -> DevicePage {
        try home.clinic.device(named: name, ofPatient: patient, for: act, by: home.staff())
    }
}
