import ClinicServer
import Foundation
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// A40: somebody, or decay, changes the clinic's file while nobody looks.
extension HostileTable {
    struct Damage {
        /// A clinic whose file is damaged while it is closed, and whole again after each row.
        private struct Patients {
            let clinic: HostileClinic
            /// Two of one patient's devices, and the device of another.
            let anna: HandDevice
            let other: HandDevice
            /// What the clinic rightly gives each on first contact.
            let annas: Set<[UInt8]>
            let others: Set<[UInt8]>

            var file: String { clinic.household.store(.clinic) }

            static func begin() async throws -> Patients {
                let clinic = try await HostileClinic.begin()
                var devices: [HandDevice] = []
                for _ in 0..<2 {
                    var device = try await clinic.device()
                    let lines = try device.lines(12)
                    _ = try await device.sync(lines.map { device.section([$0]) }, port: clinic.port)
                    device.tip = lines[11].position
                    devices.append(device)
                }
                func all(_ device: HandDevice) async throws -> Set<[UInt8]> {
                    let answer = try await device.sync([], frontier: [], port: clinic.port)
                    return Set(answer.sections.flatMap(\.lines))
                }
                let patients = Patients(
                    clinic: clinic, anna: devices[0], other: devices[1],
                    annas: try await all(devices[0]), others: try await all(devices[1]))
                try clinic.household.close()
                try clinic.sql("PRAGMA wal_checkpoint(TRUNCATE)")
                try FileManager.default.copyItem(
                    atPath: patients.file, toPath: patients.file + ".good")
                return patients
            }

            /// Puts the good file back.
            func restore() throws {
                for suffix in ["", "-wal", "-shm"] {
                    try? FileManager.default.removeItem(atPath: file + suffix)
                }
                try FileManager.default.copyItem(atPath: file + ".good", toPath: file)
            }

            /// What a device makes of the answer, by the rules by which it takes lines.
            enum Verdict: String {
                /// All lines, and nothing else.
                case right
                /// A section that it does not take, or a frontier whose lines did not come; what it took
                /// is the clinic's.
                case noticed = "notices"
                case integrity = "500 integrity"
                case notEnrolled = "401 not-enrolled"
                case notStarted = "no start"
                /// Lines taken that are not the clinic's, fewer without a sign, or another status.
                case WRONG
            }

            /// What a device gets on first contact, from a clinic that has just been opened.
            func verdict(_ device: HandDevice, _ right: Set<[UInt8]>) async throws -> Verdict {
                let answer = try await device.post(
                    device.request(frontier: []), port: clinic.port)
                if let problem = Verdict(rawValue: answer.summary) { return problem }
                guard answer.status == 200 else { return .WRONG }
                let given = try SyncAnswer(answer.body)
                guard let frontier = given.frontier, let receipt = given.receipt,
                    receipt.isGenuine(
                        of: frontier, diary: device.diary, clinic: clinic.clinic.key.publicKey)
                else { return .noticed }
                var store = MemoryEventStore(
                    diary: device.diary, pinnedClinic: clinic.clinic.key.publicKey)
                let taken = try store.take(given.sections).taken
                let lines = Set(given.sections.prefix(taken).flatMap(\.lines))
                guard lines.isSubset(of: right) else { return .WRONG }
                let isWhole = try frontier.positions.allSatisfy { try store.held($0) != nil }
                guard taken == given.sections.count, isWhole else { return .noticed }
                return lines == right ? .right : .WRONG
            }

            /// What became of a server that was started on a damaged file.
            struct Outcome {
                var anna = Verdict.notStarted
                var other = Verdict.notStarted
                /// Whether the file holds what it held once it was damaged, as far as SQLite reads it.
                var isUnchanged = true
                /// Whether it holds the lines that it held then.
                var areLinesKept = true
                /// Whether the process that met the damage still answers; nil if it did not start.
                var isAlive: Bool?
            }

