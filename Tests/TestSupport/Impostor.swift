import Foundation
import Glibc

/// Somebody else's server: answers every connection with the same bytes and counts them.
package final class Impostor: Sendable {
    package let port: Int
    private let listener: Int32
    private let asked = Count()

    package var requests: Int { asked.value }

    package init(_ answer: String) throws {
        let (descriptor, port) = try RawHTTP.listen()
        listener = descriptor
        self.port = port
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
