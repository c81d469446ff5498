import SyncCore

/// The checks on a checklist as a whole: answers that the plan marks as a concern.
struct ChecklistCheck {
    private(set) var findings: [Finding] = []

    init(_ fields: JSONObject, context: ValidationContext) {
        let answers = CheckAnswers(fields: fields)
        for concern in answers.concerns(in: context.planChecks) {
            findings.append(
                .warning(.checkAnswerConcern, concern.field, concern.answer.json))
        }
    }
}
