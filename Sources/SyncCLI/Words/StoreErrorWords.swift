import DiaryStore
import Foundation

extension Output {
    /// A store's error in words: what was kept, and what to do next.
    static func words(for error: StoreError) -> Refused {
        let nothing = kept(or: "Nothing was written.")
        switch error {
        case .missing(let directory):
            return Refused(
                "There is no diary in \(directory).", "diary init --for NAME  begins one.",
                code: "no_diary")
        case .exists(let directory):
            return Refused(
                "There is a diary or a clinic in \(directory) already. \(nothing)",
                code: "diary_exists")
        case .notADiary(let path):
            return Refused(
                "\(path) is no diary. It was not touched.", code: "not_a_diary", exit: .damaged)
        case .otherPurpose(let path):
            return Refused(
                "\(path) belongs to the other kind of store (device or clinic). It was not touched.",
                code: "other_purpose", exit: .damaged)
        case .newerVersion(let found, let known):
            return Refused(
                "A newer version of this program wrote this store (\(found), this one knows \(known)).",
                "It was not touched. Update this program.", code: "newer_version", exit: .damaged)
        case .unsafePath(let path, let flaw):
            return Refused(
                "\(path) is not safe for a diary: \(words(for: flaw)). It was not touched.",
                "Put that right, or say another directory with --home.", code: "unsafe_path",
                exit: .damaged)
        case .lockHeld(let holder):
            let who = holder.map { "process \($0.process) (\($0.command))" } ?? "another process"
            return Refused(
                "The diary is being written by \(who) for more than ten seconds. \(nothing)",
                "Try again in a moment.", code: "busy")
        case .replaced:
            return Refused(
                "This diary was put back to a backup a moment ago. \(nothing)", "Say it again.",
                code: "replaced")
        case .busy:
            return Refused("The diary is busy. \(nothing)", "Try again in a moment.", code: "busy")
        case .damaged:
            return Refused(
                "The store is damaged, or its disk cannot be read. \(nothing)",
                "diary doctor  says what is wrong and what to do.", code: "damaged", exit: .damaged)
        case .database(let number):
            return Refused(
                "The store could not be used (SQLite says \(number)). \(nothing)",
                "Try again; diary doctor  says whether anything is wrong.", code: "damaged",
                exit: .damaged)
        case .diskFull:
            return Refused(
                "The disk is full. \(nothing)",
                "Everything recorded before is safe and can be read and exported. Make room first.",
                code: "disk_full")
        case .readOnly:
            return Refused(
                "The store can be read but not written here. \(nothing)", code: "read_only")
        case .diskFailed, .reopenFirst:
            return Refused(
                Commits.haveRecorded
                    ? "The disk failed. \(nothing)"
                    : "The disk failed while writing. What was told “saved” before is there.",
                "Look what is there before you say it again; diary doctor  checks the store.",
                code: "disk_failed", exit: .damaged)
        case .file(let path, let number):
            return Refused(
                "\(path) could not be written or read: \(String(cString: strerror(Int32(truncatingIfNeeded: number)))). \(nothing)",
                code: "file_failed")
        case .unstorableText:
            return Refused(
                "A text contains U+0000, which cannot be kept. \(nothing)", code: "malformed",
                exit: .usage)
        case .unknownDiary:
            return Refused("That diary is not on this device.", code: "no_such_diary")
        case .settingRefused, .transactionOver, .notWriting:
            return Refused(
                "The store could not be opened safely. \(nothing)", "Please report it.",
                code: "unexpected", exit: .damaged)
        }
    }

    /// What this command left, in the words for that it left nothing unless it had written already.
    static func kept(or nothing: String) -> String {
        if Commits.haveRecorded { return "What you recorded was saved before that: it is there." }
        return Commits.haveWritten ? "What was done before that is kept." : nothing
    }

    private static func words(for flaw: PathFlaw) -> String {
        switch flaw {
        case .symbolicLink: "it is a symbolic link"
        case .notADirectory: "it is not a directory"
        case .notAFile: "it is not an ordinary file"
        case .otherOwner: "it belongs to somebody else"
        case .openToOthers: "others on this computer can read or write it"
        case .hardLinked: "it has a second name"
        }
    }
}

extension Doubt {
    /// What is said beside whatever is shown of a store.
    func words(_ command: String) -> String {
        switch self {
        case .file:
            "Of note: the file of this store is damaged; what is shown may lack something.   \(command)"
        case .fewerEvents:
            "Of note: this store held more than it does now; a sync may bring it back.   \(command)"
        }
    }
}
