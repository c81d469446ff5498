// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that neither libFuzzer nor its flags come near the product. `scripts/fuzz`
// builds it; the properties are a library of the package above, which its tests replay, too.
let package = Package(
    name: "fuzz",
    dependencies: [.package(name: "home-infusion-diary", path: "../..")],
    targets: [
        .target(name: "LibFuzzer", path: "LibFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "LibFuzzer", .product(name: "FuzzProperties", package: "home-infusion-diary"),
            ], path: "Runner", swiftSettings: [.swiftLanguageMode(.v6)],
            // libFuzzer brings a `main`, and SwiftPM defines one.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--allow-multiple-definition"])]),
    ]
)
