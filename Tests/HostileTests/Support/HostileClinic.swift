import ClinicServer
import Foundation
import Glibc
import SyncCore
import Synchronization
import TestSupport
import Testing

/// A clinic with its server as a process of its own, and the table's rows against it.
///
/// The rows run one after another, so nobody uses it at the same time.
final class HostileClinic: @unchecked Sendable {
    let household: Household
    /// The same store, for what staff do; the server runs on.
    let clinic: ClinicServer.Clinic
    /// A device of a patient who never does any harm.
    private(set) var honest: HandDevice
    private var patients = 0

    var port: Int { household.port }
    var process: Int32 { household.server?.pid ?? 0 }

    /// Begins a clinic and starts its server.
    ///
    /// - Parameters:
    ///   - limits: other limits than in service, as words of `DIARY_LIMITS`.
    ///   - tool: the command under which the server runs.
    static func begin(
        _ begun: Household? = nil, limits: String = "", under tool: [String] = []
    ) async throws -> HostileClinic {
        let household = try begun ?? Household()
        if !limits.isEmpty { household.drills["DIARY_LIMITS"] = limits }
        try household.beginClinic()
        try household.open(under: tool)
        let now = household.now
        let clinic = try ClinicServer.Clinic.open(in: household.home(.clinic), clock: { now })
        let code = try clinic.enrol(patient: "P00", by: Household.administrator).code
        let honest = try await HandDevice.join(code: code.description, port: household.port)
        return HostileClinic(household, clinic, honest)
    }

    private init(_ household: Household, _ clinic: ClinicServer.Clinic, _ honest: HandDevice) {
        self.household = household
        self.clinic = clinic
        self.honest = honest
    }

    /// A code for a device of a new patient, or of this one.
    func code(patient: String? = nil) throws -> String {
        patients += 1
        return try clinic.enrol(
            patient: patient ?? "P1\(patients)", by: Household.administrator
        ).code.description
    }

    /// A device that has joined.
    func device(patient: String? = nil, label: String = "laptop") async throws -> HandDevice {
        try await HandDevice.join(code: code(patient: patient), label: label, port: port)
    }

    // MARK: Rows

    /// Attacks, compares the store before and after, asks a good request, and prints the row.
    ///
    /// - Parameters:
    ///   - adding: how many good lines the store is to hold more; everything else is as it was.
    ///   - attack: returns what was answered.
    func row(
        _ number: String, _ input: String, adding: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation, _ attack: () async throws -> String
    ) async throws {
        let before = try held()
        let process = self.process
        let answer = try await attack()
        let after = try held()
        let isUnchanged =
            adding == 0
            ? after == before
            : after.events.count == before.events.count + adding
                && Set(before.events).isSubset(of: after.events)
        let isAnswered = try await isHonestServed() && process == self.process
        try HostileRow(
            number, input, answer: answer, storeIsUnchanged: isUnchanged,
            nextIsAnswered: isAnswered
        ).print()
        #expect(isUnchanged, "\(number) \(input)", sourceLocation: sourceLocation)
        #expect(isAnswered, "\(number) \(input)", sourceLocation: sourceLocation)
    }

    /// Whether a good request on a new connection is answered, with a receipt.
    func isHonestServed() async throws -> Bool {
        let answer = try await honest.post(honest.request(), port: port)
        return try answer.status == 200 && SyncAnswer(answer.body).receipt != nil
    }

    /// All that the store must keep as it is, as text, read from the file and not by the diary.
    struct Held: Equatable {
        var events: [Substring]
        var rest: [Substring]
    }

    /// Runs SQL on the store's file, past the diary and all that it checks.
    @discardableResult
    func sql(_ text: String...) throws -> [Substring] {
        try household.sql(inFile: household.store(.clinic), isReading: false, text)
            .split(separator: "\n")
    }

    func held() throws -> Held {
        let rows = try sql(
            "SELECT 'event', arrival, log, seq, hex(id), hex(line), entry FROM event",
            "SELECT number, diary, hex(replica), parent, fork, tip_seq, hex(tip_id) FROM branch",
            "SELECT log, seq, hex(signature), ends_at FROM head",
            "SELECT number, hex(id), name, hex(pin) FROM diary",
            "SELECT diary, hex(seed), hex(nonce), hex(tip), is_current FROM own_log",
            "SELECT number, hex(token_hash), hex(diary), hex(first_replica), label FROM device",
            "SELECT number, name, used_ms FROM code", "SELECT * FROM patient",
            "SELECT number, hex(diary), hex(entry) FROM audit WHERE staff IS NOT NULL")
        return Held(
            events: rows.filter { $0.hasPrefix("event|") },
            rest: rows.filter { !$0.hasPrefix("event|") })
    }
}

/// One clinic for all rows that a moment is enough for.
actor SharedClinic {
    private static let shared = SharedClinic()
    private var begun: Task<HostileClinic, any Error>?

    static func get() async throws -> HostileClinic { try await shared.clinic() }

    private func clinic() async throws -> HostileClinic {
        if let begun { return try await begun.value }
        let task = Task {
            let household = try Household()
            // So that what the log may not say is looked for in a log that says much.
            household.serverWords = ["--log-level", "info"]
            let clinic = try await HostileClinic.begin(household)
            EndOfTests.end(clinic.process, clinic.household.scratch.path)
            return clinic
        }
        begun = task
        return try await task.value
    }
}

/// What outlives every test goes with the process that ran them.
enum EndOfTests {
    private static let left = Mutex<[(Int32, String)]>([])

    static func end(_ process: Int32, _ directory: String) {
        let isFirst = left.withLock { left in
            left.append((process, directory))
            return left.count == 1
        }
        guard isFirst else { return }
        atexit {
            for (process, directory) in EndOfTests.left.withLock({ $0 }) {
                kill(process, SIGKILL)
                try? FileManager.default.removeItem(atPath: directory)
            }
        }
    }
}

/// Octets as SQL and dumps write them.
func hex(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
}