            /// Starts the server if it will, and asks for both patients.
            func outcome() async throws -> Outcome {
                var outcome = Outcome()
                let before = try? clinic.held()
                do { try clinic.household.open() } catch is Household.NotOpened { return outcome }
                outcome.anna = try await verdict(anna, annas)
                outcome.other = try await verdict(other, others)
                outcome.isAlive = try await RawHTTP.get("/health", port: clinic.port).status == 200
                let after = try? clinic.held()
                outcome.isUnchanged = before == after
                outcome.areLinesKept = before?.events == after?.events
                try clinic.household.close()
                return outcome
            }
        }

        @Test func `a damaged row is named here or noticed by the device, and others are served`()
            async throws
        {
            let patients = try await Patients.begin()
            let clinic = patients.clinic
            let log = """
                (SELECT number FROM branch WHERE replica = x'\(hex(patients.anna.replica.octets))')
                """
            let diary = "x'\(hex(patients.anna.diary.octets))'"
            let row = "log = \(log) AND seq"
            let attacks: [(String, String)] = [
                (
                    "an edited body",
                    """
                    UPDATE event SET line = CAST(replace(CAST(line AS TEXT), 'at home', 'at work')
                    AS BLOB) WHERE \(row) = 5
                    """
                ),
                (
                    "a line in place of another",
                    """
                    UPDATE event SET line = (SELECT line FROM event WHERE \(row) = 6)
                    WHERE \(row) = 5
                    """
                ),
                ("a deleted row", "DELETE FROM event WHERE \(row) = 5"),
                ("a deleted last row", "DELETE FROM event WHERE \(row) = 13"),
                (
                    "two rows swapped",
                    """
                    UPDATE event SET seq = -5 WHERE \(row) = 5;
                    UPDATE event SET seq = 5 WHERE \(row) = 6;
                    UPDATE event SET seq = 6 WHERE \(row) = -5
                    """
                ),
                (
                    "a replaced key",
                    """
                    UPDATE event SET line = (SELECT line FROM event WHERE seq = 1 AND log !=
                    \(log) ORDER BY arrival DESC LIMIT 1) WHERE \(row) = 1
                    """
                ),
                ("an id of one octet", "UPDATE event SET id = x'00' WHERE \(row) = 5"),
                ("an empty line", "UPDATE event SET line = x'' WHERE \(row) = 5"),
                ("an entry that is not there", "UPDATE event SET entry = 999999 WHERE \(row) = 5"),
                ("a seq of 2^62", "UPDATE event SET seq = 4611686018427387904 WHERE \(row) = 5"),
                ("a seq below zero", "UPDATE event SET seq = -1 WHERE \(row) = 1"),
                (
                    "a tip of 2^62",
                    "UPDATE branch SET tip_seq = 4611686018427387904 WHERE number = \(log)"
                ),
                ("a tip below its fork", "UPDATE branch SET tip_seq = -7 WHERE number = \(log)"),
                (
                    "a branch that is its own parent",
                    "UPDATE branch SET parent = number WHERE number = \(log)"
                ),
                ("a replica of no length", "UPDATE branch SET replica = x'' WHERE number = \(log)"),
                ("a forged head", "UPDATE head SET signature = zeroblob(64) WHERE \(row) = 13"),
                ("a head of no length", "UPDATE head SET signature = x'' WHERE \(row) = 5"),
                (
                    "text for the device's replica",
                    "UPDATE device SET first_replica = 'x' WHERE diary = \(diary)"
                ),
                (
                    "text for when it was heard",
                    "UPDATE device SET heard_ms = 'never' WHERE diary = \(diary)"
                ),
                (
                    "no JSON for its frontier",
                    "UPDATE device SET frontier = x'FF' WHERE diary = \(diary)"
                ),
                ("a pin of no length", "UPDATE diary SET pin = x'' WHERE id = \(diary)"),
                (
                    "an own log without its seed",
                    """
                    UPDATE own_log SET seed = x'' WHERE diary =
                    (SELECT number FROM diary WHERE id = \(diary))
                    """
                ),
            ]
            for (input, sql) in attacks {
                try patients.restore()
                try clinic.sql(sql)
                let outcome = try await patients.outcome()
                #expect([.right, .noticed, .integrity].contains(outcome.anna), "\(input)")
                #expect(outcome.other == .right, "\(input)")
                #expect(outcome.isUnchanged, "\(input)")
                #expect(outcome.isAlive == true, "\(input)")
                try HostileRow(
                    "A40", input,
                    answer: "\(outcome.anna.rawValue); another patient: \(outcome.other.rawValue)",
                    storeIsUnchanged: outcome.isUnchanged,
                    nextIsAnswered: outcome.isAlive == true && outcome.other == .right
                ).print()
            }
        }

