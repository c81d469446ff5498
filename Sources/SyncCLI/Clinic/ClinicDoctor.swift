import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic doctor`: checks the clinic's store over all diaries, and mends it.
struct ClinicDoctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks every diary of the clinic, and the file they are in.",
        discussion: """
            Anyone on the staff may look. --repair and --rebuild are for administrators; stop the \
            server before a repair.
            """)

    @OptionGroup var options: ClinicOptions

    @Flag(help: "Keep a copy of the directory and cut away what is damaged.")
    var repair = false

    @Flag(help: "Derive everything that is derived from the events anew.")
    var rebuild = false

    private static let command = "diary clinic doctor"

    func run() throws {
        try Output.run("clinic doctor", json: options.json) {
            do {
                return try repair ? mended() : checked()
            } catch {
                throw DoctorWords.refusal(
                    for: error, in: options.directory, rebuild: rebuild, command: Self.command)
            }
        }
    }

    private func checked() throws -> Reply {
        let home = try options.open()
        try enter(home, as: rebuild ? "doctor rebuild" : "doctor", mends: rebuild)
        if rebuild { try home.clinic.database.rebuildReadModel() }
        return try DoctorWords.reply(
            for: DiaryStore.Doctor.examine(home.clinic.database), in: home.clinic.database,
            command: Self.command)
    }

    private func mended() throws -> Reply {
        // A store too damaged to name its staff is mended by whoever may read its files.
        do {
            let home = try options.open()
            try enter(home, as: "doctor repair", mends: true)
            try home.clinic.database.close()
        } catch let error as StoreError {
            guard Output.words(for: error).code == "damaged" else { throw error }
        }
        let repair = try ClinicServer.Clinic.repair(
            in: options.directory, atMs: StoreOptions.clock.now)
        let home = try options.open()
        let database = home.clinic.database
        if repair.copy != nil {
            let login = try home.staff()
            try database.write { transaction in
                try ClinicRecords(transaction).audit(
                    AuditRecord(ms: home.clinic.now, staff: login, act: "doctor repaired"))
            }
        }
        var reply = DoctorWords.reply(for: repair)
        reply.add(try DoctorWords.reply(for: repair.left, in: database, command: Self.command))
        let aside = try database.read { transaction in
            try transaction.diaries().reduce(0) {
                try $0 + transaction.setAside(in: $1.id).count
            }
        }
        if aside > 0 {
            reply.say(
                "\(aside) lines are set aside; the devices bring theirs with their next syncs.")
        }
        reply.json["setAsideCount"] = .integer(Int64(aside))
        return reply
    }

    private func enter(_ home: ClinicHome, as act: String, mends: Bool) throws {
        let login = try home.staff()
        try home.clinic.database.write { transaction in
            if mends {
                try home.clinic.member(login, may: .governDevice, in: transaction)
            } else {
                guard try ClinicRecords(transaction).staff(login: login) != nil else {
                    throw ClinicError.unknownStaff
                }
            }
            try ClinicRecords(transaction).audit(
                AuditRecord(ms: home.clinic.now, staff: login, act: act))
        }
    }
}
