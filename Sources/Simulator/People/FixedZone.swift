import DiaryModel

/// A zone whose clocks are never changed, for people who live in no real place.
struct FixedZone: ZoneRules {
    let name: String
    private let offset: Int

    /// A zone so many minutes ahead of UTC.
    init(_ name: String = "UTC", offset: Int = 0) {
        self.name = name
        self.offset = offset
    }

    func offsetMinutes(atMs ms: Int64) -> Int { offset }
    func transitions(fromMs: Int64, throughMs: Int64) -> [ZoneTransition] { [] }
}
