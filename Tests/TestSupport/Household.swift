import Foundation
package import SyncCore
package import Testing

/// Anna's laptop, Ben's phone and their clinic: three stores, all people invented.
package final class Household {
    package enum Place: String, CaseIterable, Sendable {
        case laptop, phone, clinic
        /// Directories that were copied from a device's, see `copy(_:to:)`.
        case copy, secondCopy

        /// Those that every household has.
        package static let allCases: [Place] = [.laptop, .phone, .clinic]
    }

    package let scratch: Scratch
    /// Every command is typed a minute after the one before: Sunday 29 March 2026, 08:40 in London.
    package var now: Int64 = 1_774_770_000_000
    /// How far the clocks of the devices are ahead, in milliseconds.
    package var ahead: [Place: Int64] = [:]
    package private(set) var server: Child?
    /// Where devices are told that the clinic is.
    package var address = ""
    package private(set) var port = 0
    /// Further variables for every command and the server, for drills.
    package var drills: [String: String] = [:]
    /// Further words for `clinic serve`.
    package var serverWords: [String] = []
    var fingerprint = ""

    package static let administrator = "a.obi"
    package static let nurse = "r.evans"
    package static let doctor = "m.rees"

    package init() throws { scratch = try Scratch() }

    deinit {
        server?.send(SIGKILL)
        _ = try? server?.wait()
    }

    package func home(_ place: Place) -> String { scratch.file(place.rawValue) }

    package func store(_ place: Place) -> String {
        home(place) + (place == .clinic ? "/clinic.db" : "/diary.db")
    }

    package func environment(_ place: Place) -> [String: String] {
        let ordinary = [
            "COLUMNS": "100", "DIARY_CLINIC": home(.clinic), "DIARY_HOME": home(place),
            "DIARY_NOW": "\(now + (ahead[place] ?? 0))", "HOME": scratch.path, "NO_COLOR": "1",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "SWIFT_BACKTRACE": "enable=no", "TZ": "Europe/London",
        ]
        return ordinary.merging(drills) { _, drill in drill }
    }

    /// Starts a command as a person at `place` types it.
    package func start(
        _ place: Place, _ words: [String], staff: String = nurse, under tool: [String] = []
    ) throws -> Child {
        now += 60_000
        let typed = place == .clinic ? ["clinic"] + words + ["--staff", staff] : words
        let line = tool + [Child.diary] + typed
        return try Child(
            line[0], Array(line.dropFirst()), environment: environment(place), in: scratch)
    }

    @discardableResult
    package func run(
        _ place: Place, _ words: String..., status: Int32 = 0, staff: String = nurse,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Ended {
        let ended = try start(place, words, staff: staff).wait()
        #expect(
            ended.status == status, "\(place) \(words.joined(separator: " ")):\n\(ended.text)",
            sourceLocation: sourceLocation)
        return ended
    }

    /// Runs a command with `--json` and reads its object.
    @discardableResult
    package func json(
        _ place: Place, _ words: String..., status: Int32 = 0, staff: String = nurse,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        let ended = try start(place, words + ["--json"], staff: staff).wait()
        #expect(
            ended.status == status, "\(place) \(words.joined(separator: " ")):\n\(ended.text)",
            sourceLocation: sourceLocation)
        return try ended.json()
    }

    // MARK: the clinic

    package func beginClinic() throws {
        let begun = try json(
            .clinic, "init", "--name", "Demo Immunology", "--administrator", "A. Obi",
            staff: Self.administrator)
        fingerprint = try #require(begun["fingerprint"]?.stringValue)
        for (login, role) in [(Self.nurse, "nurse"), (Self.doctor, "doctor")] {
            try run(
                .clinic, "staff", "add", login, "--name", login, "--role", role,
                staff: Self.administrator)
        }
    }

    /// The server ended before it listened; what it said.
    package struct NotOpened: Error { package let ended: Ended }

    /// Starts the clinic's server, at the same port as before, and waits for its line.
    ///
    /// - Throws: `NotOpened` if it ends instead.
    @discardableResult
    package func open(under tool: [String] = [], _ words: String...) throws -> Child {
        let line =
            tool + [
                Child.diary, "clinic", "serve", "--home", home(.clinic), "--port", "\(port)",
            ] + words + serverWords
        let child = try Child(
            line[0], Array(line.dropFirst()), environment: environment(.clinic), in: scratch)
        server = child
        try wait(for: "the server's line") {
            child.printed.contains("listens at") || !child.isRunning
        }
        guard child.printed.contains("listens at") else {
            server = nil
            throw NotOpened(ended: try child.wait())
        }
        let found = try #require(
            child.printed.firstMatch(of: /listens at (https?:\/\/[^ ]*:(\d+))/))
        address = String(found.output.1)
        port = try #require(Int(found.output.2))
        return child
    }

    package func close(_ signal: Int32 = SIGTERM) throws {
        server?.send(signal)
        _ = try server?.wait()
        server = nil
    }

    package func join(_ place: Place, _ words: String..., role: String, status: Int32 = 0) throws {
        try join(place, words: words, role: role, status: status)
    }

    /// As above, for a device of this patient.
    package func join(
        _ place: Place, words: [String], patient: String = "P03", role: String, status: Int32 = 0
    ) throws {
        let letter = try json(
            .clinic, "enrol", patient, "--role", role, staff: Self.administrator)
        let code = try #require(letter["code"]?.stringValue)
        let typed =
            ["join", address, "--code", code, "--fingerprint", fingerprint, "--role", role]
            + words
        let ended = try start(place, typed).wait()
        #expect(ended.status == status, "\(ended.text)")
    }

    /// Syncs both devices until all three stores hold the same.
    package func meet() throws {
        for place in [Place.laptop, .phone, .laptop] { try run(place, "sync", "--quiet") }
    }

    /// Records an infusion of 32 g and gives its handle.
    package func infusion(_ place: Place = .laptop, start: String = "08:05") throws -> String {
        let saved = try json(
            place, "log", "infusion", "--product", "hizentra", "--vials", "8x4g", "--lot",
            "P100423917", "--expiry", "2028-12", "--start", start, "--sites",
            "abdomen-L,abdomen-R", "--by", "self")
        return try #require(saved["handle"]?.stringValue)
    }

    /// An infusion that all three have met and every person has been shown.
    package func sharedInfusion() throws -> String {
        let handle = try infusion()
        try meet()
        for place in Place.allCases { try run(place, "show", handle) }
        return handle
    }

    /// Copies a device's directory as it lies there, with every file, key and token.
    package func copy(_ place: Place, to copy: Place) throws {
        let line = ["cp", "-a", home(place), home(copy)]
        let ended = try Child(
            "/usr/bin/env", line, environment: environment(place), in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
    }

    /// The disk of a place is gone.
    package func lose(_ place: Place) throws {
        try FileManager.default.removeItem(atPath: home(place))
    }

    // MARK: what the files hold

    /// The raw lines of a store, in hexadecimal, read from its file and not by the diary.
    package func lines(_ place: Place) throws -> [Substring] {
        try sql(place, isReading: true, "SELECT hex(line) FROM event ORDER BY arrival")
            .split(separator: "\n")
    }

    /// The raw lines of a store as text.
    package func texts(_ place: Place) throws -> [String] {
        try lines(place).map { line in
            let digits = line.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
            let octets = stride(from: 0, to: digits.count - 1, by: 2).map {
                UInt8(digits[$0] * 16 + digits[$0 + 1])
            }
            return String(decoding: octets, as: UTF8.self)
        }
    }

    /// Expects that all stores hold the same lines, each once.
    package func expectEqualStores(
        _ places: [Place] = Place.allCases, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let held = try places.map(lines)
        for lines in held {
            #expect(Set(lines).count == lines.count, sourceLocation: sourceLocation)
            #expect(Set(lines) == Set(held[0]), sourceLocation: sourceLocation)
        }
    }
}
