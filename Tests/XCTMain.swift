import Testing

/// Where the tests begin. All of them are Swift Testing's, which finds them by itself: with this file nothing
/// is looked up in an index, so none has to be written, and the build is shorter by it.
@main struct TestRunner {
    static func main() async {
        // `swift test` asks for tests of XCTest first: there are none.
        guard CommandLine.arguments.contains("swift-testing") else {
            return print(#"{"name":"XCTest","tests":[]}"#)
        }
        await Testing.__swiftPMEntryPoint() as Never
    }
}
