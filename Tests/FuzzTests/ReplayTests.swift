import FuzzProperties
import Testing

@Suite struct `Kept inputs` {
    @Test func `x`() {}
}
