public import SyncCore

/// Holds what a person types against the field table and, as a whole, against what else is known.
///
/// Only the impossible is refused, and nothing that rests on a clock is impossible; the unlikely is a
/// warning that is kept. A line that arrives never comes here: `findings` reads it without refusing.
public struct Validator: Sendable {
    let catalogue: Catalogue

    public init(catalogue: Catalogue = .seed) { self.catalogue = catalogue }

    /// Validates the fields that begin an entry.
    public func validate(
        kind: EntryKind, set: JSONObject, context: ValidationContext = .init()
    ) -> Validation {
        var validation = checkFields(kind: kind, set: set, isNew: true)
        validation.add(checkWhole(kind: kind, fields: set, context: context, isNew: true))
        return validation
    }

    /// Validates an amendment: the fields being set, and the whole as far as it concerns them.
    ///
    /// - Parameter current: the entry's settled values as the person saw them; nil leaves out the whole.
    public func validateAmendment(
        kind: EntryKind, set: JSONObject, current: JSONObject? = nil,
        context: ValidationContext = .init()
    ) -> Validation {
        var validation = checkFields(kind: kind, set: set, isNew: false)
        guard let current else { return validation }
        var merged = current
        for member in set.members { merged[member.key] = member.value }
        let whole = checkWhole(kind: kind, fields: merged, context: context, isNew: true)
        let touched = whole.filter { finding in
            finding.involves.contains { name in
                set.keys.contains { key in
                    key.utf8.elementsEqual(name.utf8)
                        || (name == "vials" && key.hasPrefix("vials."))
                }
            }
        }
        validation.add(touched)
        return validation
    }

    /// What is odd in a stored entry's settled values; it never refuses.
    ///
    /// - Parameter wereConcurrent: whether two fields were set by events of which neither had seen the other.
    public func findings(
        kind: EntryKind, values: JSONObject, context: ValidationContext = .init(),
        wereConcurrent: (String, String) -> Bool = { _, _ in true }
    ) -> [Warning] {
        var found: [Warning] = []
        for member in values.members where !member.value.isNull {
            guard let row = FieldTable.row(kind: kind, field: member.key) else {
                found.append(Warning(.notUnderstood, member.key, member.value))
                continue
            }
            let check = ShapeCheck(field: member.key, row: row, value: member.value)
            if check.rejections.isEmpty {
                found += check.warnings
            } else {
                found.append(Warning(.notUnderstood, member.key, member.value))
            }
        }
        let whole = checkWhole(kind: kind, fields: values, context: context, isNew: false)
        for finding in whole {
            guard let code = finding.storedCode else { continue }
            found.append(Warning(code, finding.field, finding.seen))
        }
        if kind == .infusion || kind == .stock {
            found += twiceWritten(values, wereConcurrent: wereConcurrent)
        }
        return found
    }

    private func twiceWritten(
        _ values: JSONObject, wereConcurrent: (String, String) -> Bool
    ) -> [Warning] {
        let lines = Infusion(fields: values).lines
        var found: [Warning] = []
        for (index, line) in lines.enumerated() {
            let isTwice = lines.prefix(index).contains { earlier in
                earlier.line.isSameLot(as: line.line) && wereConcurrent(earlier.field, line.field)
            }
            if isTwice { found.append(Warning(.lineTwice, line.field, line.line.json)) }
        }
        return found
    }

    private func checkFields(kind: EntryKind, set: JSONObject, isNew: Bool) -> Validation {
        var validation = Validation()
        for member in set.members {
            guard let row = FieldTable.row(kind: kind, field: member.key) else {
                validation.rejections.append(
                    Rejection(
                        field: member.key, code: .malformed,
                        sentence: "This is no field of this kind of entry; say it in a note."))
                continue
            }
            if member.value.isNull {
                if isNew || RequiredFields.of(kind).contains(member.key) {
                    let missing = Rejection(
                        field: member.key, code: .missing, sentence: row.sentence)
                    validation.rejections.append(missing)
                }
                continue
            }
            let check = ShapeCheck(field: member.key, row: row, value: member.value)
            validation.rejections += check.rejections
            validation.warnings += check.warnings
        }
        return validation
    }

    private func checkWhole(
        kind: EntryKind, fields: JSONObject, context: ValidationContext, isNew: Bool
    ) -> [Finding] {
        var findings = RequiredFields(kind: kind, fields: fields).missing
        switch kind {
        case .infusion:
            var check = InfusionCheck(fields, context: context, catalogue: catalogue)
            check.run()
            findings += check.findings
        case .reaction: findings += ReactionCheck(fields, context: context).findings
        case .check: findings += ChecklistCheck(fields, context: context).findings
        case .measurement:
            var check = MeasurementCheck(fields, context: context)
            check.run()
            findings += check.findings
        case .stock:
            var check = StockCheck(fields, context: context, catalogue: catalogue)
            check.run()
            findings += check.findings
        case .plan: findings += PlanWarnings.findings(in: fields, catalogue: catalogue)
        default: break
        }
        return findings
    }
}

extension Validation {
    /// Adds findings about a whole entry; what the fields alone already said is not said twice.
    mutating func add(_ findings: [Finding]) {
        for finding in findings {
            switch finding.kind {
            case .rejection(let code, let sentence):
                let known = rejections.contains { $0.field == finding.field && $0.code == code }
                if !known {
                    rejections.append(
                        Rejection(field: finding.field, code: code, sentence: sentence))
                }
            case .warning(let code):
                warnings.append(Warning(code, finding.field, finding.seen))
            }
        }
    }
}
