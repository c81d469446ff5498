import SyncCore

/// A lot as printed, in an entry.
struct PlainLot: Hashable {
    let entry: EntryID
    /// A JSON text, so that two are equal if their bytes are.
    let lot: JSONValue
}

/// Every lot that any of these bodies ever named, whatever became of it; bodies not erased.
func plainLots(_ bodies: [(entry: EntryID, set: JSONObject)]) -> Set<PlainLot> {
    var lots: Set<PlainLot> = []
    for body in bodies {
        for member in body.set.members where member.key.hasPrefix("vials.") {
            guard let lot = member.value["lot"], let text = lot.stringValue, !text.isEmpty else {
                continue
            }
            lots.insert(PlainLot(entry: body.entry, lot: lot))
        }
    }
    return lots
}

/// How two lots of the pool are compared: without a label, spaces and capitals, zeros and all.
func plainLotKey(_ lot: String) -> String {
    var text = lot.uppercased()
    for label in ["LOT ", "(10)"] where text.hasPrefix(label) {
        text.removeFirst(label.count)
    }
    return text.filter { $0.isLetter || $0.isNumber }
}
