import Foundation
import Glibc

/// One exchange over a plain socket: exactly these bytes out, whatever comes back.
package enum RawHTTP {
    package struct Answer {
        package let status: Int
        package let head: String
        package let body: [UInt8]

        package init(status: Int, head: String, body: [UInt8]) {
            self.status = status
            self.head = head
            self.body = body
        }
    }

    package struct SocketFailure: Error { package let code: Int32 }

    /// A socket that listens on a free port of this computer.
    package static func listen() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && Glibc.listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw SocketFailure(code: errno) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// - Parameter source: one of this computer's own addresses, for a peer that has several.
    package static func connect(_ port: Int, from source: String? = nil) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        if let source {
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr(source)
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard bound == 0 else { throw SocketFailure(code: errno) }
        }
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw SocketFailure(code: errno) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }

    package static func send(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // The server may have said what it has to say and closed.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads until the answer is whole by its content length, or the end.
    ///
    /// On a thread of its own: a test that waited on one of the few that run tasks could keep the
    /// server in this process from answering it.
    package static func receive(from descriptor: Int32) async -> Answer {
        await withCheckedContinuation { answer in
            Thread.detachNewThread { answer.resume(returning: receiveNow(from: descriptor)) }
        }
    }

    /// As above, on the thread that calls.
    package static func receiveNow(from descriptor: Int32) -> Answer {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            if let answer = parse(bytes) { return answer }
            let count = read(descriptor, &block, block.count)
            guard count > 0 else {
                return parse(bytes, isEnd: true) ?? Answer(status: 0, head: "", body: [])
            }
            bytes += block.prefix(count)
        }
    }

    private static func parse(_ bytes: [UInt8], isEnd: Bool = false) -> Answer? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let body = Array(bytes[end.upperBound...])
        let length = head.lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
        guard isEnd || body.count >= length ?? 0 else { return nil }
        let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: head, body: body)
    }

    package static func exchange(_ bytes: [UInt8], port: Int) async throws -> Answer {
        let descriptor = try connect(port)
        defer { close(descriptor) }
        // At once: a task could wait for its turn until the server has lost patience.
        let (sent, sending) = AsyncStream<Void>.makeStream()
        Thread.detachNewThread {
            send(bytes, to: descriptor)
            sending.finish()
        }
        let answer = await receive(from: descriptor)
        shutdown(descriptor, Int32(SHUT_RDWR))
        for await _ in sent {}
        return answer
    }

    package static func exchange(_ text: String, port: Int) async throws -> Answer {
        try await exchange(Array(text.utf8), port: port)
    }

    package static func post(
        _ path: String, _ body: [UInt8], type: String = "application/x-ndjson",
        token: String? = nil, port: Int
    ) async throws -> Answer {
        var head = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: \(type)\r\n"
        head += "Content-Length: \(body.count)\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        return try await exchange(Array((head + "\r\n").utf8) + body, port: port)
    }

    package static func get(_ path: String, port: Int) async throws -> Answer {
        try await exchange("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", port: port)
    }
}
