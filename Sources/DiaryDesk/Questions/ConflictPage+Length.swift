import DiaryModel
import SyncCore

extension ConflictPage {
    /// How long an infusion took by each of the times that stand side by side (domain C04); nil where they
    /// agree or say too little.
    public var lengthWords: String? {
        guard let time = questions.first(where: { $0.field == "time" }) else { return nil }
        let minutes = time.options.compactMap { option in
            option.candidate.value.json.flatMap { TimeValue(json: $0) }?.length.ms.map {
                $0 / 60_000
            }
        }
        guard let shortest = minutes.min(), let longest = minutes.max(), shortest < longest else {
            return nil
        }
        return "It took \(shortest) to \(longest) minutes."
    }
}
