import Foundation
import SyncCore

/// Our reader takes exactly what Foundation takes and no rule of the canonical form forbids, and both
/// read the same value.
enum FoundationProperty {
    static func check(
        _ bytes: [UInt8], reading: JSONProperty.Reader = JSONProperty.product
    ) throws {
        let ours = try? reading(bytes, JSONValue.depthLimit)
        let data = Data(bytes)
        let serialised = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
        let decoded = try? JSONDecoder().decode(DecodedJSON.self, from: data)
        let reasons = NonCanonical.reasons(in: bytes)
        if let ours {
            try hold(reasons.isEmpty, "taken although \(reasons)")
            guard let serialised else { throw Broken("taken, and not by JSONSerialization") }
            guard let decoded else { throw Broken("taken, and not by JSONDecoder") }
            try hold(same(ours, serialised), "JSONSerialization reads \(serialised)")
            try hold(decoded.value == ours, "JSONDecoder reads \(decoded.value)")
        } else if reasons.isEmpty {
            try hold(serialised == nil, "refused, taken by JSONSerialization, without a reason")
            try hold(decoded == nil, "refused, taken by JSONDecoder, without a reason")
        }
    }

    private static func same(_ ours: JSONValue, _ theirs: Any) -> Bool {
        switch ours {
        case .null: return theirs is NSNull
        case .bool(let flag): return isBool(theirs) && (theirs as? Bool) == flag
        case .integer(let number):
            return !isBool(theirs) && (theirs as? NSNumber)?.int64Value == number
        case .string(let text):
            return (theirs as? String).map { marksDropped($0) == marksDropped(text) } ?? false
        case .array(let items):
            guard let others = theirs as? [Any] else { return false }
            return items.count == others.count && zip(items, others).allSatisfy { same($0, $1) }
        case .object(let object):
            guard let others = theirs as? [String: Any] else { return false }
            return object.count == others.count
                && object.members.allSatisfy { member in
                    others[member.key].map { same(member.value, $0) } ?? false
                }
        }
    }

    /// JSONSerialization takes U+FEFF, at the beginning and behind an escape, for a mark and drops it.
    private static func marksDropped(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0 != "\u{FEFF}" }
    }

    private static func isBool(_ value: Any) -> Bool {
        (value as? NSNumber).map { ["c", "B"].contains(String(cString: $0.objCType)) } ?? false
    }
}

/// Any JSON value, as `JSONDecoder` understands it.
private struct DecodedJSON: Decodable {
    let value: JSONValue

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let flag = try? container.decode(Bool.self) {
            value = .bool(flag)
        } else if let number = try? container.decode(Int64.self) {
            value = .integer(number)
        } else if (try? container.decode(Double.self)) != nil {
            // Of no canonical text; that it was taken is all that counts.
            value = "a fraction"
        } else if let text = try? container.decode(String.self) {
            value = .string(text)
        } else if let items = try? container.decode([DecodedJSON].self) {
            value = .array(items.map(\.value))
        } else {
            let members = try container.decode([String: DecodedJSON].self)
            value = .object(JSONObject(members.map { ($0.key, $0.value.value) }))
        }
    }
}
