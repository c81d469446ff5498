import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

@Suite struct PatientCoverageTests {
    private let may1 = utc("2016-05-01T08:00")
    private let may2 = utc("2016-05-02T08:00")
    private let may3 = utc("2016-05-03T08:00")
    private let replicas: [ReplicaID] = {
        var random = SplitMix64(seed: 1)
        return (0..<3).map { _ in ReplicaID.random(using: &random) }
    }()

    @Test func `coverage reaches to the device that was heard the longest ago`() {
        let coverage = PatientCoverage([
            EnrolledDevice("phone", heardMs: may3), EnrolledDevice("tablet", heardMs: may1),
        ])
        #expect(coverage.reach == .upTo(may1))
        #expect(coverage.isComplete(toMs: may1))
        #expect(!coverage.isComplete(toMs: may1 + 1))
        #expect(coverage.late(atMs: may2).map(\.label) == ["tablet"])
    }

    @Test func `a device that was never heard leaves nothing covered`() {
        let coverage = PatientCoverage([
            EnrolledDevice("phone", heardMs: may3), EnrolledDevice("tablet", heardMs: nil),
        ])
        #expect(coverage.reach == .nothing)
        #expect(!coverage.isComplete(toMs: may1))
    }

    @Test func `a closed device is waited for, a retired one is not and is named`() {
        let closed = EnrolledDevice("phone", heardMs: may1, state: .revoked, because: ["lost"])
        #expect(!PatientCoverage([closed]).isComplete(toMs: may2))
        let retired = EnrolledDevice(
            "tablet", heardMs: nil, state: .retired, because: ["retired_lost"])
        let coverage = PatientCoverage([retired, EnrolledDevice("phone", heardMs: may3)])
        #expect(coverage.isComplete(toMs: may2))
        #expect(coverage.retired.map(\.words) == ["tablet, lost"])
    }

    @Test func `a device of which not all has come is waited for, however lately it was heard`() {
        let behind = EnrolledDevice("phone", heardMs: may3, isBehind: true)
        let coverage = PatientCoverage([behind, EnrolledDevice("tablet", heardMs: may3)])
        #expect(!coverage.isComplete(toMs: may1))
        #expect(coverage.late(atMs: may1) == [behind])
    }

    @Test func `without devices nothing is waited for`() {
        #expect(PatientCoverage([]).reach == .everything)
        #expect(PatientCoverage([]).isComplete(toMs: may3))
    }

    @Test func `a log that ended in a restore holds nothing back`() {
        let logs = [
            DeviceLog(replicas[0], arrivals: 1...50, heardMs: may1),
            DeviceLog(replicas[1], continues: replicas[0], arrivals: 90...95, heardMs: may3),
        ]
        #expect(EnrolledDevice("phone", logs: logs).heardMs == may3)
        // Its last lines may come in the very sync that brings the new log, before it.
        let together = [
            DeviceLog(replicas[0], arrivals: 1...50, heardMs: may2),
            DeviceLog(replicas[1], continues: replicas[0], arrivals: 51...51, heardMs: may2),
        ]
        #expect(EnrolledDevice("phone", logs: together).heardMs == may2)
    }

    @Test func `two copies that both went on are two devices`() {
        let logs = [
            DeviceLog(replicas[0], arrivals: 1...99, heardMs: may2),
            DeviceLog(replicas[1], continues: replicas[0], arrivals: 90...95, heardMs: may3),
        ]
        #expect(EnrolledDevice("phone", logs: logs).heardMs == may2)
    }

    @Test func `a chain of restores ends in its last log`() {
        let logs = [
            DeviceLog(replicas[2], continues: replicas[1], arrivals: 80...81, heardMs: may3),
            DeviceLog(replicas[0], arrivals: 1...50, heardMs: nil),
            DeviceLog(replicas[1], continues: replicas[0], arrivals: 60...70, heardMs: may2),
        ]
        #expect(EnrolledDevice("phone", logs: logs).heardMs == may3)
    }

    @Test func `a log of which no line is held ends no other, nor does one that was never heard`() {
        let old = DeviceLog(replicas[0], arrivals: 1...50, heardMs: may1)
        let unheld = DeviceLog(
            replicas[1], continues: replicas[0], arrivals: nil, heardMs: may3)
        #expect(EnrolledDevice("phone", logs: [old, unheld]).heardMs == may1)
        let unheard = DeviceLog(
            replicas[1], continues: replicas[0], arrivals: 60...70, heardMs: nil)
        #expect(EnrolledDevice("phone", logs: [old, unheard]).heardMs == nil)
        #expect(EnrolledDevice("phone", logs: []).heardMs == nil)
    }

    @Test func `two logs that claim to continue each other are both waited for`() {
        let logs = [
            DeviceLog(replicas[0], continues: replicas[1], arrivals: 1...60, heardMs: may1),
            DeviceLog(replicas[1], continues: replicas[0], arrivals: 50...70, heardMs: may2),
        ]
        #expect(EnrolledDevice("phone", logs: logs).heardMs == may1)
    }

    @Test func `coverage is kept and read back the same`() {
        let coverage = PatientCoverage([
            EnrolledDevice("phone", heardMs: may3),
            EnrolledDevice("tablet", heardMs: nil, state: .retired, because: ["retired_broken"]),
            EnrolledDevice("old phone", heardMs: may1, state: .revoked, because: ["stolen"]),
            EnrolledDevice("laptop", heardMs: may3, isBehind: true),
        ])
        #expect(PatientCoverage(json: coverage.json) == coverage)
        #expect(PatientCoverage(json: [["label": "phone"]]) == nil)
    }
}
