public import DiaryModel
import DiaryStore
import SyncCore

extension Reading {
    /// The day of the last blood sample of which a value stands here: the last IgG trough.
    public func lastBloods() throws -> CivilDate? {
        for summary in try entries(of: .measurement) where summary.status == .active {
            guard let view = try view(of: summary.position), view["measure"] == "igg_trough",
                let time = view["time"].flatMap({ TimeValue(json: $0) })
            else { continue }
            return time.start.day(in: zone) ?? time.start.wall.date.endOfMonth
        }
        return nil
    }
}
