extension Household {
    /// What SQLite's own shell prints of these statements, past the diary and all that it checks.
    ///
    /// - Parameter isReading: the file is opened so that nothing can be written.
    @discardableResult
    package func sql(
        _ place: Place, isReading: Bool = false, _ statements: String...
    ) throws -> String {
        try sql(inFile: store(place), isReading: isReading, statements)
    }

    /// As above, on any file.
    package func sql(
        inFile path: String, isReading: Bool, _ statements: [String]
    ) throws -> String {
        let options = isReading ? ["-readonly"] : ["-cmd", ".timeout 5000"]
        let ended = try Child(
            "/usr/bin/env", ["sqlite3"] + options + [path] + statements,
            environment: environment(.clinic), in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
        return ended.output
    }
}
