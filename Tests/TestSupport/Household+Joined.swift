import Foundation
import Testing

extension Household {
    /// Two devices that have joined and met, and a clinic that is open.
    ///
    /// The commands that lead there run once in a process; each household is a copy of what they left.
    package static func joined() throws -> Household {
        let pattern = try Pattern.made.get()
        let household = try Household()
        for place in Place.allCases {
            try FileManager.default.copyItem(
                atPath: pattern.home(place), toPath: household.home(place))
        }
        household.now = pattern.now
        household.fingerprint = pattern.fingerprint
        try household.open()
        for place in [Place.laptop, .phone] {
            try household.move(place, from: pattern.address, to: household.address)
        }
        return household
    }

    /// Tells a device that the clinic's server is elsewhere; no command does that.
    private func move(_ place: Place, from old: String, to new: String) throws {
        try sql(
            place,
            """
            UPDATE setting SET value = CAST(replace(CAST(value AS TEXT), '\(old)', '\(new)') AS BLOB)
            WHERE name = 'clinic.link'
            """)
    }

    /// The three directories as the commands left them, with nothing running.
    private struct Pattern: Sendable {
        static let made = Result { try Pattern() }

        let scratch: Scratch
        let now: Int64
        let fingerprint: String
        let address: String

        func home(_ place: Place) -> String { scratch.file(place.rawValue) }

        private init() throws {
            let household = try Household()
            try household.beginClinic()
            try household.open()
            try household.run(
                .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
            try household.join(.laptop, role: "patient")
            try household.join(
                .phone, "--for", "Anna", "--as", "Ben", "--device", "phone", "--zone",
                "Europe/London", role: "carer")
            for place in [Place.phone, .laptop] { try household.run(place, "sync", "--quiet") }
            try household.close()
            scratch = household.scratch
            now = household.now
            fingerprint = household.fingerprint
            address = household.address
            // What a process keeps until its end is not released by it.
            atexit {
                guard case .success(let pattern) = Pattern.made else { return }
                try? FileManager.default.removeItem(atPath: pattern.scratch.path)
            }
        }
    }
}
