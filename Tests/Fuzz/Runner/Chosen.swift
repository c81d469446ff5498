import FuzzProperties
import Glibc

/// The target of this process: libFuzzer starts itself anew and hands on nothing but the environment.
enum Chosen {
    static let target = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }
}

/// One input, by the name under which libFuzzer's own `main` asks for it, too; what is broken ends the
/// process as a trap would, and libFuzzer keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func checkOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do { try Chosen.target?.check(bytes) } catch {
        let words = Array("BROKEN: \(error)\n".utf8)
        _ = write(STDERR_FILENO, words, words.count)
        abort()
    }
    return 0
}
