import FuzzProperties
import Glibc

/// The target of this process: libFuzzer starts itself anew and hands on nothing but the environment.
enum Chosen {
    static let target = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

    /// One input; what is broken ends the process as a trap would, and libFuzzer keeps the input.
    static func check(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        let bytes = Array(UnsafeBufferPointer(start: start, count: count))
        do { try target?.check(bytes) } catch {
            let words = Array("BROKEN: \(error)\n".utf8)
            _ = write(STDERR_FILENO, words, words.count)
            abort()
        }
    }
}
