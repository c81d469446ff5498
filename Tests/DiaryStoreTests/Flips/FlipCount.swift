/// What came of the flips of one kind.
struct FlipCount: CustomStringConvertible {
    var flips = 0
    /// The rows of events differ from what was written, or cannot be read.
    var altered = 0
    /// How it was noticed first.
    var openErrors = 0
    var backwards = 0
    var findings = 0
    var readErrors = 0
    /// Nothing was reported and nothing differs.
    var harmless = 0
    /// Each with the seed and the place at which it is found again.
    var unreported: [String] = []
    var wrong: [String] = []
    var afterwards: [String] = []

    var flaws: [String] { unreported + wrong + afterwards }

    var description: String {
        """
        flips: \(flips), events altered: \(altered), unreported: \(unreported.count), \
        wrong values shown: \(wrong.count), bad writes afterwards: \(afterwards.count); noticed \
        in opening: \(openErrors), as history gone back: \(backwards), by the doctor: \(findings), \
        in reading only: \(readErrors), nothing differs: \(harmless)
        """
    }
}
