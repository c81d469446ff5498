import Foundation
import Glibc
import Synchronization

/// A server between a device and its clinic: what it does with each request is for the test to say.
package final class Meddler: Sendable {
    package struct Request: Sendable {
        package let head: String
        package let body: [UInt8]

        package init(head: String, body: [UInt8]) {
            self.head = head
            self.body = body
        }

        /// `POST /v1/…`
        package var line: String { String(head.prefix { $0 != "\r" }) }
        /// All that came, to look for what should not have left.
        package var text: String { head + String(decoding: body, as: UTF8.self) }
    }

    /// Writes bytes to the device; false once it listens no more.
    package typealias Write = ([UInt8]) -> Bool
    package typealias Answering = @Sendable (Request, Write) -> Void

    package let port: Int
    private let listener: Int32
    private let clinic: Int
    private let state = Mutex<(answering: Answering?, requests: [Request])>((nil, []))

    package var address: String { "http://127.0.0.1:\(port)" }
    package var requests: [Request] { state.withLock { $0.requests } }

    /// Passes everything on to the clinic at this port until told otherwise.
    package init(clinic: Int) throws {
        self.clinic = clinic
        let (descriptor, port) = try RawHTTP.listen()
        listener = descriptor
        self.port = port
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let self else { return }
                serve(connection)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// From now on answers so, and forgets what was asked before; nil passes everything on.
    package func answer(_ answering: Answering?) {
        state.withLock { $0 = (answering, []) }
    }

    /// What the clinic answers to this request.
    package func forward(_ request: Request) -> RawHTTP.Answer {
        guard let connection = try? RawHTTP.connect(clinic) else {
            return RawHTTP.Answer(status: 0, head: "", body: [])
        }
        defer { close(connection) }
        let head = request.head.replacingOccurrences(of: ":\(port)", with: ":\(clinic)")
        RawHTTP.send(Array((head + "\r\n\r\n").utf8) + request.body, to: connection)
        return RawHTTP.receiveNow(from: connection)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let request = Self.read(connection) else { return }
        let answering = state.withLock { state in
            state.requests.append(request)
            return state.answering
        }
        let write: Write = { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        if let answering {
            answering(request, write)
        } else {
            let answer = forward(request)
            _ = write(Self.message(answer.head, answer.body))
        }
        shutdown(connection, Int32(SHUT_WR))
        var block = [UInt8](repeating: 0, count: 4096)
        while Glibc.read(connection, &block, block.count) > 0 {}
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65536)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length = head.lowercased().split(separator: "\r\n")
                    .first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
                if bytes.count - end.upperBound >= length ?? 0 {
                    return Request(head: head, body: Array(bytes[end.upperBound...]))
                }
            }
            let count = Glibc.read(connection, &block, block.count)
            guard count > 0 else { return nil }
            bytes += block.prefix(count)
        }
    }

    /// A head with the length that this body has, and the body; the connection ends with it.
    package static func message(_ head: String, _ body: [UInt8]) -> [UInt8] {
        let lines = head.split(separator: "\r\n").filter { line in
            !["content-length:", "connection:"].contains { line.lowercased().hasPrefix($0) }
        }
        let text = lines.joined(separator: "\r\n")
        return Array(
            (text + "\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n").utf8) + body
    }

    /// A whole answer of this kind.
    package static func answer(_ status: String, _ type: String, _ body: String) -> [UInt8] {
        message("HTTP/1.1 \(status)\r\nContent-Type: \(type)", Array(body.utf8))
    }
}
