internal import Glibc

/// Names of what is kept beside a store, by the moment at which it was kept.
enum DatedName {
    /// `start` and the moment in UTC, as in `before-20260329-083000`; the same second twice gets a number.
    static func free(_ start: String, atMs ms: Int64) throws -> String {
        let plain = start + stamp(ms)
        var name = plain
        var number = 2
        while try SafePath.exists(name) {
            guard number < 1000 else { throw StoreError.file(path: plain, code: Int(EEXIST)) }
            name = "\(plain)-\(number)"
            number += 1
        }
        return name
    }

    private static func stamp(_ ms: Int64) -> String {
        var seconds = time_t(ms / 1000)
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return "\(ms)" }
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)\(two(parts.tm_mon + 1))\(two(parts.tm_mday))"
            + "-\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))"
    }
}
