// swift-tools-version: 6.2
import PackageDescription

// One loop below gives every target the same settings: complete concurrency checking comes with
// the language mode, the upcoming features are the ones our dependencies are known to build with.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
    name: "home-infusion-diary",
    products: [
        .library(name: "SyncCore", targets: ["SyncCore"]),
        .library(name: "DiaryModel", targets: ["DiaryModel"]),
        .library(name: "DiaryStore", targets: ["DiaryStore"]),
        // Only for the package in Tests/Fuzz.
        .library(name: "FuzzProperties", targets: ["FuzzProperties"]),
        .executable(name: "diary", targets: ["SyncCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Its own JSON reader takes what is misspelt for what is absent; we have a stricter one.
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .target(name: "SyncCore", dependencies: [crypto]),
        .target(name: "DiaryModel", dependencies: ["SyncCore"]),
        // SQLite's variadic settings, which Swift cannot call.
        .target(name: "SQLiteDefences"),
        // Linux's renameat2, which Swift's Glibc does not show.
        .target(name: "FileRenames"),
        .target(
            name: "DiaryStore",
            dependencies: [
                "SyncCore", "DiaryModel", "SQLiteDefences", "FileRenames", crypto, grdb,
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(name: "DiaryDesk", dependencies: ["SyncCore", "DiaryModel", "DiaryStore"]),
        .target(
            name: "SyncClient",
            dependencies: [
                "SyncCore", "DiaryStore", httpClient, nioSSL,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .target(
            name: "ClinicServer",
            dependencies: [
                "SyncCore", "DiaryModel", "DiaryStore", hummingbird, lifecycle, logging,
                cryptoExtras, nioSSL,
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        // A clinic of invented people, planned from one seed and carried out through the engine.
        .target(
            name: "Cohort",
            dependencies: [
                "SyncCore", "DiaryModel", "DiaryStore", "ClinicServer", "SeededRandom",
            ]),
        .executableTarget(
            name: "SyncCLI",
            dependencies: [
                "SyncCore", "DiaryModel", "DiaryStore", "DiaryDesk", "SyncClient", "ClinicServer",
                "Cohort", argumentParser, logging,
                .product(name: "Configuration", package: "swift-configuration"),
            ]),
        .executableTarget(
            name: "diary-vectors", dependencies: ["SyncCore", "SeededRandom"],
            path: "Sources/VectorTool"),
        // Makes long diaries to measure with.
        .executableTarget(
            name: "LoadTool", dependencies: ["SyncCore", "DiaryModel", "DiaryStore"]),
        // One seed, one stream of random numbers.
        .target(name: "SeededRandom"),
        // Random worlds of devices, clinics, networks and people, each from one seed.
        .target(
            name: "Simulator",
            dependencies: ["SyncCore", "DiaryModel", "DiaryStore", "SeededRandom"]),
        .executableTarget(
            name: "simulate", dependencies: ["Simulator", argumentParser],
            path: "Sources/SimulateTool"),
        // What several test targets use: processes, raw sockets, a household, seeded randomness.
        .target(
            name: "TestSupport", dependencies: ["SyncCore", "SeededRandom"],
            path: "Tests/TestSupport"),
        // What `make fuzz` feeds with bytes, and the tests with those it kept.
        .target(
            name: "FuzzProperties", dependencies: ["SyncCore", "DiaryModel"],
            path: "Tests/Fuzz/Properties"),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzProperties", "SyncCore"]),
        .testTarget(
            name: "SyncCoreTests", dependencies: ["SyncCore", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "ConformanceTests", dependencies: ["SyncCore", "diary-vectors"]),
        .testTarget(
            name: "DiaryStoreTests",
            dependencies: ["DiaryStore", "SyncCore", "SeededRandom", "TestSupport"],
            // So that SQLite calls the tests' `fdatasync`, which counts and fails on request.
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--export-dynamic-symbol=fdatasync"])
            ]),
        .testTarget(
            name: "HTTPTests",
            dependencies: [
                "SyncCore", "DiaryModel", "DiaryStore", "SyncClient", "ClinicServer", "TestSupport",
                logging, lifecycle,
            ]),
        .testTarget(
            name: "SimulatorTests",
            dependencies: ["Simulator", "DiaryModel", "SyncCore", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "DiaryModelTests",
            dependencies: ["DiaryModel", "SyncCore", "SeededRandom", "TestSupport"]),
        .testTarget(
            name: "DiaryDeskTests",
            dependencies: [
                "DiaryDesk", "DiaryModel", "DiaryStore", "SyncCore", "ClinicServer", "SeededRandom",
                "TestSupport",
            ]),
        .testTarget(
            name: "CohortTests",
            dependencies: [
                "Cohort", "SyncCore", "DiaryModel", "DiaryStore", "DiaryDesk", "ClinicServer",
                "TestSupport",
            ]),
        // These run the built `diary` and `LoadTool` as processes.
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "SyncCLI", "LoadTool", "SyncCore", "DiaryStore", "SeededRandom", "TestSupport",
            ]),
        // What earlier versions wrote is opened, read and gone on with.
        .testTarget(
            name: "GoldenTests",
            dependencies: [
                "SyncCLI", "LoadTool", "SyncCore", "DiaryModel", "DiaryStore", "DiaryDesk",
                "ClinicServer", "SeededRandom", "TestSupport",
            ]),
        // Disks that fail at one call, processes killed at one call, and losses of power.
        .testTarget(
            name: "FaultTests",
            dependencies: ["SyncCLI", "DiaryStore", "SyncCore", "SeededRandom", "TestSupport"],
            exclude: ["Shim"]),
        // Hostile bytes, files and servers, and the table that they print.
        .testTarget(
            name: "HostileTests",
            dependencies: [
                "SyncCLI", "LoadTool", "SyncCore", "DiaryModel", "DiaryStore", "SyncClient",
                "ClinicServer", "SeededRandom", "TestSupport",
            ], exclude: ["Shim"]),
        // Flipped bits, full disks, other users, broken networks and crowds, on real processes.
        .testTarget(
            name: "TortureTests",
            dependencies: [
                "SyncCLI", "LoadTool", "SyncCore", "DiaryModel", "DiaryStore", "DiaryDesk",
                "SyncClient", "ClinicServer", "SeededRandom", "TestSupport", argumentParser,
            ]),
    ]
)

// The tests' build is not optimised (scripts/build), but for what they spend most of their time in.
if Context.environment["DIARY_BUILD"] == "plain",
    let core = package.targets.first(where: { $0.name == "SyncCore" })
{
    core.swiftSettings = [.unsafeFlags(["-Xfrontend", "-O"])]
}

let writtenInC: Set = ["SQLiteDefences", "FileRenames"]
for target in package.targets where !writtenInC.contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
