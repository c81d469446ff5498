public import SyncCore

/// An MRC sum score with the set of muscles that it is the sum of.
public struct MuscleSum: DiaryValue {
    public var points: Said<Int64>
    /// The id of the muscle set; sums of different sets are not comparable.
    public var muscleSet: PrintedText?
    /// Each muscle, where they were written down.
    public var muscles: [Muscle]?
    public var entryMethod: EntryMethod?

    /// Six pairs of muscles: 0 to 60 points.
    public static let sixPairs: PrintedText = "six_pairs"
    /// Six pairs and the first dorsal interosseous of each hand: 0 to 70 points.
    public static let sixPairsAndInterosseous: PrintedText = "six_pairs_fdi"

    public init(points: Int64, set muscleSet: PrintedText?, muscles: [Muscle]? = nil) {
        self.points = .value(points)
        self.muscleSet = muscleSet
        self.muscles = muscles
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let points: Said<Int64>? = reader.member("points")
        muscleSet = reader.member("set")
        muscles = reader.member("muscles")
        entryMethod = reader.member("entryMethod")
        guard reader.isWhole, let points else { return nil }
        self.points = points
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("points", points)
        object.set("set", muscleSet)
        object.set("muscles", muscles)
        object.set("entryMethod", entryMethod)
        return .object(object)
    }

    /// The most points that the set allows.
    public var most: Int64 { muscleSet == Self.sixPairs ? 60 : 70 }

    /// One muscle of one side.
    public struct Muscle: DiaryValue {
        public var muscle: PrintedText
        public var side: Said<Site.Side>
        /// 0 to 5.
        public var points: Said<Int64>

        public init(_ muscle: PrintedText, _ side: Site.Side, points: Int64) {
            self.muscle = muscle
            self.side = .value(side)
            self.points = .value(points)
        }

        public init?(json: JSONValue) {
            guard var reader = MemberReader(json) else { return nil }
            let muscle: PrintedText? = reader.member("muscle")
            let side: Said<Site.Side>? = reader.member("side")
            let points: Said<Int64>? = reader.member("points")
            guard reader.isWhole, let muscle, let side, let points else { return nil }
            self.muscle = muscle
            self.side = side
            self.points = points
        }

        public var json: JSONValue {
            ["muscle": muscle.json, "side": side.json, "points": points.json]
        }
    }
}
