import SyncCore

/// The fields of an entry on their way into a resource: whatever finds no element becomes an extension.
///
/// So nothing is left out silently: a field that FHIR has no place for, one of a newer version, one that
/// was erased, and one in conflict with all that is said of it.
struct FHIRFields {
    private let entry: ExportedEntry
    private var told: Set<String> = [Vocabulary.status]

    init(_ entry: ExportedEntry) { self.entry = entry }

    /// The settled value of a field, from then on told; nil where it is not understood or not settled.
    mutating func take<Value: DiaryValue>(_ field: String, _ type: Value.Type = Value.self)
        -> Value?
    {
        guard let value = entry.settled(field).flatMap({ Value(json: $0) }) else { return nil }
        told.insert(field)
        return value
    }

    /// As above, for a value that may be a word instead.
    mutating func said<Value: DiaryValue>(
        _ field: String, _ type: Value.Type = Value.self
    ) -> Said<Value>? {
        take(field, Said<Value>.self)
    }

    /// The start of `time`, for an element that has no end: with one, the whole stays to be told.
    mutating func takeStart() -> Moment? {
        guard let time = entry.settled("time").flatMap({ TimeValue(json: $0) }) else { return nil }
        if time.end == nil, time.timerMs == nil { told.insert("time") }
        return time.start
    }

    /// Says that a field needs no extension: it was told otherwise.
    mutating func told(_ field: String) { told.insert(field) }

    /// The fields of a family in byte order: `answer.feels_well` ...
    func names(_ prefix: String) -> [String] {
        entry.fields.keys.filter { $0.hasPrefix(prefix) }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }

    /// What was not told yet, as extensions.
    var rest: [FHIRObject] { names("").filter { !told.contains($0) }.compactMap { untold($0) } }

    /// A field as an extension, whatever it says; nil where it was taken out again.
    func untold(_ field: String) -> FHIRObject? {
        guard let register = entry.fields[field] else { return nil }
        if !register.isInConflict, register.settled == .said(.null) { return nil }
        let values = Set(register.candidates.map(\.value)).map(Self.member)
            .sorted { $0.json.utf8.lexicographicallyPrecedes($1.json.utf8) }
        let name: FHIRObject = ["url": "name", "valueString": .text(field)]
        return [
            "extension": .objects([name] + values),
            "url": .text(FHIRNames.extension(register.isInConflict ? "conflict" : "field")),
        ]
    }

    private static func member(_ value: Register.Value) -> FHIRObject {
        guard let json = value.json else {
            return ["extension": [FHIRParts.absence("masked")], "url": "value"]
        }
        let text = json.stringValue ?? json.canonicalText
        return ["url": "value", "valueString": .text(text.isEmpty ? "\"\"" : text)]
    }
}
