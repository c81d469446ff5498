public import SyncCore

/// A diary of this file.
public struct DiaryRecord: Sendable, Equatable {
    public let id: DiaryID
    /// What this device calls it; never leaves the device.
    public let name: String
    /// The clinic it has joined.
    public let pinnedClinic: PublicKey?

    /// Whether this device calls it so; capitals do not matter.
    public func isCalled(_ name: String) -> Bool { self.name.lowercased() == name.lowercased() }
}
