package import SyncCore

extension JSONValue {
    /// The texts of an array of texts.
    package var texts: [String] { arrayValue?.compactMap(\.stringValue) ?? [] }

    /// The candidates of a field of an entry, as `show --json` prints them.
    package func candidates(_ field: String) -> [JSONValue] {
        self["fields"]?[field]?.arrayValue ?? []
    }

    /// The lots that the candidates of a line of vials name, sorted.
    package var lots: [String] {
        candidates("vials.1").compactMap { $0["value"]?["lot"]?.stringValue }.sorted()
    }

    package var conflicts: [String] { self["conflicts"]?.texts ?? [] }
}
