import Foundation
import Glibc
import Synchronization

/// A bad network between devices and their clinic: what becomes of each request is drawn from a seed.
///
/// Every kind of fault comes up equally often, in an order of chance. Only one device at a time talks
/// through it, so that the same seed is the same network again.
package final class FaultyProxy: Sendable {
    package enum Fault: String, CaseIterable, Sendable {
        /// Read, not passed on.
        case closed
        /// Passed on or answered up to some byte, then the connection ends.
        case cutRequest, cutAnswer
        /// Passed on or answered with a pause at some byte, shorter than anybody's patience.
        case stalledRequest, stalledAnswer
        /// Answered by the clinic; the device hears so when it has given up.
        case silence
        /// A few bytes at a time.
        case trickledRequest, trickledAnswer
        /// Passed on twice at once.
        case doubled
        /// Some earlier request goes to the clinic again, before or after this one.
        case replayed
        /// A well-formed answer whose body is not whole.
        case truncated
        /// One bit is another.
        case flippedRequest, flippedAnswer
        /// Taken by the clinic; a gateway says that it failed.
        case refused
    }

    private struct State {
        var random: SplitMix64
        /// How likely each request meets a fault.
        var share = 0.0
        var deck: [Fault] = []
        var counts: [Fault: Int] = [:]
        var untouched = 0
        var past: [[UInt8]] = []
        var connections: Set<Int32> = []
        var hasEnded = false
    }

    package let port: Int
    /// How long a device waits for an answer.
    private let patience: Duration
    private let listener: Int32
    private let clinic: Int
    private let state: Mutex<State>

    package var address: String { "http://127.0.0.1:\(port)" }
    package var counts: [Fault: Int] { state.withLock { $0.counts } }
    package var untouched: Int { state.withLock { $0.untouched } }

    /// Passes everything on to the clinic at this port until `misbehave` says otherwise.
    package init(clinic: Int, seed: UInt64, patience: Duration) throws {
        self.clinic = clinic
        self.patience = patience
        state = Mutex(State(random: SplitMix64(seed: seed)))
        (listener, port) = try RawHTTP.listen()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let self, self.begin(connection) else {
                    Glibc.close(connection)
                    return
                }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// From now on this share of the requests meets a fault.
    package func misbehave(_ share: Double) { state.withLock { $0.share = share } }

    /// Ends every connection and waits until the last thread has gone.
    package func end() throws {
        state.withLock { state in
            state.hasEnded = true
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
        try wait(for: "the end of all connections") { state.withLock { $0.connections.isEmpty } }
    }

    private func begin(_ connection: Int32) -> Bool {
        state.withLock { state in
            guard !state.hasEnded else { return false }
            state.connections.insert(connection)
            return true
        }
    }

    private func serve(_ connection: Int32) {
        var isReset = false
        while let request = Meddler.read(connection) {
            let head = request.head.replacingOccurrences(of: ":\(port)", with: ":\(clinic)")
            let bytes = Array((head + "\r\n\r\n").utf8) + request.body
            var (fault, random) = draw(bytes)
            guard let fault else {
                guard let answer = forward(bytes) else { break }
                RawHTTP.send(answer.bytes, to: connection)
                continue
            }
            guard meet(fault, bytes, connection, &random) else {
                isReset = random.chance(0.5)
                break
            }
        }
        end(connection, withReset: isReset)
    }

    private func end(_ connection: Int32, withReset isReset: Bool) {
        if isReset {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                connection, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout.size(ofValue: linger)))
        }
        // Its number may be another's as soon as it is closed.
        state.withLock { state in
            state.connections.remove(connection)
            close(connection)
        }
    }

    /// What becomes of this request, and the chance for its details.
    private func draw(_ bytes: [UInt8]) -> (Fault?, SplitMix64) {
        state.withLock { state in
            state.past.append(bytes)
            if state.past.count > 32 { state.past.removeFirst() }
            let isTouched = state.random.chance(state.share)
            let random = SplitMix64(seed: state.random.next())
            guard isTouched else {
                state.untouched += 1
                return (nil, random)
            }
            if state.deck.isEmpty { state.deck = Fault.allCases.shuffled(using: &state.random) }
            let fault = state.deck.removeLast()
            state.counts[fault, default: 0] += 1
            return (fault, random)
        }
    }

    // MARK: The faults

    /// Does what the fault is; false if the connection ends with it.
    private func meet(
        _ fault: Fault, _ request: [UInt8], _ connection: Int32, _ random: inout SplitMix64
    ) -> Bool {
        switch fault {
        case .closed: return false
        case .cutRequest:
            guard let clinic = try? RawHTTP.connect(clinic) else { return false }
            // Now and then all of it arrives, and only the answer finds nobody.
            let cut = random.chance(0.25) ? request.count : random.below(request.count)
            RawHTTP.send(Array(request.prefix(cut)), to: clinic)
            pause(random.below(100))
            close(clinic)
            return false
        case .stalledRequest:
            let (cut, length) = (random.below(request.count), 50 + random.below(300))
            let answer = exchange { clinic in
                RawHTTP.send(Array(request.prefix(cut)), to: clinic)
                self.pause(length)
                RawHTTP.send(Array(request.dropFirst(cut)), to: clinic)
            }
            return pass(answer, to: connection)
        case .trickledRequest:
            var chance = random
            return pass(
                exchange { self.trickle(request, to: $0, &chance) }, to: connection)
        case .doubled:
            let second = DispatchGroup()
            second.enter()
            Thread.detachNewThread {
                _ = self.forward(request)
                second.leave()
            }
            let answer = forward(request)
            second.wait()
            return pass(answer, to: connection)
        case .replayed:
            let earlier = state.withLock { random.pick($0.past) }
            let isFirst = random.chance(0.5)
            if isFirst { _ = forward(earlier) }
            let answer = forward(request)
            if !isFirst { _ = forward(earlier) }
            return pass(answer, to: connection)
        case .flippedRequest:
            let flipped = flip(request, &random)
            let answer = exchange { clinic in
                // The length may be another, too: neither waits for the other for ever.
                var limit = timeval(tv_sec: 2, tv_usec: 0)
                setsockopt(
                    clinic, SOL_SOCKET, SO_RCVTIMEO, &limit,
                    socklen_t(MemoryLayout<timeval>.size))
                RawHTTP.send(flipped, to: clinic)
            }
            _ = pass(answer, to: connection)
            return false
        case .cutAnswer, .stalledAnswer, .silence, .trickledAnswer, .truncated, .flippedAnswer,
            .refused:
            guard let answer = forward(request) else { return false }
            return spoil(fault, answer, connection, &random)
        }
    }

    /// What the clinic has done is done; this is what the device hears of it.
    private func spoil(
        _ fault: Fault, _ answer: RawHTTP.Answer, _ connection: Int32, _ random: inout SplitMix64
    ) -> Bool {
        let bytes = answer.bytes
        switch fault {
        case .cutAnswer:
            RawHTTP.send(Array(bytes.prefix(random.below(bytes.count))), to: connection)
            return false
        case .stalledAnswer:
            let cut = random.below(bytes.count)
            RawHTTP.send(Array(bytes.prefix(cut)), to: connection)
            pause(50 + random.below(300))
            RawHTTP.send(Array(bytes.dropFirst(cut)), to: connection)
            return true
        case .silence:
            usleep(UInt32((patience + .milliseconds(400)) / .microseconds(1)))
            RawHTTP.send(bytes, to: connection)
            return false
        case .trickledAnswer:
            trickle(bytes, to: connection, &random)
            return true
        case .truncated:
            let cut = answer.body.isEmpty ? 0 : random.below(answer.body.count)
            RawHTTP.send(
                Meddler.message(answer.head, Array(answer.body.prefix(cut))), to: connection)
            return false
        case .flippedAnswer:
            RawHTTP.send(flip(bytes, &random), to: connection)
            return false
        default:
            let status = random.pick(["500 No", "502 No", "503 No", "504 No"])
            let words = random.chance(0.5) ? "\r\nRetry-After: 0" : ""
            RawHTTP.send(
                Meddler.answer(status + words, "text/html", "<h1>No.</h1>"), to: connection)
            return false
        }
    }

    private func pass(_ answer: RawHTTP.Answer?, to connection: Int32) -> Bool {
        guard let answer else { return false }
        RawHTTP.send(answer.bytes, to: connection)
        return true
    }

    private func forward(_ request: [UInt8]) -> RawHTTP.Answer? {
        exchange { RawHTTP.send(request, to: $0) }
    }

    /// One conversation with the clinic; nil if it did not answer.
    private func exchange(_ send: (Int32) -> Void) -> RawHTTP.Answer? {
        guard let connection = try? RawHTTP.connect(clinic) else { return nil }
        defer { close(connection) }
        send(connection)
        let answer = RawHTTP.receiveNow(from: connection)
        return answer.head.isEmpty ? nil : answer
    }

    private func flip(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
        return bytes
    }

    private func trickle(_ bytes: [UInt8], to connection: Int32, _ random: inout SplitMix64) {
        var one: Int32 = 1
        setsockopt(
            connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var rest = bytes[...]
        while !rest.isEmpty {
            // The head in threes, a long body faster: it is to take a moment, not a minute.
            let length = 1 + random.below(max(5, rest.count / 40))
            RawHTTP.send(Array(rest.prefix(length)), to: connection)
            rest = rest.dropFirst(length)
            usleep(500)
        }
    }

    private func pause(_ milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }
}

extension RawHTTP.Answer {
    /// As it was on the wire.
    package var bytes: [UInt8] { Array((head + "\r\n\r\n").utf8) + body }
}
