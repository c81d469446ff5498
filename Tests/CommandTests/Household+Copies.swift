import Foundation
import SyncCore
import Testing
import TestSupport

/// Further devices of a household, and copies of the clinic's directory that nobody tells it of.
extension Household {
    /// Stops the clinic and copies its directory as an administrator would.
    func copyClinic(to name: String) throws {
        try close()
        try copy(home(.clinic), to: scratch.file(name))
        try open()
    }

    /// Stops the clinic and puts an older copy of its directory in place of it.
    func putClinicBack(from name: String) throws {
        try close()
        try FileManager.default.removeItem(atPath: home(.clinic))
        try copy(scratch.file(name), to: home(.clinic))
        try open()
    }

    private func copy(_ from: String, to: String) throws {
        let ended = try Child(
            "/usr/bin/env", ["cp", "-a", from, to], environment: environment(.clinic), in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
    }

    /// Joins with a store of its own, or with a new code for one that has joined before.
    @discardableResult
    func join(
        home: String, of patient: String, named label: String, role: String = "carer",
        person: String? = nil, status: Int32 = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Ended {
        let letter = try json(
            .clinic, "enrol", patient, "--role", role, staff: Self.administrator)
        let code = try #require(letter["code"]?.stringValue)
        let fingerprint = try #require(letter["fingerprint"]?.stringValue)
        let ended = try start(
            .laptop,
            [
                "join", address, "--code", code, "--fingerprint", fingerprint, "--role", role,
                "--home", home, "--device", label, "--for", patient, "--as", person ?? label,
                "--zone", "Europe/London",
            ]
        ).wait()
        #expect(ended.status == status, "\(ended.text)", sourceLocation: sourceLocation)
        return ended
    }

    /// The raw lines of any store, as a set.
    func lines(in path: String) throws -> Set<Substring> {
        let query = "SELECT hex(line) FROM event ORDER BY arrival"
        return Set(try sql(inFile: path, isReading: true, [query]).split(separator: "\n"))
    }

    /// What the clinic lists of a device.
    func device(_ label: String, of patient: String = "P03") throws -> JSONValue {
        let listed = try json(.clinic, "devices", patient, staff: Self.administrator)
        let device = listed["devices"]?.arrayValue?.first { $0["label"]?.stringValue == label }
        return try #require(device)
    }
}
