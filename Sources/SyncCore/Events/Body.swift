/// What was said: the part of an event that a lawful order can erase.
public struct Body: Hashable, Sendable {
    /// What was said with it (reason, warnings, how it was typed): nothing to settle.
    public var about: JSONObject
    public var salt: Salt
    /// The fields this event sets.
    public var set: JSONObject

    public init(about: JSONObject = [:], salt: Salt, set: JSONObject) {
        self.about = about
        self.salt = salt
        self.set = set
    }

    public var json: JSONValue {
        var object: JSONObject = ["salt": .string(salt.text), "set": .object(set)]
        if !about.isEmpty { object["about"] = .object(about) }
        return .object(object)
    }

    /// A body as read; members it does not know are left out, but stay in the line.
    init?(json: JSONValue) {
        guard let salt = json["salt"]?.stringValue.flatMap({ Salt($0) }),
            let set = json["set"]?.objectValue
        else { return nil }
        self.init(about: json["about"]?.objectValue ?? [:], salt: salt, set: set)
    }
}
