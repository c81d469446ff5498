import Glibc

/// Tells systemd, where it started this process as `Type=notify`, that the clinic answers now.
enum ServiceManager {
    /// One datagram to the socket that the environment names; without one, nothing.
    static func tellReady() {
        guard let value = getenv("NOTIFY_SOCKET") else { return }
        var path = Array(String(cString: value).utf8)
        var address = sockaddr_un()
        guard let first = path.first, path.count < MemoryLayout.size(ofValue: address.sun_path)
        else { return }
        // An abstract socket is written with an @, which stands for a zero byte.
        if first == UInt8(ascii: "@") { path[0] = 0 }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        let message = Array("READY=1".utf8)
        _ = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(
                    descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0,
                    socklen_t(offset + path.count))
            }
        }
    }
}
