import DiaryDesk

/// A name that staff type, checked before anything is written.
enum ClinicName {
    static func check(_ name: String, _ what: String) throws {
        guard TypedText.isPrintable(name), name.utf8.count <= 256 else {
            throw Refused(
                "\(what) has 1 to 256 bytes that can be printed. Nothing was written.",
                code: "no_name", exit: .usage)
        }
    }
}
