import Foundation

/// An authority that signs certificates for a test, made with the openssl command.
package struct TestAuthority {
    /// PEM.
    package let certificate: String
    private let key: String
    private let scratch: Scratch

    package init(_ name: String, in scratch: Scratch) throws {
        self.scratch = scratch
        certificate = scratch.file(name + ".pem")
        key = scratch.file(name + ".key")
        try Self.openssl(
            ["req", "-x509", "-days", "30", "-subj", "/CN=\(name)", "-out", certificate]
                + Self.newKey(key), in: scratch)
    }

    /// Makes a certificate with its key at `path`.pem and `path`.key, both replaced if there.
    ///
    /// - Parameters:
    ///   - name: such as `IP:127.0.0.1` or `DNS:clinic.example`.
    ///   - days: for how long; -1 for one that ended yesterday.
    package func issue(_ path: String, serial: Int, name: String, days: Int = 7) throws {
        let request = scratch.file("request-\(serial)")
        let names = scratch.file("names-\(serial)")
        try "subjectAltName=\(name)".write(toFile: names, atomically: true, encoding: .utf8)
        try Self.openssl(
            ["req", "-subj", "/CN=clinic", "-out", request] + Self.newKey(path + ".key"),
            in: scratch)
        try Self.openssl(
            [
                "x509", "-req", "-in", request, "-CA", certificate, "-CAkey", key, "-set_serial",
                "\(serial)", "-days", "\(days)", "-extfile", names, "-out", path + ".pem",
            ], in: scratch)
    }

    private static func newKey(_ path: String) -> [String] {
        ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path]
    }

    private static func openssl(_ words: [String], in scratch: Scratch) throws {
        let ended = try Child(
            "/usr/bin/env", ["openssl"] + words,
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"],
            in: scratch
        ).wait()
        guard ended.status == 0 else { throw Unexpected(ended.text) }
    }
}
