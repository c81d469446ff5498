import SyncCore

extension JSONObject {
    /// The member, where there is one.
    ///
    /// The subscript cannot be used here: its `nil` is read as JSON's null, so that an absent member
    /// looks like a null one, and "not asked" like "taken out".
    func member(_ key: String) -> JSONValue? {
        guard let found = members.first(where: { $0.key.utf8.elementsEqual(key.utf8) }) else {
            return Optional<JSONValue>.none
        }
        return found.value
    }
}

extension JSONValue {
    /// The member of an object; nil if there is none or this is no object.
    func member(_ key: String) -> JSONValue? {
        guard let object = objectValue else { return Optional<JSONValue>.none }
        return object.member(key)
    }
}
