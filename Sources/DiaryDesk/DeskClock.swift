/// The clock a desk reads; handed in, so that a test or a drill sets it.
public struct DeskClock: Sendable {
    private let read: @Sendable () -> Int64

    public init(_ read: @escaping @Sendable () -> Int64) { self.read = read }

    /// Milliseconds since 1970, as this device's clock has it. It may be wrong.
    public var now: Int64 { read() }
}
