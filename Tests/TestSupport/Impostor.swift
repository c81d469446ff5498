import Foundation
import Glibc

/// Somebody else's server: answers every connection with the same bytes and counts them.
package final class Impostor: Sendable {
    package let port: Int
    private let listener: Int32
    private let asked = Count()

    package var requests: Int { asked.value }

    package init(_ answer: String) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw RawHTTP.SocketFailure(code: errno) }
        listener = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        let asked = asked
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                var block = [UInt8](repeating: 0, count: 65536)
                guard read(connection, &block, block.count) > 0 else {
                    close(connection)
                    continue
                }
                asked.increment()
                RawHTTP.send(Array(answer.utf8), to: connection)
                shutdown(connection, Int32(SHUT_WR))
                while read(connection, &block, block.count) > 0 {}
                close(connection)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}

private final class Count: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0
    func increment() { lock.withLock { count += 1 } }
    var value: Int { lock.withLock { count } }
}
