import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// Signing a version of a plan, with what the signer was shown.
struct PlanSigning {
    let desk: Desk
    let patient: String
    /// Which plan, where there are two: its handle.
    let which: String?
    /// A second plan that holds beside the first one.
    let isSibling: Bool
    /// Go on without asking, although more has come than was shown.
    let yes: Bool

    /// What the signer goes on from.
    private struct Base {
        var plan: PlanEntry?
        /// The plan's entry, as it was shown.
        var view: EntryView?
        /// The plan beside it.
        var sibling: EntryID?
        var more: [String] = []
    }

    func sign(_ typed: PlanForm, reason: String?, why: String?) throws -> Reply {
        let base = try desk.database.read {
            try self.base(in: Reading($0, diary: desk.diary, zone: desk.zone))
        }
        var form = typed
        form.base = base.plan?.shown?.json?.objectValue ?? [:]
        form.sibling = base.sibling
        let value = try form.plan(try desk.formContext())
        var seen = Desk.Seen.lastPrinted
        if let view = base.view, !base.more.isEmpty {
            try confirm(base.more)
            seen = .exactly(view.context)
        }
        let written = try desk.sign(
            value, as: base.plan?.entry,
            reason: reason ?? (base.plan == nil ? "started" : "review"), words: why, seen: seen)
        return try said(written, isFirst: base.plan == nil)
    }

    private func base(in reading: Reading) throws -> Base {
        let plans = try reading.plans().entries
        if isSibling {
            guard let other = plans.first, plans.count == 1 else {
                throw Refused(
                    plans.isEmpty
                        ? "\(patient) has no plan that a second one could stand beside."
                        : "\(patient) has two plans already.",
                    code: "no_sibling", exit: .usage)
            }
            return Base(sibling: other.entry)
        }
        guard let plan = try chosen(among: plans), let view = try reading.view(of: plan.entry)
        else { return Base() }
        let more = try Unseen(desk: desk, reading: reading, view: view).sentences
        return Base(plan: plan, view: view, more: more)
    }

    private func chosen(among plans: [PlanEntry]) throws -> PlanEntry? {
        if let which {
            let handle = Handle(which)
            let found = plans.first { Handle(of: $0.entry, length: which.utf8.count) == handle }
            guard let found else { throw DeskError.noSuchEntry(which) }
            return found
        }
        guard plans.count > 1 else { return plans.first }
        let names = plans.map { "--plan \(Handle(of: $0.entry))" }.joined(separator: " or ")
        throw Refused(
            "\(patient) has several plans. Say which gets a new version:  \(names)",
            code: "which_plan", exit: .usage)
    }

    /// More has come than the signer was shown: they look, or say that they go on.
    private func confirm(_ more: [String]) throws {
        let question = (more + ["Sign all the same?"]).joined(separator: "\n")
        if yes || Terminal.current.confirm(question) { return }
        var refused = Refused(code: "more_has_come", exit: .waits)
        refused.lines =
            more + ["Nothing was signed. Look first:  diary clinic plan show \(patient)"]
        throw refused
    }

    private func said(_ written: Desk.Written<Desk.Saved>, isFirst: Bool) throws -> Reply {
        let entry = written.result.entry
        let view = try desk.database.read {
            try Reading($0, diary: desk.diary, zone: desk.zone).view(of: entry)
        }
        var reply = Reply()
        if let view {
            let words = DeskWords(desk: desk).entryWords(view)
            let version = view["plan"]
            reply.say(
                "Signed.  \(Handle(of: entry))  "
                    + (version.map(words.summary(ofPlan:)) ?? words.what) + "  for \(patient)")
            reply.lines += (version.map(words.lines(ofPlan:)) ?? []).map { "  " + $0 }
            reply.json = DeskWords(desk: desk).viewJSON(view, handle: Handle(of: entry))
        }
        reply.say(
            isFirst
                ? "It reaches the patient's devices with their next sync."
                : "The version before it stays, and so does every infusion that names it.")
        for warning in written.result.warnings {
            reply.say("Noted with it: \(warning.sentence)")
        }
        reply.json["warnings"] = .array(
            written.result.warnings.map { .string($0.code.rawValue) })
        if written.continuedAsNewReplica { reply.say(DeskWords.continuedSentence) }
        return reply
    }
}
