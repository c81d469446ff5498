import ArgumentParser
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary measure show`: all values of a measure, as a list, a picture, or a file.
struct MeasureShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows all values of a measure: as a list, a picture here, or an SVG file.",
        discussion: """
            diary measure show grip --plot            both hands
            diary measure show igg_trough --svg igg.svg
            diary measure show grams --months 6       given each week, against the plan

            Names: \(Self.names).
            What lies far apart is not joined, what is not known is not drawn, and kPa, kg and lbf never \
            share a picture. A list with every value follows each one.
            """)

    static let gramsName = "grams"
    private static var names: String {
        (MeasurePictures.names + ["grip_l", "grip_r", gramsName]).joined(separator: ", ")
    }

    @OptionGroup var store: StoreOptions

    @Argument(help: "Such as grip, grip_l, incat, igg_trough, or grams; all measures if not said.")
    var measures: [String] = []

    @Flag(help: "Draw it here.")
    var plot = false

    @Option(help: "Draw it to this SVG file, which must not be there yet.")
    var svg: String?

    @Option(help: "Only the last so many months; of grams 3 if not said.")
    var months: Int?

    func run() throws {
        try Output.run("measure show", json: store.json) {
            let groups = try self.groups()
            guard (1...1200).contains(months ?? 1) else {
                throw Refused("--months is a number from 1 on.", code: "usage", exit: .usage)
            }
            var pictures: [Picture] = []
            var reply = try store.openDevice().readAll { desk, diary in
                let found = try show(groups, DeskWords(desk: desk), diary.name)
                pictures += found.pictures
                return found.reply
            }
            if let svg { reply.add(try PictureFiles(pictures, to: svg).write()) }
            return reply
        }
    }

    private func groups() throws -> [MeasurePictures] {
        guard !measures.isEmpty else { return MeasurePictures.groups }
        return try measures.filter { $0 != Self.gramsName }.map { typed in
            guard let group = MeasurePictures(named: typed) else {
                throw Refused(
                    "Nothing that is measured is called “\(typed)”. Names: \(Self.names).",
                    code: "no_such_measure", exit: .usage)
            }
            return group
        }
    }

    private func show(
        _ groups: [MeasurePictures], _ words: DeskWords, _ name: String
    ) throws -> (reply: Reply, pictures: [Picture]) {
        let today = words.desk.today
        let days = months.map { today.adding(months: -$0)...today }
        var (reply, pictures) = (Reply(json: ["for": .string(name)]), [Picture]())
        if !groups.isEmpty {
            // Asked for everything, what was never measured is not news.
            let found = try words.measured(
                groups, days: days, asPicture: plot, isAll: measures.isEmpty, for: name)
            reply.add(found.reply)
            pictures += found.pictures.map(\.picture)
        }
        if measures.contains(Self.gramsName) {
            let found = try words.grams(
                days ?? today.adding(months: -3)...today, asPicture: plot, for: name)
            reply.add(found.reply)
            pictures.append(found.picture)
        }
        return (reply, pictures)
    }
}
