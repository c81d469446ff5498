import ClinicServer
import DiaryModel
import DiaryStore
import Foundation
import Logging
import ServiceLifecycle
import SyncClient
import SyncCore
import Synchronization
import TestSupport

/// A clinic with its server on a port of this computer. All people are invented.
struct TestClinic {
    let clinic: Clinic
    let port: Int
    let scratch: Scratch
    let log: LogLines
    static let administrator = "a.obi"
    static let nurse = "n.lin"

    var address: ClinicAddress {
        get throws { try ClinicAddress("http://127.0.0.1:\(port)") }
    }

    /// Runs a clinic's server for as long as `body` runs.
    static func running<R>(
        clock: @escaping @Sendable () -> Int64 = Clinic.systemClock,
        _ body: (TestClinic) async throws -> R
    ) async throws -> R {
        let scratch = try Scratch()
        let (clinic, _) = try Clinic.create(
            in: scratch.file("clinic"), name: "Invented Clinic",
            administrator: StaffRecord(
                login: administrator, name: "A. Obi", role: .administrator), clock: clock)
        try clinic.setStaff(
            StaffRecord(login: nurse, name: "N. Lin", role: .nurse), by: administrator)
        let log = LogLines()
        return try await withServer(clinic, log: log) { port, _ in
            try await body(TestClinic(clinic: clinic, port: port, scratch: scratch, log: log))
        }
    }

    static func withServer<R>(
        _ clinic: Clinic, log: LogLines = LogLines(), port: Int = 0,
        _ body: (Int, ServiceGroup) async throws -> R
    ) async throws -> R {
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test", factory: { _ in LogHandlerOfLines(lines: log) })
        let server = ClinicApplication.build(
            clinic: clinic, address: try ListenAddress(port: port), logger: logger
        ) { listening.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var port = 0
            for await one in ports {
                port = one
                break
            }
            let result: R
            do { result = try await body(port, group) } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    func code(for patient: String = "P01", role: Role = .patient) throws -> String {
        try clinic.enrol(patient: patient, role: role, by: Self.administrator).code.description
    }

    /// How many events the clinic holds, over all diaries.
    func eventCount() throws -> Int {
        try clinic.database.read { try $0.eventCount() }
    }

    /// Closes a device as it is now.
    @discardableResult
    func close(_ name: String, because reason: ClosingReason = .lost) throws -> Clinic.Closing {
        let page = try clinic.device(
            named: name, for: .governDevice, by: Self.administrator)
        return try clinic.close(page, because: reason, by: Self.administrator)
    }

    /// Relies on what a device has sent by now.
    func trust(_ name: String) throws -> Bool {
        let page = try clinic.device(named: name, for: .acceptReview, by: Self.nurse)
        return try clinic.trust(page, by: Self.nurse)
    }

    /// What the clinic says of a device.
    func status(of name: String) throws -> DeviceStatus {
        try clinic.device(named: name, for: .governDevice, by: Self.administrator).status
    }

    func device(_ name: String) throws -> TestDevice {
        try TestDevice(
            database: DiaryDatabase.create(in: scratch.file(name), purpose: .device),
            name: name)
    }

    /// A device that has joined.
    func enrolled(
        _ name: String, patient: String = "P01", role: Role = .patient
    ) async throws -> TestDevice {
        var device = try device(name)
        _ = try await device.join(self, code: code(for: patient, role: role))
        return device
    }
}

extension SQLiteEventStore {
    var count: Int { tree.eventCount }
}

/// A device with its store.
struct TestDevice {
    let database: DiaryDatabase
    let name: String
    var diary: DiaryID?

    init(database: DiaryDatabase, name: String) {
        self.database = database
        self.name = name
    }

    @discardableResult
    mutating func join(
        _ clinic: TestClinic, code: String, diary: DiaryID? = nil, further: [DiaryID] = [],
        confirms: Bool = true
    ) async throws -> EnrolmentClient.Joined {
        let joined = try await EnrolmentClient(database: database).join(
            EnrolmentClient.Wish(
                address: clinic.address, code: code, diary: diary, further: further,
                diaryName: "Anna", label: name,
                at: .test)
        ) { _ in confirms }
        self.diary = joined.diary
        return joined
    }

    func sync(
        environment: SyncEnvironment = .hasty,
        progress: @escaping @Sendable (SyncDriver.Progress) -> Void = { _ in }
    ) async throws -> SyncOutcome {
        guard let diary else { throw NoDiary() }
        return try await SyncDriver(database: database, environment: environment)
            .sync(diary, progress: progress)
    }

    struct NoDiary: Error {}

    /// Begins an entry.
    @discardableResult
    func write(_ set: JSONObject = ["text": "at home"]) throws -> Position {
        guard let diary else { throw NoDiary() }
        return try database.write { transaction in
            try transaction.record(in: diary, at: .test, label: name) { commit, generator in
                try commit.write(.begin("note", set: set), using: &generator)
            }.result
        }
    }

    func eventCount() throws -> Int {
        guard let diary else { return 0 }
        return try database.read { try $0.events(in: diary).count }
    }

    func frontier() throws -> VectorClock {
        guard let diary else { throw NoDiary() }
        return try database.read { try $0.events(in: diary).frontier }
    }

    func token() throws -> String {
        guard let diary,
            let token = try database.read({
                try $0.setting("clinic.link", in: diary)?["token"]?.stringValue
            })
        else { throw NoDiary() }
        return token
    }
}

extension Timestamp {
    static let test = Timestamp(milliseconds: 1_774_775_645_000, offset: 60)
}

extension SyncEnvironment {
    /// Waits for nothing.
    static var hasty: SyncEnvironment {
        SyncEnvironment(sleep: { _ in }, backoff: Backoff(attemptLimit: 2), timeoutSeconds: 20)
    }
}

/// What the server logged.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])
    func add(_ line: String) { kept.withLock { $0.append(line) } }
    var all: [String] { kept.withLock { $0 } }
}

struct LogHandlerOfLines: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(lines: LogLines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        lines.add("\(event.message) \(all)")
    }
}
