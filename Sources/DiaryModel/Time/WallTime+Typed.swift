extension WallTime {
    /// A time as a person types it: `09:05` of the day given, `2026-03-29 09:05` with a space or a T,
    /// a bare day or a bare month; nil for anything else.
    public init?(typed: String, on day: CivilDate) {
        let bytes = Array(typed.utf8)
        if bytes.count == 5, bytes[2] == UInt8(ascii: ":") {
            self.init("\(day)T\(typed)")
        } else if bytes.count == 16, bytes[10] == UInt8(ascii: " ") {
            self.init(
                String(decoding: bytes[..<10] + [UInt8(ascii: "T")] + bytes[11...], as: UTF8.self))
        } else {
            self.init(typed)
        }
    }
}
