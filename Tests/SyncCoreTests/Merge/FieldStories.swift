import SyncCore

/// The sentences of the design's 4.2, each as a story with its outcome.
enum FieldStories {
    private static let begun = Story.Said(
        "e", by: "A", ["note": "x", "pain": 1, "status": "active"])
    private static let void: JSONObject = ["status": "voided"]
    private static let active: JSONObject = ["status": "active"]

    static let fields: [Story] = [
        Story(
            "what begins an entry speaks for all it sets", [begun],
            shows: ["note": ["e"], "pain": ["e"], "status": ["e"]]),
        Story(
            "concurrent amendments of different fields merge by themselves",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["pain": 2]),
            ],
            shows: ["note": ["a"], "pain": ["b"], "status": ["e"]]),
        Story(
            "of the same field to the same value, too",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "y"]),
            ],
            shows: ["note": ["a", "b"], "pain": ["e"], "status": ["e"]]),
        Story(
            "to different values they stay side by side",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "z"]),
            ],
            shows: ["note": ["a", "b"], "pain": ["e"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "two spellings of one letter are different values",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "é"]),
                .init("b", by: "B", seeing: ["e"], ["note": "e\u{301}"]),
            ],
            shows: ["note": ["a", "b"], "pain": ["e"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "an amendment that has seen both settles it",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "z"]),
                .init("c", by: "C", seeing: ["a", "b"], ["note": "z"]),
            ],
            shows: ["note": ["c"], "pain": ["e"], "status": ["e"]]),
        Story(
            "one that has seen one of them does not",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "z"]),
                .init("c", by: "C", seeing: ["b"], ["note": "w"]),
            ],
            shows: ["note": ["a", "c"], "pain": ["e"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "two that settle it differently are a conflict again",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "z"]),
                .init("c", by: "C", seeing: ["a", "b"], ["note": "y"]),
                .init("d", by: "B", seeing: ["a", "b"], ["note": "z"]),
            ],
            shows: ["note": ["c", "d"], "pain": ["e"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "seeing is not replacing: another field is left as it was",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "z"]),
                .init("c", by: "C", seeing: ["a", "b"], ["pain": 3]),
            ],
            shows: ["note": ["a", "b"], "pain": ["c"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "two members of staff write from one stale page into one log",
            [
                begun, .init("a", by: "B", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e"], ["note": "z"]),
            ],
            shows: ["note": ["a", "b"], "pain": ["e"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "a position covers what lies below it on its log",
            [
                begun, .init("a", by: "B", seeing: ["e"], ["note": "y"]),
                .init("b", by: "B", seeing: ["e", "a"], ["pain": 2]),
                .init("c", by: "C", seeing: ["b"], ["note": "z"]),
            ],
            shows: ["note": ["c"], "pain": ["b"], "status": ["e"]]),
        Story(
            "and nothing on the other branch of that log, though its seq is lower or the same",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("b", by: "a", seeing: ["e"], ["note": "z"]),
                .init("c", by: "a", seeing: ["b"], ["pain": 2]),
                .init("d", by: "C", seeing: ["c"], ["note": "w"]),
            ],
            shows: ["note": ["a", "d"], "pain": ["c"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "who saw nothing replaces nothing",
            [begun, .init("a", by: "B", ["note": "y"])],
            shows: ["note": ["a", "e"], "pain": ["e"], "status": ["e"]], conflicts: ["note"]),
        Story(
            "a removed line is null, an ordinary value",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["vials.1": 4]),
                .init("b", by: "B", seeing: ["a"], ["vials.1": .null]),
                .init("c", by: "C", seeing: ["a"], ["vials.1": 5]),
            ],
            shows: ["note": ["e"], "pain": ["e"], "status": ["e"], "vials.1": ["b", "c"]],
            conflicts: ["vials.1"]),
    ]

    static let voids: [Story] = [
        Story(
            "a void of what was seen stands",
            [begun, .init("v", by: "B", seeing: ["e"], void)],
            shows: ["note": ["e"], "pain": ["e"], "status": ["v"]], status: .voided),
        Story(
            "reinstating is setting the status",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("r", by: "A", seeing: ["v", "e"], active),
            ],
            shows: ["note": ["e"], "pain": ["e"], "status": ["r"]]),
        Story(
            "voiding while somebody corrects is a question",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["note": "y"]),
            ],
            shows: ["note": ["a"], "pain": ["e"], "status": ["v"]], status: .inQuestion,
            conflicts: ["status"], questions: ["v": ["a"]]),
        Story(
            "a later amendment of another field does not settle it",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("c", by: "C", seeing: ["v", "a"], ["pain": 2]),
            ],
            shows: ["note": ["a"], "pain": ["c"], "status": ["v"]], status: .inQuestion,
            conflicts: ["status"], questions: ["v": ["a"]]),
        Story(
            "nor one of the same field, though it is superseded then",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("c", by: "C", seeing: ["v", "a"], ["note": "w"]),
            ],
            shows: ["note": ["c"], "pain": ["e"], "status": ["v"]], status: .inQuestion,
            conflicts: ["status"], questions: ["v": ["a"]]),
        Story(
            "setting the status, having seen both, settles it: voided",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("w", by: "C", seeing: ["v", "a"], void),
            ],
            shows: ["note": ["a"], "pain": ["e"], "status": ["w"]], status: .voided),
        Story(
            "setting the status, having seen both, settles it: active",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("r", by: "C", seeing: ["v", "a"], active),
            ],
            shows: ["note": ["a"], "pain": ["e"], "status": ["r"]]),
        Story(
            "a second void that has not seen the correction asks anew",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("w", by: "B", seeing: ["e", "v"], void),
            ],
            shows: ["note": ["a"], "pain": ["e"], "status": ["w"]], status: .inQuestion,
            conflicts: ["status"], questions: ["w": ["a"]]),
        Story(
            "correcting a voided entry does not revive it",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e", "v"], ["note": "y"]),
            ],
            shows: ["note": ["a"], "pain": ["e"], "status": ["v"]], status: .voided),
        Story(
            "a concurrent link is no correction",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("a", by: "A", seeing: ["e"], ["link.x": "same"]),
            ],
            shows: ["link.x": ["a"], "note": ["e"], "pain": ["e"], "status": ["v"]],
            status: .voided),
        Story(
            "voiding while another reinstates is a conflict of two values",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("r", by: "A", seeing: ["e"], active),
            ],
            shows: ["note": ["e"], "pain": ["e"], "status": ["r", "v"]], status: .inQuestion,
            conflicts: ["status"]),
        Story(
            "two voids say the same",
            [
                begun, .init("v", by: "B", seeing: ["e"], void),
                .init("w", by: "C", seeing: ["e"], void),
            ],
            shows: ["note": ["e"], "pain": ["e"], "status": ["v", "w"]], status: .voided),
        Story(
            "a void on a branch and a correction on the other",
            [
                begun, .init("a", by: "A", seeing: ["e"], ["note": "y"]),
                .init("v", by: "a", seeing: ["e"], void),
            ],
            shows: ["note": ["a"], "pain": ["e"], "status": ["v"]], status: .inQuestion,
            conflicts: ["status"], questions: ["v": ["a"]]),
    ]
}
