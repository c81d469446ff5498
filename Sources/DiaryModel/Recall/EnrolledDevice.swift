public import SyncCore

/// A device of a patient as far as a recall rests on it: until when all that it wrote has come.
public struct EnrolledDevice: DiaryValue {
    public let label: PrintedText
    public let state: State
    /// The codes of why it was closed or retired, several while staff disagree.
    public let because: [PrintedText]
    /// When it was last heard by the clinic's clock, in milliseconds; nil if never.
    public let heardMs: Int64?
    /// It was heard, but not all that it held then has come: a sync may end in the middle.
    public let isBehind: Bool

    public enum State: String, DiaryValue, CaseIterable {
        case open
        /// Closed, and still waited for: what it wrote may yet come.
        case revoked
        /// Out of use for good; coverage waits for it no longer.
        case retired
    }

    public init(
        _ label: PrintedText, heardMs: Int64?, isBehind: Bool = false, state: State = .open,
        because: [PrintedText] = []
    ) {
        self.label = label
        self.state = state
        self.because = because
        self.heardMs = heardMs
        self.isBehind = isBehind
    }

    /// A device with the logs of its chain.
    public init(
        _ label: PrintedText, logs: [DeviceLog], isBehind: Bool = false, state: State = .open,
        because: [PrintedText] = []
    ) {
        self.init(
            label, heardMs: DeviceLog.heardMs(of: logs), isBehind: isBehind, state: state,
            because: because)
    }

    /// Whether all that it wrote until an instant has certainly come.
    func isComplete(toMs instant: Int64) -> Bool {
        !isBehind && heardMs.map { $0 >= instant } ?? false
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let label: PrintedText? = reader.member("label")
        let state: State? = reader.member("state")
        let because: [PrintedText]? = reader.member("because")
        let heard: Int64? = reader.member("heard")
        let behind: AnyJSON? = reader.member("behind")
        guard reader.isWhole, let label, let state, let because,
            behind.map({ $0.json == true }) ?? true
        else { return nil }
        self.init(
            label, heardMs: heard, isBehind: behind != nil, state: state, because: because)
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("label", label)
        object.set("state", state)
        object.set("because", because)
        object.set("heard", heardMs)
        if isBehind { object["behind"] = true }
        return .object(object)
    }

    /// "tablet, lost"; a retirement's code says so in the word before.
    public var words: String {
        let reasons = because.map {
            $0.text.replacing("retired_", with: "").replacing("_", with: " ")
        }
        return ([label.text] + (reasons.isEmpty ? [] : [reasons.joined(separator: " or ")]))
            .joined(separator: ", ")
    }
}
