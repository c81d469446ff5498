import SyncCore

/// Reads the members of an object once each and remembers whether one was not understood.
struct MemberReader {
    private let object: JSONObject
    private var known: [String] = []
    private var failed = false

    init?(_ json: JSONValue) {
        guard let object = json.objectValue else { return nil }
        self.object = object
    }

    /// The member, where there is one; one of another form makes the whole not understood.
    mutating func member<Value: DiaryValue>(_ key: String) -> Value? {
        known.append(key)
        guard let json = object[key] else { return nil }
        guard let value = Value(json: json) else {
            failed = true
            return nil
        }
        return value
    }

    /// All that was read was understood.
    var isUnderstood: Bool { !failed }

    /// The members that nobody asked for.
    var others: JSONObject {
        JSONObject(object.members.filter { !known.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// All was understood and nothing is left over.
    var isWhole: Bool { isUnderstood && others.isEmpty }
}

extension JSONObject {
    /// Sets a member to a value, or leaves it out.
    mutating func set(_ key: String, _ value: (some DiaryValue)?) {
        if let value { self[key] = value.json }
    }
}
