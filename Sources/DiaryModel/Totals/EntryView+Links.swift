public import SyncCore

extension EntryView {
    /// What is said of this entry and another being one.
    public var linkStatements: [LinkStatement] {
        fields.compactMap { field, register in
            guard field.hasPrefix(Vocabulary.linkPrefix),
                let other = EntryID(String(field.dropFirst(Vocabulary.linkPrefix.count)))
            else { return nil }
            let said = register.candidates.compactMap {
                $0.value.json.flatMap(LinkStatement.Candidate.init(json:))
            }
            return said.isEmpty ? nil : LinkStatement(entry.id, other, said)
        }
    }

    /// Whether all who spoke in this link say that there are two.
    public func saysDifferent(in link: String) -> Bool {
        let said = fields[link]?.candidates ?? []
        return !said.isEmpty
            && said.allSatisfy {
                $0.value.json.flatMap(LinkStatement.Candidate.init(json:)) == .different
            }
    }
}
