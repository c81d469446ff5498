/// An instant as staff read it in a recall: in UTC, since the patients of one list live in several zones.
struct UniversalTime: CustomStringConvertible {
    let wall: WallTime

    init(ms: Int64) { wall = WallTime(localMinutes: ms.floorDivided(by: 60_000)) }

    var date: CivilDate { wall.date }
    /// `09:31`.
    var clockFace: String { wall.clockFace }
    /// `2016-05-02 12:00 UTC`.
    var description: String { "\(wall.date) \(wall.clockFace) UTC" }
}
