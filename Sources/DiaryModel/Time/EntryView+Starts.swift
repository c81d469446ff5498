public import SyncCore

extension EntryView {
    /// The starts that the candidates of its time say, each once; several while people disagree.
    public var starts: [Moment] {
        var starts: [Moment] = []
        for candidate in fields["time"]?.candidates ?? [] {
            let start = candidate.value.json.flatMap { TimeValue(json: $0) }?.start
            if let start, !starts.contains(start) { starts.append(start) }
        }
        return starts
    }
}
