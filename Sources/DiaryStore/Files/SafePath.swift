internal import Glibc

/// Checks that a path is a plain file or directory of this user's alone, without following links.
enum SafePath {
    /// Makes files that only this user can read, whatever the process was started with.
    static func restrictNewFiles() { _ = umask(0o077) }

    /// Whether anything, a dangling link included, has this name.
    ///
    /// - Throws: `StoreError.file` where the disk does not say; what it does not show may well be there.
    static func exists(_ path: String) throws -> Bool {
        var status = stat()
        if lstat(path, &status) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw fileError(path) }
        return false
    }

    static func checkDirectory(_ path: String) throws {
        try check(path, isDirectory: true)
    }

    /// Checks a file if it is there.
    static func checkFile(_ path: String) throws {
        guard try exists(path) else { return }
        try check(path, isDirectory: false)
    }

    private static func check(_ path: String, isDirectory: Bool) throws {
        var named = stat()
        guard lstat(path, &named) == 0 else { throw fileError(path) }
        guard named.st_mode & S_IFMT != S_IFLNK else {
            throw StoreError.unsafePath(path, .symbolicLink)
        }
        // Not blocking: a FIFO would wait for a writer.
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? StoreError.unsafePath(path, .symbolicLink) : fileError(path)
        }
        defer { Glibc.close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw fileError(path) }
        let kind = status.st_mode & S_IFMT
        guard kind == (isDirectory ? S_IFDIR : S_IFREG) else {
            throw StoreError.unsafePath(path, isDirectory ? .notADirectory : .notAFile)
        }
        guard status.st_uid == geteuid() else { throw StoreError.unsafePath(path, .otherOwner) }
        guard status.st_mode & 0o077 == 0 else { throw StoreError.unsafePath(path, .openToOthers) }
        // No name at all: another process has just put a newer file in its place.
        guard isDirectory || status.st_nlink <= 1 else {
            throw StoreError.unsafePath(path, .hardLinked)
        }
    }

    /// Makes a directory for this user alone; one that is there has to be so already.
    static func createDirectory(_ path: String) throws {
        if mkdir(path, 0o700) == 0 {
            // Its name has to outlast a power cut like all that will be in it; who may not read the
            // directory above cannot wait for that.
            do { try synchroniseDirectory(parent(of: path)) } catch StoreError.file(
                _, code: Int(EACCES))
            {}
        } else if errno != EEXIST {
            throw fileError(path)
        }
        try checkDirectory(path)
    }

    /// Makes an empty file that was not there.
    static func createFile(_ path: String) throws {
        let descriptor = Glibc.open(
            path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fileError(path) }
        Glibc.close(descriptor)
    }

    /// Makes sure that names in a directory outlast a power cut.
    static func synchroniseDirectory(_ path: String) throws {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fileError(path) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fileError(path) }
    }

    /// The directory that a name is in.
    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Removes a directory of plain files, if it is there; links in it are removed, not followed.
    static func removeTree(_ path: String) throws {
        guard try exists(path) else { return }
        guard let directory = opendir(path) else { throw fileError(path) }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { unlink(path + "/" + name) }
        }
        guard rmdir(path) == 0 else { throw fileError(path) }
    }

    static func fileError(_ path: String) -> StoreError {
        errno == ENOSPC ? .diskFull : .file(path: path, code: Int(errno))
    }
}
