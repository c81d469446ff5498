import ClinicServer
import Foundation

/// A recovery phrase as a person types it from the paper.
enum TypedPhrase {
    /// Reads it from a file, from the input, or asks for it at the terminal.
    static func read(fromFile path: String?) throws -> RecoveryPhrase {
        let typed: String
        if let path {
            typed = try text(ofFile: path)
        } else if let answer = Terminal.current.ask("The recovery phrase, as it is on the paper:") {
            typed = answer
        } else {
            throw Refused(
                "There is no terminal to ask for the phrase. Nothing was written.",
                "Say where it is:  --phrase-file FILE    or  --phrase-file -", code: "no_phrase",
                exit: .usage)
        }
        do throws(RecoveryPhrase.Flaw) { return try RecoveryPhrase(typed) } catch {
            switch error {
            case .length:
                throw Refused(
                    "A recovery phrase has seven groups of four letters and digits.",
                    "What was given has another length, or other characters. Nothing was written.",
                    code: "phrase_length", exit: .usage)
            case .checksum:
                throw Refused(
                    "That is not a phrase this program printed: its check does not agree.",
                    "A character was read or typed wrongly. Nothing was written; try again.",
                    code: "phrase_check", exit: .usage)
            }
        }
    }

    private static let lengthLimit = 1024

    private static func text(ofFile path: String) throws -> String {
        let file = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let file, let bytes = try? file.read(upToCount: lengthLimit) ?? Data() else {
            throw Refused(
                "\(path) cannot be read. Nothing was written.", code: "no_phrase", exit: .usage)
        }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }
}
