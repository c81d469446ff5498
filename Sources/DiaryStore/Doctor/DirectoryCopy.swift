internal import Foundation
internal import Glibc

/// Keeps a store's directory as it is, beside it, before anything in it is mended.
struct DirectoryCopy {
    /// `HOME.damaged-20260329-074000`.
    static func make(of directory: String, atMs ms: Int64) throws -> String {
        let target = try DatedName.free(directory + ".damaged-", atMs: ms)
        try SafePath.createDirectory(target)
        do {
            for name in try names(in: directory) {
                try copy(directory + "/" + name, to: target + "/" + name)
            }
            try SafePath.synchroniseDirectory(target)
            try SafePath.synchroniseDirectory(SafePath.parent(of: target))
        } catch {
            // Half a copy would be taken for a whole one.
            try? SafePath.removeTree(target)
            throw error
        }
        return target
    }

    /// The plain files that make up the store; the shared memory of its readers is not part of it.
    private static func names(in directory: String) throws -> [String] {
        let all: [String]
        do { all = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
            throw StoreError.file(path: directory, code: Int(EIO))
        }
        return all.filter { name in
            var status = stat()
            return lstat(directory + "/" + name, &status) == 0
                && status.st_mode & S_IFMT == S_IFREG && !name.hasSuffix("-shm")
                && name != "writer.lock"
        }.sorted()
    }

    private static func copy(_ source: String, to target: String) throws {
        let source = try OpenFile(source, O_RDONLY)
        let target = try OpenFile.new(target)
        try source.forEachBlock(1 << 18) { try target.write($0) }
        try target.synchronise()
    }
}
