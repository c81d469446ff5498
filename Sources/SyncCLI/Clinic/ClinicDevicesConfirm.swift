import ArgumentParser
import ClinicServer
import SyncCore

/// `diary clinic devices confirm`: a clinic that was put back gives again.
struct ClinicDevicesConfirm: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: "After the clinic was put back: gives to its devices again.",
        discussion: """
            A clinic that was put back to a copy may have forgotten that a device was closed. So it \
            gives to none until an administrator has looked at the list. Close first, with `devices \
            close`, whatever was closed since that copy and is open in the list.
            """)

    @OptionGroup var options: ClinicOptions

    @Flag(help: "Give again without being asked.")
    var yes = false

    func run() throws {
        try Output.run("clinic devices confirm", json: options.json) {
            let home = try options.open()
            let page = try home.clinic.confirmationPage(by: home.staff())
            var reply = Reply()
            reply.json = [
                "confirmed": false, "open": .integer(Int64(page.open.count)),
                "unknown": .integer(Int64(page.unknownCount)),
            ]
            guard let restored = page.restored else {
                reply.say("There is nothing to confirm: this clinic gives to its devices.")
                return reply
            }
            let lines = DeviceLines(zone: try home.zone(), now: home.clinic.now)
            let count = page.open.count == 1 ? "1 device" : "\(page.open.count) devices"
            let list = [
                lines.putBack(restored)
                    + " Since then it takes from every device and gives to none.",
                "Open in that copy: \(count). If one was closed since, close it first:",
                "  diary clinic devices close NAME --because lost|stolen|access_ended",
                "Codes of letters that were open in that copy are good no longer.",
            ]
            let unknown = Self.unknown(page.unknownCount)
            let question =
                (list + ["Give to these \(page.open.count) again?"]).joined(separator: "\n")
            guard yes || Terminal.current.confirm(question) else {
                reply.lines = list + unknown
                reply.say("Nothing was confirmed. Say --yes when the list is right.")
                reply.note(.waits)
                return reply
            }
            try home.clinic.confirmDevices(by: home.staff())
            if yes { reply.lines = Array(list.prefix(1)) }
            reply.say("It gives again, to \(count).")
            reply.lines += unknown
            reply.json["confirmed"] = true
            return reply
        }
    }

    private static func unknown(_ count: Int) -> [String] {
        switch count {
        case 0: []
        case 1: ["1 other was heard that it does not know: it needs a code."]
        case 2..<1000: ["\(count) others were heard that it does not know: each needs a code."]
        default: ["A thousand others or more were heard that it does not know."]
        }
    }
}
