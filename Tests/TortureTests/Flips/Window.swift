import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

@testable import SyncCLI

/// Everything that people are shown of a store, each view by itself.
struct Window {
    /// What a command says and how it ends; the words of an error are words, too.
    struct Shown: Equatable {
        let lines: [String]
        let exit: ExitStatus

        init(_ body: () throws -> Reply) {
            let reply: Reply
            do { reply = try body() } catch { reply = Output.failure(error) }
            lines = reply.lines.lasting
            exit = reply.exit
        }
    }

    private(set) var views: [String: Shown] = [:]

    private mutating func look(_ name: String, _ body: () throws -> Reply) {
        views[name] = Shown(body)
    }

    /// What a device shows, with these handles asked for.
    init(device home: DeviceHome, at ms: Int64, handles: [String]) {
        func desk(_ desk: Desk) -> Desk {
            Desk(
                database: desk.database, diary: desk.diary, zone: desk.zone,
                clock: DeskClock { ms }, pen: desk.pen)
        }
        look("list") {
            try home.readAll { one, diary in
                try DeskWords(desk: desk(one)).list(
                    limit: nil, confirmed: home.confirmed(in: diary.id)?.frontier)
            }
        }
        look("status") {
            try home.readAll { one, diary in
                try StatusWords(desk: desk(one)).status(
                    name: diary.name, confirmed: home.confirmed(in: diary.id))
            }
        }
        look("conflicts") {
            try home.readAll { one, _ in try DeskWords(desk: desk(one)).conflictList() }
        }
        look("totals") { try home.readAll { one, _ in try Self.totals(desk(one)) } }
        for handle in handles {
            look("show \(handle)") {
                let (one, entry) = try home.desk(entry: handle)
                return try DeskWords(desk: desk(one)).show(entry)
            }
            look("history \(handle)") {
                let (one, entry) = try home.desk(entry: handle)
                return try DeskWords(desk: desk(one)).history(entry)
            }
        }
    }

    /// What a clinic shows of each patient; written to no audit, so that a look changes nothing.
    init(clinic home: ClinicHome, at ms: Int64, handles: [String: [String]]) {
        func desk(_ diary: DiaryID) throws -> Desk {
            Desk(
                database: home.clinic.database, diary: diary, zone: try home.zone(),
                clock: DeskClock { ms },
                pen: Desk.Pen(author: nil, role: .nurse, label: home.clinic.name, reader: "r.evans")
            )
        }
        for (patient, handles) in handles {
            look("list \(patient)") {
                var reply = Reply()
                for diary in try home.diaries(of: patient) {
                    reply.add(
                        try DeskWords(desk: desk(diary)).list(limit: nil, confirmed: nil))
                    reply.add(try Self.totals(desk(diary)))
                }
                return reply
            }
            for handle in handles {
                look("show \(patient) \(handle)") {
                    let desk = try desk(home.diary(ofEntry: handle, patient: patient))
                    let entry = try desk.entry(named: handle)
                    var reply = try DeskWords(desk: desk).show(entry)
                    reply.add(try DeskWords(desk: desk).history(entry))
                    return reply
                }
            }
        }
    }

    private static func totals(_ desk: Desk) throws -> Reply {
        let totals = try desk.read { try $0.totals() }
        return Reply("\(totals.given.milligrams) of \(totals.compared.count)")
    }

    /// The views that differ from those of the undamaged store and do not say that it is damaged.
    func lies(beside truth: Window) -> [String] {
        views.filter { name, shown in
            shown != truth.views[name] && shown.exit != .damaged
        }.keys.sorted()
    }

    /// How many views say that something is damaged.
    var marked: Int { views.values.count { $0.exit == .damaged } }
}
