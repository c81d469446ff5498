import Foundation
import Glibc
import SeededRandom
import Synchronization

/// A bad line between a device and its clinic: it carries bytes, over TLS or not, and does to each
/// connection what a seed says.
package final class FaultyProxy: Sendable {
    package enum Direction: String, CaseIterable, Sendable { case up, down }

    package enum Fault: Sendable {
        case none
        /// Both ends are reset once so many bytes went this way.
        case cut(Direction, at: Int)
        /// The device gets so many bytes of the answer and an orderly end.
        case truncate(at: Int)
        /// Nothing goes this way for a while.
        case stall(Direction, at: Int, milliseconds: Int)
        /// Each byte goes alone.
        case trickle(Direction)
        case flip(Direction, at: Int, bit: UInt8)
        /// All that the device sends comes twice at the same time, the second on its own connection.
        case twice
        /// All that the device sends is sent once more when the connection is over.
        case again
        /// What was sent on an earlier connection is sent once more, now.
        case earlier
        /// The device is heard, and nobody answers.
        case silence

        package var name: String {
            switch self {
            case .none: "none"
            case .cut(let way, _): "cut \(way.rawValue)"
            case .truncate: "truncated answer"
            case .stall(let way, _, _): "stall \(way.rawValue)"
            case .trickle(let way): "trickle \(way.rawValue)"
            case .flip(let way, _, _): "flipped byte \(way.rawValue)"
            case .twice: "request twice at once"
            case .again: "request again later"
            case .earlier: "an earlier request again"
            case .silence: "silence"
            }
        }
    }

    private struct State {
        var generator: SplitMix64
        var isFaulty = false
        /// The longest that went each way lately, so that a fault falls within a message.
        var lengths: [Direction: Int] = [.up: 1500, .down: 1500]
        var recorded: [[UInt8]] = []
        var faults: [String: Int] = [:]
    }

    package let port: Int
    private let listener: Int32
    private let clinic: Int
    private let state: Mutex<State>

    package init(clinic: Int, seed: UInt64) throws {
        self.clinic = clinic
        state = Mutex(State(generator: SplitMix64(seed: seed)))
        let (descriptor, port) = try RawHTTP.listen()
        listener = descriptor
        self.port = port
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let self else { return }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// From now on every connection meets a fault, or none does.
    package func be(faulty: Bool) { state.withLock { $0.isFaulty = faulty } }

    /// How often each fault fell on a connection.
    package var faults: [String: Int] { state.withLock { $0.faults } }

    // MARK: Drawing

    private func draw() -> Fault {
        state.withLock { state in
            guard state.isFaulty else { return .none }
            let fault = Self.draw(&state.generator, state.lengths)
            state.faults[fault.name, default: 0] += 1
            return fault
        }
    }

    private static func draw(
        _ generator: inout SplitMix64, _ lengths: [Direction: Int]
    ) -> Fault {
        let way = generator.pick(Direction.allCases)
        let place = generator.below(max(1, lengths[way] ?? 1))
        switch generator.below(20) {
        case 0..<4: return .cut(way, at: place)
        case 4..<6: return .truncate(at: generator.below(max(1, lengths[.down] ?? 1)))
        case 6..<8:
            return .stall(way, at: place, milliseconds: 100 + generator.below(1400))
        case 8..<10: return .trickle(way)
        case 10..<14: return .flip(way, at: place, bit: UInt8(generator.below(8)))
        case 14, 15: return .twice
        case 16: return .again
        case 17: return .earlier
        case 18: return .silence
        default: return .none
        }
    }

    // MARK: Carrying

    private func serve(_ device: Int32) {
        defer { close(device) }
        let fault = draw()
        guard let server = try? RawHTTP.connect(clinic) else { return }
        defer { close(server) }
        var second: Int32?
        defer { if let second { close(second) } }
        switch fault {
        case .twice: second = try? RawHTTP.connect(clinic)
        case .earlier: replayEarlier()
        default: break
        }
        for descriptor in [device, server] {
            var one: Int32 = 1
            setsockopt(
                descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one,
                socklen_t(MemoryLayout<Int32>.size))
        }
        var carrier = Carrier(device: device, server: server, second: second, fault: fault)
        carrier.run()
        let carried = carrier.carried
        state.withLock { state in
            for way in Direction.allCases {
                state.lengths[way] = max(200, carried[way]?.count ?? 0)
            }
            if let up = carried[.up], !up.isEmpty {
                state.recorded.append(up)
                if state.recorded.count > 20 { state.recorded.removeFirst() }
            }
        }
        if case .again = fault { replay(carried[.up] ?? []) }
    }

    private func replayEarlier() {
        let request = state.withLock { state -> [UInt8]? in
            guard !state.recorded.isEmpty else { return nil }
            return state.recorded[state.generator.below(state.recorded.count)]
        }
        if let request { replay(request) }
    }

    /// Sends what a device sent, and lets the answer fall.
    private func replay(_ bytes: [UInt8]) {
        guard let server = try? RawHTTP.connect(clinic) else { return }
        defer { close(server) }
        RawHTTP.send(bytes, to: server)
        shutdown(server, Int32(SHUT_WR))
        _ = RawHTTP.receiveNow(from: server)
    }
}

/// Carries the bytes of one connection both ways.
private struct Carrier {
    typealias Direction = FaultyProxy.Direction

    let device: Int32
    let server: Int32
    let second: Int32?
    let fault: FaultyProxy.Fault
    private(set) var carried: [Direction: [UInt8]] = [.up: [], .down: []]
    private var isStruck = false

    init(device: Int32, server: Int32, second: Int32?, fault: FaultyProxy.Fault) {
        self.device = device
        self.server = server
        self.second = second
        self.fault = fault
    }

    mutating func run() {
        var block = [UInt8](repeating: 0, count: 65536)
        var open: [Direction: Bool] = [.up: true, .down: true]
        while open[.up] == true || open[.down] == true {
            var polled = [
                pollfd(fd: open[.up] == true ? device : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: open[.down] == true ? server : -1, events: Int16(POLLIN), revents: 0),
            ]
            // A line on which a fault fell is given up when it stands still, as by a router.
            let patience: Int32 = isStruck ? 1500 : 30_000
            guard poll(&polled, 2, patience) > 0 else { return }
            for (index, way) in [(0, Direction.up), (1, .down)] where polled[index].revents != 0 {
                let count = read(polled[index].fd, &block, block.count)
                guard count > 0 else {
                    open[way] = false
                    shutdown(way == .up ? server : device, Int32(SHUT_WR))
                    if way == .down { return }
                    continue
                }
                guard pass(Array(block.prefix(count)), way) else { return }
            }
        }
    }

    /// Passes bytes on, with the fault where it falls; false ends the connection.
    private mutating func pass(_ bytes: [UInt8], _ way: Direction) -> Bool {
        let before = carried[way]?.count ?? 0
        carried[way, default: []] += bytes
        let target = way == .up ? server : device
        if way == .up, let second { RawHTTP.send(bytes, to: second) }
        func place(_ at: Int) -> Int? {
            (before..<(before + bytes.count)).contains(at) ? at - before : nil
        }
        switch fault {
        case .cut(way, let at):
            guard let at = place(at) else { break }
            RawHTTP.send(Array(bytes.prefix(at)), to: target)
            for descriptor in [device, server] { Self.resetWhenClosed(descriptor) }
            return false
        case .truncate(let at) where way == .down:
            guard let at = place(at) else { break }
            RawHTTP.send(Array(bytes.prefix(at)), to: target)
            return false
        case .stall(way, let at, let milliseconds):
            guard let at = place(at) else { break }
            RawHTTP.send(Array(bytes.prefix(at)), to: target)
            usleep(UInt32(milliseconds) * 1000)
            RawHTTP.send(Array(bytes.dropFirst(at)), to: target)
            return true
        case .trickle(way):
            for (number, byte) in bytes.enumerated() {
                RawHTTP.send([byte], to: target)
                if number % 64 == 0 { usleep(1000) }
            }
            return true
        case .flip(way, let at, let bit):
            guard let at = place(at) else { break }
            var altered = bytes
            altered[at] ^= 1 << bit
            RawHTTP.send(altered, to: target)
            isStruck = true
            return true
        case .silence where way == .down:
            isStruck = true
            return true
        default: break
        }
        RawHTTP.send(bytes, to: target)
        return true
    }

    private static func resetWhenClosed(_ descriptor: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger,
            socklen_t(MemoryLayout<Glibc.linger>.size))
    }
}
