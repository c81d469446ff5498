import Foundation

/// A library in C that processes of a test have preloaded.
package enum CompiledShim {
    /// Builds the library with the compiler of the Swift toolchain, or any other.
    package static func build(_ source: String, in scratch: Scratch) throws -> String {
        let library = scratch.file(
            URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent + ".so")
        let script = """
            beside=$(dirname "$(readlink -f "$(command -v swift)")")/clang
            for c in "$(command -v clang)" "$beside" "$(command -v cc)"; do
              [ -x "$c" ] && exec "$c" -shared -fPIC -O1 -o "$0" "$1" -ldl -lpthread
            done
            echo "a C compiler is needed: clang comes with Swift" >&2; exit 1
            """
        let ended = try Child(
            "/usr/bin/env", ["bash", "-c", script, library, source],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"],
            in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        return library
    }
}
