import Foundation
import Glibc
import Synchronization

/// A process started by `posix_spawn` and reaped here: Foundation's `Process` copies past a buffer's end
/// where more than some 1300 files are open.
final class Spawned: Sendable {
    let pid: pid_t
    /// What `waitpid` said; nil while it runs. Its number is another's once it was reaped.
    private let result = Mutex<Int32?>(nil)

    init(
        _ program: String, _ words: [String], environment: [String: String], output: String,
        errors: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0)
        posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0)
        // What a test holds open, such as a socket of its own server, is not the child's.
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in open.compactMap({ Int32($0) }) where descriptor > 2 {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        var arguments = ([program] + words).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, program, &actions, &attributes, &arguments, &variables)
        guard failure == 0 else {
            throw Unexpected("\(program) did not start: \(String(cString: strerror(failure)))")
        }
        pid = child
    }

    /// Nobody else waits for it, so a number that was not reaped here is still its own.
    func send(_ signal: Int32) {
        result.withLock { if $0 == nil { _ = kill(pid, signal) } }
    }

    /// Its exit status, or the signal that ended it; nil while it runs.
    var status: Int32? {
        let found = result.withLock { result -> Int32? in
            var raw: Int32 = 0
            if result == nil, waitpid(pid, &raw, WNOHANG) == pid { result = raw }
            return result
        }
        return found.map { $0 & 0x7F == 0 ? ($0 >> 8) & 0xFF : $0 & 0x7F }
    }

    /// The signal that ended it; nil while it runs and where it ended by itself.
    var signal: Int32? {
        result.withLock { $0 }.flatMap { $0 & 0x7F == 0 ? nil : $0 & 0x7F }
    }
}
