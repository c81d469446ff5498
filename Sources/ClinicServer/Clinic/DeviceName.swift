internal import SyncCore

/// How staff call a device: by its label, or by the first characters of one of its logs.
///
/// Labels are compared byte by byte, but for the case of ASCII letters: what looks alike to a
/// person may be two devices, and nobody guesses.
struct DeviceName {
    private let bytes: [UInt8]

    /// Fewer characters of a log's name are no name.
    private static let leastPrefix = 4

    init(_ typed: String) { bytes = Array(typed.utf8) }

    /// Those of these devices that are called so; by a log only if none is by its label.
    func devices(among all: [DeviceStatus]) -> [DeviceStatus] {
        let folded = bytes.map(Self.folded)
        let labelled = all.filter { $0.label.utf8.map(Self.folded) == folded }
        guard labelled.isEmpty, bytes.count >= Self.leastPrefix else { return labelled }
        return all.filter { device in
            device.replicas.contains { $0.text.utf8.starts(with: bytes) }
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
