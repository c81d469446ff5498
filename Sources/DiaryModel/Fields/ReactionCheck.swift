import SyncCore

/// The checks on a reaction as a whole.
struct ReactionCheck {
    private(set) var findings: [Finding] = []

    init(_ fields: JSONObject, context: ValidationContext) {
        let actions = fields.members.filter {
            $0.key.hasPrefix("action.") && $0.value.stringValue == "yes"
        }
        if actions.count > 1, actions.contains(where: { $0.key == "action.none" }) {
            findings.append(
                .warning(
                    .actionNoneAndOther, "action.none", "yes", also: actions.map(\.key)))
        }
        checkInfusion(fields, context)
    }

    private mutating func checkInfusion(_ fields: JSONObject, _ context: ValidationContext) {
        guard let linked = context.linkedInfusion, let seen = fields["infusion"],
            EntryID(json: seen) == linked.entry
        else { return }
        let onset = fields["time"].flatMap { TimeValue(json: $0) }?.start
        if linked.isAfter(onset) {
            findings.append(.warning(.reactionBeforeInfusion, "infusion", seen, also: ["time"]))
        }
        if linked.link.isGone {
            findings.append(.warning(.reactionInfusionVoided, "infusion", seen))
        }
    }
}
