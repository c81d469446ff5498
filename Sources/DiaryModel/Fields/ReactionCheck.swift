import SyncCore

/// The checks on a reaction as a whole.
struct ReactionCheck {
    private(set) var findings: [Finding] = []

    init(_ fields: JSONObject) {
        let actions = fields.members.filter {
            $0.key.hasPrefix("action.") && $0.value.stringValue == "yes"
        }
        if actions.count > 1, actions.contains(where: { $0.key == "action.none" }) {
            findings.append(
                .warning(
                    .actionNoneAndOther, "action.none", "yes", also: actions.map(\.key)))
        }
    }
}
