import SyncCore

extension JSONValue {
    /// The texts of an array of texts.
    var texts: [String] { arrayValue?.compactMap(\.stringValue) ?? [] }

    /// The candidates of a field of an entry, as `show --json` prints them.
    func candidates(_ field: String) -> [JSONValue] {
        self["fields"]?[field]?.arrayValue ?? []
    }

    /// The lots that the candidates of a line of vials name, sorted.
    var lots: [String] {
        candidates("vials.1").compactMap { $0["value"]?["lot"]?.stringValue }.sorted()
    }

    var conflicts: [String] { self["conflicts"]?.texts ?? [] }
}
