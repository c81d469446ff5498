internal import Glibc

extension DiaryDatabase {
    /// Bytes of the store on the disk: the database with its write-ahead log.
    public var fileLength: Int {
        ["", "-wal"].reduce(0) { sum, suffix in
            var status = stat()
            return stat(path + suffix, &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }
}
