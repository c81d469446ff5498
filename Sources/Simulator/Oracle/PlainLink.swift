import SyncCore

/// What is said of two entries: every candidate of every field that names the two.
struct PlainLink {
    let pair: Set<EntryID>
    /// Which copy somebody said counts, of those who said that they are the same.
    private(set) var counted: Set<EntryID> = []
    private(set) var saysDifferent = false

    var saysSame: Bool { !counted.isEmpty }
    var isDisputed: Bool { saysSame && saysDifferent }

    /// The entries that somebody said are not to count.
    var setAside: Set<EntryID> {
        var aside: Set<EntryID> = []
        for counts in counted where pair.contains(counts) {
            aside.formUnion(pair.subtracting([counts]))
        }
        return aside
    }

    /// All pairs of which somebody said something that can be understood.
    static func all(in infusions: [PlainInfusion]) -> [PlainLink] {
        var links: [Set<EntryID>: PlainLink] = [:]
        for infusion in infusions {
            for (field, said) in infusion.fields where field.hasPrefix("link.") {
                guard let other = EntryID(String(field.dropFirst(5))), other != infusion.entry
                else { continue }
                let pair: Set = [infusion.entry, other]
                for value in said {
                    guard let json = value.json else { continue }
                    var link = links[pair] ?? PlainLink(pair: pair)
                    if json["value"] == "different" {
                        link.saysDifferent = true
                    } else if json["value"] == "same",
                        let counts = json["counts"]?.stringValue.flatMap({ EntryID($0) })
                    {
                        link.counted.insert(counts)
                    } else {
                        continue
                    }
                    links[pair] = link
                }
            }
        }
        return Array(links.values)
    }
}
