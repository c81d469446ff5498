internal import Foundation
internal import Glibc

/// Keeps a store's directory as it is, beside it, before anything in it is mended.
struct DirectoryCopy {
    /// `HOME.damaged-20260329-074000`; the same second twice gets a number.
    static func make(of directory: String, atMs ms: Int64) throws -> String {
        let plain = directory + ".damaged-" + stamp(ms)
        var target = plain
        var number = 2
        while SafePath.exists(target) {
            target = "\(plain)-\(number)"
            number += 1
        }
        try SafePath.createDirectory(target)
        do {
            for name in try names(in: directory) {
                try copy(directory + "/" + name, to: target + "/" + name)
            }
            try SafePath.synchroniseDirectory(target)
            try SafePath.synchroniseDirectory(parent(of: target))
        } catch {
            // Half a copy would be taken for a whole one.
            try? FileManager.default.removeItem(atPath: target)
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
        let input = Glibc.open(source, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard input >= 0 else { throw SafePath.fileError(source) }
        defer { Glibc.close(input) }
        let output = Glibc.open(
            target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw SafePath.fileError(target) }
        defer { Glibc.close(output) }
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(input, &block, block.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SafePath.fileError(source)
            }
            if count == 0 { break }
            var rest = block[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
                if written < 0 {
                    if errno == EINTR { continue }
                    throw SafePath.fileError(target)
                }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(output) == 0 else { throw SafePath.fileError(target) }
    }

    private static func parent(of path: String) -> String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }

    private static func stamp(_ ms: Int64) -> String {
        var seconds = time_t(ms / 1000)
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return "\(ms)" }
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%d-%H%M%S", &parts)
        return String(
            decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
