import ClinicServer
import DiaryDesk
import DiaryModel
import SyncCore
import SyncClient

/// Why a device did not join, in words.
enum JoinWords {
    static func refused(_ flaw: ClinicAddress.Flaw, typed: String) -> Refused {
        switch flaw {
        case .malformed:
            Refused(
                "“\(typed)” is no address. The letter says it, such as https://clinic.example",
                code: "no_address", exit: .usage)
        case .insecure:
            Refused(
                "\(typed) can be read and changed on the way; the letter says https://.",
                "Nothing was sent. (--insecure-http allows it on a network you trust wholly.)",
                code: "insecure", exit: .usage)
        }
    }

    /// Refuses what can be no code before anybody is asked about a key.
    static func check(code: String) throws {
        guard EnrolmentCode(code) == nil else { return }
        throw Refused(
            "“\(code)” is no code. A code is 14 letters and digits, such as K7QM-4TZN8-PWC2X.",
            "Type it as the letter has it; capitals, hyphens and spaces do not matter. Nothing was sent.",
            code: "no_code", exit: .usage)
    }

    /// What was kept here before, beside the clinic's diary.
    static func further(of name: String, entries: Int) -> [String] {
        let kept =
            entries == 1 ? "The entry kept here stays" : "The \(entries) entries kept here stay"
        let goes = entries == 1 ? "goes" : "go"
        return [
            "\(kept), and \(goes) to the clinic as a further diary of \(name)'s; it reads both.",
            "Here they are two: a correction goes to the diary its entry is in, what is new into"
                + " the clinic's.",
        ]
    }

    /// Who writes on this device, as far as it is settled.
    static func lines(for settled: WhoWrites.Settled) -> [String] {
        guard let letters = settled.letters else {
            return ["Who writes here is settled at the next sync, when the clinic's word has come."]
        }
        guard let writer = settled.writer else {
            let first =
                settled.somebodyIsThere
                ? "lists them" : "add NAME --role \(letters.rawValue)  adds you"
            return [
                "Who writes here is not said yet, or is nobody of this diary. What you record names no"
                    + " person.",
                "diary people \(first);  diary people me NAME  says who you are.",
            ]
        }
        var lines: [String] = []
        if let name = settled.name { lines.append("You write here as \(name).") }
        if let other = settled.otherName {
            lines.append(
                "This device is \(writer.name)'s already, so \(other) is not who writes here."
                    + "  diary people me NAME  changes it.")
        }
        if let role = writer.role, role != letters {
            lines.append(
                "Your letter is a \(letters.rawValue)'s, and you write here as \(role.rawValue)."
                    + "  diary amend HANDLE role=\(letters.rawValue)  with your handle of"
                    + "  diary people  changes it.")
        }
        return lines
    }

    /// That one of the patient's diaries was not joined.
    static func missed(_ error: EnrolmentError, host: String) -> [String] {
        [
            "Another diary of the same patient was not joined:",
            refused(error, host: host, fingerprint: nil).lines.first ?? "",
            "All is safe. Ask the clinic for a new letter, then  diary join  again.",
        ]
    }

    static func refused(
        _ error: EnrolmentError, host: String, fingerprint: String?
    ) -> Refused {
        let kept = "Nothing was joined, and everything here is as it was."
        switch error {
        case .address(let flaw): return refused(flaw, typed: host)
        case .notReached(let reason):
            return Refused(
                "\(SyncWords.sentence(for: reason, host: host)) \(kept)",
                SyncWords.remedy(for: reason) ?? "Try again later.", code: "not_reached",
                exit: .notReached)
        case .notAClinic:
            return Refused(
                "Somebody answered for \(host) who is no clinic. \(kept)",
                "Compare the address with the letter.", code: "not_a_clinic", exit: .notReached)
        case .version:
            return Refused(
                "The clinic speaks another version of the protocol. \(kept)",
                "Update this program.", code: "version")
        case .notConfirmed:
            return Refused(
                fingerprint == nil
                    ? "The key was not compared with the letter, so the code was not sent."
                    : "The clinic's key is not the one you said, so the code was not sent.",
                "If they differ, phone the clinic. If they agree, answer y, or say the letter's key"
                    + " with --fingerprint.", code: "not_confirmed", exit: .failed)
        case .wrongCode:
            return Refused(
                "The clinic does not take that code: it is not known, was used, or has expired.",
                "Compare it with the letter, or ask the clinic for a new one. \(kept)",
                code: "wrong_code")
        case .tooManyAttempts:
            return Refused(
                "Too many codes were tried from here. \(kept)", "Wait a while, then try again.",
                code: "too_many_attempts")
        case .refused(let problem):
            return Refused(problem.title, "\(problem.advice) \(kept)", code: problem.rawValue)
        case .otherClinic:
            return Refused(
                "This diary knows another clinic by its key. \(kept)",
                "If you have moved to a new clinic, phone it.", code: "other_clinic")
        }
    }
}
