import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryStore
import Foundation
import SyncCore

/// A command has printed its answer and ends with this status.
struct Finished: Error {
    let status: ExitStatus
}

extension Diary {
    static func exit(withStatus status: ExitStatus) -> Never { Foundation.exit(status.rawValue) }
}

/// Prints what a command has to say, and turns every error into words with a next step.
enum Output {
    static func complain(_ text: String) { StandardOutput.complain(text + "\n") }

    /// Runs a command: prints its reply, or what went wrong, and ends with its status.
    static func run(
        _ command: String, json: Bool, _ body: () throws -> Reply
    ) throws {
        let reply: Reply
        do { reply = try body() } catch { reply = failure(error, of: command) }
        try finish(command, json: json, reply)
    }

    static func run(
        _ command: String, json: Bool, _ body: () async throws -> Reply
    ) async throws {
        let reply: Reply
        do { reply = try await body() } catch { reply = failure(error, of: command) }
        try finish(command, json: json, reply)
    }

    private static func finish(_ command: String, json: Bool, _ reply: Reply) throws {
        let text: String
        if json {
            var object = reply.json
            object["schema"] = 1
            object["command"] = .string(command)
            object["exit"] = .integer(Int64(reply.exit.rawValue))
            text = JSONValue.object(object).canonicalText
        } else {
            text = reply.lines.map(Terminal.safe).joined(separator: "\n")
            guard reply.exit == .done || reply.exit >= .waits, reply.exit != .damaged else {
                complain(text)
                throw Finished(status: reply.exit)
            }
        }
        guard !text.isEmpty, let reason = StandardOutput.say(text) else {
            throw Finished(status: reply.exit)
        }
        complain("The answer could not be written (\(reason)). \(unwritten(reply, of: command))")
        throw Finished(status: max(reply.exit, .failed))
    }

    /// What became of a command whose answer nobody was shown, and how to see it again.
    private static func unwritten(_ reply: Reply, of command: String) -> String {
        do {
            if let sentence = try reply.ifUnwritten?() { return sentence }
        } catch {
            return failure(error, of: command).lines.joined(separator: " ")
        }
        let look = command.hasPrefix("clinic ") ? "diary clinic diaries" : "diary list"
        return kept(or: "Nothing was changed.") + "  \(look)  shows what there is."
    }

    /// An error in words: what was expected, what was kept, what to do next.
    static func failure(_ error: any Error, of command: String = "") -> Reply {
        var refused: Refused
        switch error {
        case let error as Refused: refused = error
        case let error as DeskError: refused = words(for: error)
        case let error as ClinicError: refused = words(for: error)
        case let error as StoreError: refused = words(for: error)
        case let error as BackupError: refused = words(for: error)
        case let error as CommitError: refused = words(for: error)
        default:
            refused = Refused(
                "Something went wrong that this program did not expect. "
                    + kept(or: "Nothing was written."),
                "diary doctor  checks the store.  (\(type(of: error)))", code: "unexpected")
        }
        if command.hasPrefix("clinic ") { refused.lines = refused.lines.map(atClinic) }
        var reply = Reply(exit: refused.exit)
        reply.lines = refused.lines
        reply.json = [
            "error": [
                "code": .string(refused.code),
                "text": .array(refused.lines.map(JSONValue.string)),
            ]
        ]
        return reply
    }

    /// The next command as staff type it.
    static func atClinic(_ line: String) -> String {
        let names = [
            ("diary conflicts show ", "diary clinic conflicts "),
            ("diary conflicts resolve ", "diary clinic resolve "),
            ("diary show ", "diary clinic show "), ("diary amend ", "diary clinic amend "),
            ("diary list ", "diary clinic list PATIENT "),
        ]
        guard let (home, clinic) = names.first(where: { line.contains($0.0) }) else { return line }
        return line.replacing(home, with: clinic)
    }

    private static func words(for error: DeskError) -> Refused {
        switch error {
        case .noSuchEntry(let typed):
            return Refused(
                typed == "last"
                    ? "There is no entry yet." : "No entry is called “\(typed)”, or of that day.",
                "diary list  shows what there is.",
                code: "no_such_entry")
        case .ambiguous(let typed, let entries):
            let handles = HandleBook(entries)
            let list = entries.map { handles.handle(of: $0).text }.joined(separator: ", ")
            return Refused(
                "“\(typed)” can mean \(list). Nothing was done.",
                "diary list  shows them; say one by the handle in its first column.",
                code: "ambiguous", exit: .usage)
        case .notPossible(let why):
            return Refused("Nothing was done: \(why).", code: "not_possible")
        case .notAllowed(let who):
            return Refused("Nothing was done: \(who).", code: "not_allowed")
        case .refused(let values):
            var refused = Refused(code: values.first?.code ?? "refused", exit: .usage)
            refused.lines = values.map { "\(label($0.field)): \($0.sentence)" }
            refused.lines.append("Nothing was recorded; nothing you typed before is lost.")
            return refused
        case .moreHasCome(let entry):
            let handle = Handle(of: entry)
            return Refused(
                "\(handle) says more than you were last shown. Nothing was done.",
                "Look first:  diary show \(handle)", code: "more_has_come", exit: .waits)
        case .movedOn(let entry, let shown):
            let handle = Handle(of: entry)
            return Refused(
                "What is open about \(handle) has changed since view \(shown). Nothing was done.",
                "Look again:  diary conflicts show \(handle)", code: "moved_on", exit: .waits)
        }
    }

    /// `vial line 1, lot` for `vials.1/lot`.
    private static func label(_ field: String) -> String {
        let parts = field.split(separator: "/", maxSplits: 1).map(String.init)
        guard let first = parts.first else { return field }
        let members = [
            "lot": "lot", "count": "how many", "expiry": "expiry", "vialMilligrams": "size",
            "vialMicrolitres": "volume", "name": "name", "model": "model",
        ]
        let member =
            parts.count > 1 ? ", \(members[parts[1]] ?? EntryWords.memberLabel(parts[1]))" : ""
        return EntryWords.label(first) + member
    }

    private static func words(for error: CommitError) -> Refused {
        switch error {
        case .entryGone:
            Refused(
                "That entry is no longer in this diary. Nothing was written.", code: "entry_gone")
        case .malformed(.json(let json)):
            Refused(
                "What was typed cannot be kept (\(json.reason.rawValue)). Nothing was written.",
                "A text may not contain the character U+0000.", code: "malformed", exit: .usage)
        case .malformed(.tooLong):
            Refused(
                "What was typed is longer than one entry may be (256 KiB). Nothing was written.",
                code: "too_long", exit: .usage)
        case .malformed, .refused, .restsOnUnheld:
            Refused(
                "This program made an entry that it would not take from another device.",
                "Nothing was written. Please report it, with the output of  diary doctor",
                code: "refused")
        }
    }
}
