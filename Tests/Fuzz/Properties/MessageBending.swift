import SyncCore

extension Choices {
    /// A message as it might arrive: as written, cut, or with some bytes changed.
    mutating func arrived(_ message: [UInt8]) -> [UInt8] {
        var bytes = message
        switch below(8) {
        case 5: bytes = Array(bytes.prefix(below(bytes.count + 1)))
        case 6:
            for _ in 0...below(3) where !bytes.isEmpty { bytes[below(bytes.count)] ^= byte() }
        case 7:
            let at = below(bytes.count + 1)
            bytes.insert(contentsOf: take(below(16)), at: at)
        default: break
        }
        return bytes
    }
}

extension Section {
    /// With its heads in the order in which they are written.
    var written: Section {
        Section(lines: lines, heads: heads.sorted { $0.position < $1.position })
    }

    /// Whether its lines are told from others in a message: a broken one may end a message, or the line.
    var isTold: Bool {
        lines.allSatisfy { line in
            !line.contains(UInt8(ascii: "\n"))
                && (line.starts(with: #"{"body":"#.utf8) || line.starts(with: #"{"erased":"#.utf8))
        }
    }
}
