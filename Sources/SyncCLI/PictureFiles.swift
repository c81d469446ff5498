import DiaryDesk
import DiaryStore
import Foundation
import SyncCore

/// Pictures as SVG files, each written whole; a file that is there already is nobody's to replace.
struct PictureFiles {
    let files: [(path: String, picture: Picture)]

    /// One file for one picture; further ones stand beside it as `name-2.svg`.
    init(_ pictures: [Picture], to path: String) {
        let url = URL(fileURLWithPath: path)
        let (stem, end) = (url.deletingPathExtension().path, url.pathExtension)
        files = pictures.enumerated().map { index, picture in
            (index == 0 ? path : "\(stem)-\(index + 1)\(end.isEmpty ? "" : ".\(end)")", picture)
        }
    }

    /// A file for each picture in a directory, which is made if it is not there.
    init(_ pictures: [(name: String, picture: Picture)], in directory: String) {
        files = pictures.map { ("\(directory)/\($0.name).svg", $0.picture) }
    }

    /// Writes all of them, or none where a name is taken.
    func write() throws -> Reply {
        for (path, _) in files where Files.exists(path) {
            throw Refused("\(path) is there already. Nothing was written.", code: "file_exists")
        }
        var reply = Reply()
        for (path, picture) in files {
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            Files.makeParent(of: path)
            try AtomicFile(path: path).write(Array(picture.svg(id: name).utf8))
        }
        if files.isEmpty {
            reply.say("There is nothing to draw. No file was written.")
        } else {
            reply.say("Drawn in \(files.map(\.path).joined(separator: ", ")).")
        }
        reply.json["files"] = .array(files.map { .string($0.path) })
        return reply
    }
}
