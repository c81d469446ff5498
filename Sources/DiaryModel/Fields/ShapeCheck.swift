import SyncCore

/// Holds one value against the shape of its row.
struct ShapeCheck {
    let field: String
    let row: FieldRow
    private(set) var rejections: [Rejection] = []
    private(set) var warnings: [Warning] = []

    init(field: String, row: FieldRow, value: JSONValue) {
        self.field = field
        self.row = row
        check(
            value, row.shape,
            Place(
                path: field, sentence: row.sentence, soft: row.soft, allowsWords: row.allowsWords))
    }

    /// Where in the value the check is, and what a person reads if it fails there.
    private struct Place {
        var path: String
        var sentence: String
        var soft: [SoftLimit]
        var allowsWords: Bool

        /// The place of a member: its own sentence, and that not knowing is an answer where it is one.
        func member(_ member: ValueMember, isClinics: Bool) -> Place {
            let takesWords = member.allowsWords && member.shape.takesWords && !isClinics
            let wayOut = takesWords ? " Say unknown if you do not know." : ""
            return Place(
                path: "\(path)/\(member.name)",
                sentence: member.sentence.map { "Expected \($0).\(wayOut)" } ?? sentence,
                soft: member.soft, allowsWords: takesWords)
        }
    }

    private mutating func reject(_ code: Rejection.Code, _ place: Place) {
        rejections.append(Rejection(field: place.path, code: code, sentence: place.sentence))
    }

    private mutating func check(_ json: JSONValue, _ shape: ValueShape, _ place: Place) {
        if place.allowsWords, shape.takesWords, AnswerWord(json: json) != nil { return }
        switch shape {
        case .anything: return
        case .code(let codes), .exactly(let codes): checkCode(json, codes, place)
        case .answer:
            if Answer(json: json) == nil { reject(.notInList, place) }
        case .integer(let range): checkInteger(json, range, place)
        case .text(let bytes): checkText(json, bytes, place)
        case .date:
            guard let text = json.stringValue else { return reject(.malformed, place) }
            if CivilDate(text) == nil { reject(Self.dateCode(text), place) }
        case .moment: checkMoment(json, place)
        case .gtin:
            if json.stringValue.flatMap({ GTIN($0) })?.description != json.stringValue {
                reject(.malformed, place)
            }
        case .event:
            if !Self.isPosition(json) { reject(.malformed, place) }
        case .entry:
            if EntryID(json: json) == nil { reject(.malformed, place) }
        case .object(let members): checkObject(json, members, place)
        case .list(let item, let limit):
            guard let items = json.arrayValue else { return reject(.malformed, place) }
            if items.count > limit { return reject(.outOfRange, place) }
            var inner = place
            inner.allowsWords = false
            for value in items { check(value, item, inner) }
        case .either(let shapes): checkEither(json, shapes, place)
        }
    }

    private mutating func checkCode(_ json: JSONValue, _ codes: [String], _ place: Place) {
        guard let text = json.stringValue else { return reject(.malformed, place) }
        if !codes.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
            reject(.notInList, place)
        }
    }

    private mutating func checkInteger(
        _ json: JSONValue, _ range: ClosedRange<Int64>, _ place: Place
    ) {
        guard let number = json.integerValue else { return reject(.malformed, place) }
        guard range.contains(number) else { return reject(.outOfRange, place) }
        for limit in place.soft where !limit.usual.contains(number) {
            warnings.append(Warning(limit.code, field, json))
        }
    }

    private mutating func checkText(_ json: JSONValue, _ bytes: Int, _ place: Place) {
        guard let text = json.stringValue else { return reject(.malformed, place) }
        if text.isEmpty { return reject(.missing, place) }
        if text.utf8.contains(0) { return reject(.malformed, place) }
        if text.utf8.count > bytes { reject(.outOfRange, place) }
    }

    private mutating func checkMoment(_ json: JSONValue, _ place: Place) {
        guard Moment(json: json) == nil else { return }
        let wall = json["wall"]?.stringValue
        reject(wall.map(Self.dateCode) ?? .malformed, place)
    }

    /// A text of digits in the right places that the calendar does not have is impossible, not malformed.
    private static func dateCode(_ text: String) -> Rejection.Code {
        guard WallTime(text) == nil else { return .malformed }
        let shape = text.utf8.map { (0x30...0x39).contains($0) ? UInt8(ascii: "0") : $0 }
        let forms = ["0000-00", "0000-00-00", "0000-00-00T00", "0000-00-00T00:00"]
        return forms.contains { $0.utf8.elementsEqual(shape) } ? .impossible : .malformed
    }

    private static func isPosition(_ json: JSONValue) -> Bool {
        guard let parts = json.arrayValue, parts.count == 3,
            let replica = parts[0].stringValue, ReplicaID(replica) != nil,
            let seq = parts[1].integerValue, seq >= 1
        else { return false }
        return EventID(json: parts[2]) != nil
    }

    private mutating func checkObject(_ json: JSONValue, _ members: [ValueMember], _ place: Place) {
        guard let object = json.objectValue else { return reject(.malformed, place) }
        for member in members {
            let inner = place.member(member, isClinics: row.isClinics)
            if let value = object[member.name] {
                check(value, member.shape, inner)
            } else if member.isRequired {
                reject(.missing, inner)
            }
        }
        for key in object.keys where !members.contains(where: { $0.name == key }) {
            var inner = place
            inner.path += "/\(key)"
            reject(.malformed, inner)
        }
    }

    /// Passes if one shape does; else the reason is that of the shape that came closest.
    private mutating func checkEither(_ json: JSONValue, _ shapes: [ValueShape], _ place: Place) {
        var closest: [Rejection]?
        for shape in shapes {
            var attempt = self
            attempt.rejections = []
            attempt.warnings = []
            attempt.check(json, shape, place)
            if attempt.rejections.isEmpty {
                warnings += attempt.warnings
                return
            }
            let isClose = attempt.rejections.contains { $0.code == .outOfRange }
            if closest == nil || isClose { closest = attempt.rejections }
        }
        rejections += closest ?? []
    }
}
