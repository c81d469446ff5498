import Foundation
import Glibc
import TestSupport

/// Many raw connections at once, driven by one thread and never waited for singly.
final class Swarm {
    /// What has come back on a connection: the status it began with, and whether it was closed.
    struct Fate {
        var received: [UInt8] = []
        var isClosed = false

        var status: Int {
            String(decoding: received.prefix(12), as: UTF8.self).split(separator: " ").last
                .flatMap { Int($0) } ?? 0
        }
    }

    /// MSG_DONTWAIT, which comes from C as a number or as an enumeration, depending on the compiler.
    private static let withoutWaiting: Int32 = 0x40

    private var descriptors: [Int32] = []
    private(set) var fates: [Fate] = []

    deinit { end() }

    /// Lets this process and its children open as many files as the system grants.
    static func raiseFileLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Connects once more and sends these bytes, or as many as go out without waiting.
    func add(_ bytes: [UInt8], from source: String? = nil, port: Int) throws {
        let descriptor = try RawHTTP.connect(port, from: source)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        descriptors.append(descriptor)
        fates.append(Fate())
        send(bytes, to: descriptor)
    }

    /// What was answered while more was being sent ends the sending.

    private func send(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        var patience = 200
        while !rest.isEmpty, patience > 0 {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                look()
                guard let fate = fates.last, fate.received.isEmpty, !fate.isClosed else { return }
                patience -= 1
                usleep(2000)
            } else {
                return
            }
        }
    }

    /// Sends one byte more on every connection that is open.
    func drip(_ byte: UInt8 = UInt8(ascii: "x")) {
        for (number, descriptor) in descriptors.enumerated() where !fates[number].isClosed {
            _ = withUnsafePointer(to: byte) {
                Glibc.send(descriptor, $0, 1, Int32(MSG_NOSIGNAL) | Self.withoutWaiting)
            }
        }
    }

    /// Reads what has come on every connection.
    func look() {
        var block = [UInt8](repeating: 0, count: 4096)
        for (number, descriptor) in descriptors.enumerated() where !fates[number].isClosed {
            while true {
                let count = read(descriptor, &block, block.count)
                if count > 0 {
                    fates[number].received += block.prefix(count)
                } else {
                    fates[number].isClosed = count == 0 || errno != EAGAIN
                    break
                }
            }
        }
    }

    var open: Int { fates.count { !$0.isClosed } }

    func count(_ status: Int) -> Int { fates.count { $0.status == status } }

    /// The statuses of all answers, of several requests on one connection, too.
    var answers: [Int] {
        fates.flatMap { fate in
            String(decoding: fate.received, as: UTF8.self).split(separator: "HTTP/1.1 ")
                .compactMap { Int($0.prefix(3)) }
        }
    }

    func end() {
        for descriptor in descriptors { close(descriptor) }
        descriptors = []
    }
}

/// The most memory a process ever had, in MiB, as the kernel counted it.
func peakMebibytes(of process: Int32) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw Unexpected("no VmHWM of \(process)") }
    return kibibytes / 1024
}