        @Test func `a diary that is gone tells a clinic that it was put back, so it gives nothing`()
            async throws
        {
            let patients = try await Patients.begin()
            let diary = "x'\(hex(patients.anna.diary.octets))'"
            try patients.clinic.sql(
                "PRAGMA foreign_keys = OFF; DELETE FROM diary WHERE id = \(diary)")
            // What is lost may be a closing: nobody reads until somebody has confirmed the devices.
            let outcome = try await patients.outcome()
            #expect(outcome.anna == .integrity)
            #expect(outcome.other == .noticed)
            #expect(outcome.areLinesKept)
            #expect(outcome.isAlive == true)
            try HostileRow(
                "A40", "a diary that is gone",
                answer: "\(outcome.anna.rawValue); others: nothing until confirmed",
                storeIsUnchanged: outcome.areLinesKept, nextIsAnswered: outcome.isAlive == true
            ).print()
        }

        @Test func `a clinic put back to last week lacks what it once held`() async throws {
            let patients = try await Patients.begin()
            let clinic = patients.clinic
            try patients.restore()
            try clinic.household.open()
            var device = patients.anna
            let line = try device.line()
            _ = try await device.sync([device.section([line])], port: clinic.port)
            device.tip = line.position
            try clinic.household.close()
            try patients.restore()
            try clinic.household.open()
            try await clinic.row("A40", "an old copy of the file", adding: 1) {
                let lacking = try await device.sync([], port: clinic.port)
                #expect(lacking.lacks.positions == [line.position])
                let again = try await device.sync([device.section([line])], port: clinic.port)
                #expect(again.taken == 1)
                return "lacks 1, then \(again.summary)"
            }
        }

        @Test func `a flipped bit anywhere gives right answers or none`() async throws {
            let patients = try await Patients.begin()
            var generator = SplitMix64(seed: 40)
            var counts: [Patients.Verdict: Int] = [:]
            var isUnchanged = true
            var isAlive = true
            for _ in 0..<50 {
                try patients.restore()
                let url = URL(fileURLWithPath: patients.file)
                var bytes = try Data(contentsOf: url)
                let at = generator.below(bytes.count)
                bytes[at] ^= 1 << UInt8(generator.below(8))
                let handle = try FileHandle(forWritingTo: url)
                try handle.seek(toOffset: UInt64(at))
                try handle.write(contentsOf: [bytes[at]])
                try handle.close()
                let outcome = try await patients.outcome()
                #expect(outcome.anna != .WRONG && outcome.other != .WRONG, "bit at \(at)")
                #expect(outcome.isUnchanged, "bit at \(at)")
                #expect(outcome.isAlive != false, "bit at \(at)")
                isUnchanged = isUnchanged && outcome.isUnchanged
                isAlive = isAlive && outcome.isAlive != false
                for verdict in [outcome.anna, outcome.other] { counts[verdict, default: 0] += 1 }
            }
            let verdicts = counts.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
            try HostileRow(
                "A40", "50 flipped bits, each alone, two patients", answer: verdicts,
                storeIsUnchanged: isUnchanged, nextIsAnswered: isAlive
            ).print()
        }
    }
}
