/// A JSON object: members sorted by key, each key once.
public struct JSONObject: Sendable, Hashable {
    /// The members in canonical order (keys are ASCII, so by bytes).
    public private(set) var members: [Member]

    /// One member of an object.
    public struct Member: Sendable, Hashable {
        public let key: String
        public var value: JSONValue
    }

    public init() { members = [] }

    /// An object of these members; of a repeated key the last stands.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        members = []
        for (key, value) in pairs { self[key] = value }
    }

    /// Members that are known to be sorted and without repetition.
    init(sorted members: [Member]) { self.members = members }

    public var keys: [String] { members.map(\.key) }
    public var isEmpty: Bool { members.isEmpty }
    public var count: Int { members.count }

    /// The value of a member; setting nil removes it.
    public subscript(key: String) -> JSONValue? {
        get {
            let index = insertionIndex(of: key)
            // Not a conditional expression: there, `nil` would be read as a JSON null.
            guard index < members.count, members[index].key == key else { return nil }
            return members[index].value
        }
        set {
            let index = insertionIndex(of: key)
            let found = index < members.count && members[index].key == key
            switch (found, newValue) {
            case (true, let value?): members[index].value = value
            case (true, nil): members.remove(at: index)
            case (false, let value?): members.insert(Member(key: key, value: value), at: index)
            case (false, nil): break
            }
        }
    }

    private func insertionIndex(of key: String) -> Int {
        var low = 0
        var high = members.count
        while low < high {
            let middle = (low + high) / 2
            if members[middle].key.utf8.lexicographicallyPrecedes(key.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
