import DiaryDesk
import DiaryModel
import SyncCore

/// A notice in words: the lot, what is asked, and what of it this diary knows.
struct NoticeWords {
    let notice: NoticeOnShow
    let catalogue: Catalogue
    let zone: TZif

    /// `Lot K551A8441 of Octagam 5 %: set aside. Since Thursday 21 April 2016 16:00.`
    var sentence: String {
        let said = notice.held.notice
        let product = catalogue.product(said.product)?.name ?? said.product.text
        let advice = said.advice.map { ": " + $0.text.replacing("_", with: " ") } ?? ""
        let open = notice.held.isInQuestion ? " It is not settled; please telephone." : ""
        return "Lot \(said.lot) of \(product)\(advice). Since \(since).\(open)"
    }

    private var since: String {
        if let ms = notice.held.sinceMs {
            let wall = zone.wall(atMs: ms)
            return "\(wall.date.longWords) \(wall.clockFace)"
        }
        return notice.held.sinceDay?.longWords ?? "a day not said"
    }

    /// The clinic's own words and the letter that they are from.
    var letter: [String] {
        let said = notice.held.notice
        let from = [said.authority, said.reference].compactMap { $0?.text }
        return [said.text?.text].compactMap(\.self)
            + (from.isEmpty ? [] : ["Letter: \(from.joined(separator: ", "))"])
    }

    /// What lies at home of the lot; nil if it never did.
    var stock: String? {
        guard let stock = notice.stock else { return nil }
        var parts: [String] = []
        if stock.vials.high > 0 { parts.append("\(stock.vials.words) at home") }
        if stock.onTheWay.high > 0 { parts.append("\(stock.onTheWay.words) on the way") }
        if parts.isEmpty { parts.append("none of it left at home") }
        return parts.joined(separator: ", ")
    }

    /// The alerts: infusions that began after the notice, or may have.
    func alerts(_ handle: (EntryID) -> Handle) -> [String] {
        notice.infusedAfter.map {
            "\(handle($0.infusion))  \(InfusedAfterNotice.heading): \($0.words(zone: zone))"
        }
    }

    var json: JSONObject {
        var object: JSONObject = [
            "entry": .string(notice.held.entry.text),
            "infusedAfter": .array(
                notice.infusedAfter.map { alert in
                    [
                        "infusion": .string(alert.infusion.text),
                        "inDoubt": .bool(alert.isInDoubt), "order": .string(alert.order.rawValue),
                    ]
                }),
            "infusions": .array(notice.infusions.map { .string($0.text) }),
            "notice": notice.held.notice.json,
        ]
        if let ms = notice.held.sinceMs { object["since"] = .integer(ms) }
        if let stock = notice.stock {
            object["stock"] = [
                "atHome": stock.vials.json, "lost": stock.lost.json,
                "onTheWay": stock.onTheWay.json, "used": stock.used.json,
            ]
        }
        return object
    }
}

extension DeskWords {
    /// The lots under recall that the clinic has told this diary of.
    func notices() throws -> Reply {
        try desk.read("notices") { reading in
            let (notices, odd) = try reading.notices(catalogue: desk.catalogue)
            let handles = try reading.handles()
            let phone = try reading.plans().clinicPhone
            var reply = Reply()
            if notices.isEmpty {
                reply.say("No lot is under recall, as far as the clinic has told.")
            }
            for notice in notices {
                let words = NoticeWords(notice: notice, catalogue: desk.catalogue, zone: desk.zone)
                reply.say("\(handles.handle(of: notice.held.entry))  \(words.sentence)")
                reply.lines += words.letter.map { "      " + $0 }
                if let stock = words.stock { reply.say("      Here: \(stock).") }
                if notice.isAtHome {
                    reply.say("      Set them apart:  diary stock loss --because quarantined …")
                }
                let infused = notice.infusions.map { handles.handle(of: $0).text }
                if !infused.isEmpty {
                    reply.say("      Infused: \(infused.joined(separator: ", ")).")
                }
                reply.lines += words.alerts(handles.handle(of:))
                if notice.asksForSomething { reply.note(.waits) }
            }
            for entry in odd {
                reply.say(
                    "\(handles.handle(of: entry))  A notice that needs a newer version to be shown. "
                        + "Please telephone the clinic.")
                reply.note(.waits)
            }
            if reply.exit == .waits {
                let number = phone.map { "  The clinic’s number: \($0)" } ?? ""
                reply.say("Please telephone the clinic.\(number)")
            }
            reply.json["notices"] = .array(
                notices.map { notice in
                    let words = NoticeWords(
                        notice: notice, catalogue: desk.catalogue, zone: desk.zone)
                    var object = words.json
                    object["handle"] = .string(handles.handle(of: notice.held.entry).text)
                    return .object(object)
                })
            reply.json["notUnderstood"] = .array(odd.map { .string($0.text) })
            return reply
        }
    }

    /// One sentence for a status; nil where no lot is under recall.
    func noticeSentence(in reading: Reading) throws -> String? {
        let notices = try reading.notices(catalogue: desk.catalogue).notices
        guard !notices.isEmpty else { return nil }
        let lots = notices.count == 1 ? "1 lot is" : "\(notices.count) lots are"
        let atHome = notices.filter(\.isAtHome).compactMap(\.stock?.vials)
        let vials = atHome.reduce(.zero) { $0 + $1 }
        let here = atHome.isEmpty ? "" : " Of it you have \(vials.words) at home."
        return "\(lots) under recall.\(here)   diary notices"
    }
}
