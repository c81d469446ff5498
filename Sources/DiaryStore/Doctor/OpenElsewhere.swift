internal import Foundation
internal import Glibc

/// Which other process of this computer has a file open, as far as `/proc` shows it.
///
/// A file that is replaced under a running server would take that server's next writes with it. In
/// another container, or on a system without `/proc`, nothing is seen.
enum OpenElsewhere {
    static func holder(of path: String) -> LockHolder? {
        let files = FileManager.default
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let processes = (try? files.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in processes.compactMap({ Int($0) }) where process != Int(getpid()) {
            let open = "/proc/\(process)/fd"
            for number in (try? files.contentsOfDirectory(atPath: open)) ?? [] {
                let target = try? files.destinationOfSymbolicLink(atPath: open + "/" + number)
                guard target == real else { continue }
                let name = files.contents(atPath: "/proc/\(process)/comm") ?? Data()
                let command = String(decoding: name, as: UTF8.self)
                return LockHolder(
                    process: process,
                    command: command.trimmingCharacters(in: .whitespacesAndNewlines))
            }
        }
        return nil
    }
}
