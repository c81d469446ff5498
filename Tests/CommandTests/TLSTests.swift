import Foundation
import SyncCore
import TestSupport
import Testing

/// A clinic that speaks TLS, and devices that believe one authority.
@Suite(.timeLimit(.minutes(60))) struct TLSTests {
    /// A clinic that listens with a certificate for `name`, and the authority that signed it.
    private func clinic(
        name: String = "IP:127.0.0.1", days: Int = 7
    ) throws -> (household: Household, authority: TestAuthority) {
        let household = try Household()
        try household.beginClinic()
        let authority = try TestAuthority("authority", in: household.scratch)
        try authority.issue(household.scratch.file("clinic"), serial: 100, name: name, days: days)
        try household.open(
            "--certificate", household.scratch.file("clinic.pem"), "--key",
            household.scratch.file("clinic.key"))
        return (household, authority)
    }

    /// The laptop tries to join and does not get there.
    private func refusal(_ household: Household, _ words: String...) throws -> String {
        let typed =
            [
                "join", household.address, "--code", "AAAA-AAAAA-AAAAA", "--fingerprint",
                "00000 00000 00000 00000 00000 00000", "--for", "Anna", "--zone", "Europe/London",
            ] + words
        let ended = try household.start(.laptop, typed).wait()
        #expect(ended.status == 4, "\(ended.text)")
        return ended.text
    }

    private func shell(_ script: String, _ household: Household) throws -> Child {
        try Child(
            "/bin/sh", ["-c", script], environment: household.environment(.clinic),
            in: household.scratch)
    }

    /// The serial number of the certificate that a new connection is shown.
    private func serial(_ household: Household) throws -> String {
        let ended = try shell(
            "openssl s_client -connect 127.0.0.1:\(household.port) </dev/null 2>/dev/null"
                + " | openssl x509 -noout -serial", household
        ).wait()
        return ended.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `a device joins over TLS and keeps the authority for its later syncs`() throws {
        let (household, authority) = try clinic()
        #expect(household.address.hasPrefix("https://127.0.0.1:"))
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try household.join(.laptop, "--ca", authority.certificate, role: "patient")
        try FileManager.default.removeItem(atPath: authority.certificate)
        _ = try household.infusion()
        try household.run(.laptop, "sync", "--quiet")
        try household.expectEqualStores([.laptop, .clinic])
    }

    @Test func `an unknown authority, another name, an old certificate: 4, each in words`()
        throws
    {
        let (household, authority) = try clinic()
        let other = try TestAuthority("other", in: household.scratch)
        #expect(try refusal(household).contains("of an authority unknown here"))
        #expect(
            try refusal(household, "--ca", other.certificate)
                .contains("of an authority unknown here"))

        let (elsewhere, its) = try clinic(name: "DNS:clinic.example")
        let name = try refusal(elsewhere, "--ca", its.certificate)
        #expect(name.contains("for another name, so nothing was sent"), "\(name)")

        let (late, old) = try clinic(days: -1)
        let date = try refusal(late, "--ca", old.certificate)
        #expect(date.contains("out of date"), "\(date)")
        #expect(date.contains("everything here is as it was"), "\(date)")
        #expect(date.contains("Look at this computer's date"), "\(date)")
        withExtendedLifetime(authority) {}
    }

    @Test func `a joined device keeps everything while the certificate is another's`()
        throws
    {
        let (household, authority) = try clinic()
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "laptop", "--zone", "Europe/London")
        try household.join(.laptop, "--ca", authority.certificate, role: "patient")
        _ = try household.infusion()
        let successor = try TestAuthority("successor", in: household.scratch)
        try successor.issue(household.scratch.file("clinic"), serial: 200, name: "IP:127.0.0.1")
        try household.close()
        try household.open(
            "--certificate", household.scratch.file("clinic.pem"), "--key",
            household.scratch.file("clinic.key"))

        let ended = try household.run(.laptop, "sync", status: 4)
        #expect(ended.text.contains("of an authority unknown here"), "\(ended.text)")
        #expect(ended.text.contains("is safe here"), "\(ended.text)")
        #expect(ended.text.contains("--ca FILE"), "\(ended.text)")
        try household.run(.laptop, "sync", "--quiet", "--ca", successor.certificate)
        try household.run(.laptop, "sync", "--quiet")
        try household.expectEqualStores([.laptop, .clinic])
    }

    @Test func `SIGHUP brings the new certificate, and connections that are open stay`() throws {
        let (household, authority) = try clinic()
        let server = try #require(household.server)
        let go = household.scratch.file("go")
        let over = household.scratch.file("over")
        let request = #"printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'"#
        let wait = { (file: String) in "while [ ! -e \(file) ]; do sleep 0.02; done" }
        let talk = try shell(
            "{ \(request); \(wait(go)); \(request); \(wait(over)); } | openssl s_client -quiet"
                + " -connect 127.0.0.1:\(household.port)", household)
        let answers = { talk.printed.components(separatedBy: #"{"alive":true}"#).count - 1 }
        try TestSupport.wait(for: "the first answer") { answers() == 1 }
        #expect(try serial(household) == "serial=64")

        try authority.issue(household.scratch.file("clinic"), serial: 200, name: "IP:127.0.0.1")
        server.send(SIGHUP)
        try TestSupport.wait(for: "the new certificate") { try serial(household) == "serial=C8" }

        _ = FileManager.default.createFile(atPath: go, contents: nil)
        try TestSupport.wait(for: "the second answer of the old connection") { answers() == 2 }
        _ = FileManager.default.createFile(atPath: over, contents: nil)
        _ = try talk.wait()
    }

    @Test func `after SIGHUP with a bad file the old certificate stays, and is told`() throws {
        let (household, _) = try clinic()
        let server = try #require(household.server)
        let path = household.scratch.file("clinic.pem")
        try "no certificate".write(toFile: path, atomically: true, encoding: .utf8)
        server.send(SIGHUP)
        try TestSupport.wait(for: "the complaint") {
            server.complaints.contains("the old one stays")
        }
        #expect(server.complaints.contains("clinic.pem holds no certificate"))
        #expect(try serial(household) == "serial=64")
    }

    @Test func `SIGHUP does not end a clinic without a certificate`() async throws {
        let household = try Household()
        try household.beginClinic()
        let server = try household.open()
        server.send(SIGHUP)
        try TestSupport.wait(for: "its answer") { server.complaints.contains("there is none") }
        #expect(try await RawHTTP.get("/health", port: household.port).status == 200)
    }

    @Test func `a key that others can read, or of another certificate, is not used`() throws {
        let household = try Household()
        let authority = try TestAuthority("authority", in: household.scratch)
        let (one, two) = (household.scratch.file("one"), household.scratch.file("two"))
        try authority.issue(one, serial: 1, name: "IP:127.0.0.1")
        try authority.issue(two, serial: 2, name: "IP:127.0.0.1")
        let serve = { (key: String) in
            try household.run(
                .clinic, "serve", "--check-config", "--certificate", one + ".pem", "--key", key,
                status: 2
            ).text
        }
        #expect(try serve(two + ".key").contains("is not that of the first certificate"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: one + ".pem")
        #expect(try serve(one + ".pem").contains("everybody on this computer can read it"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: one + ".pem")
        #expect(try serve(one + ".pem").contains("holds no private key"))
        #expect(try serve(one + ".none").contains("No such file"))
    }

    @Test func `plain HTTP beyond this computer has to be asked for, TLS has not`() throws {
        let household = try Household()
        let authority = try TestAuthority("authority", in: household.scratch)
        try authority.issue(household.scratch.file("one"), serial: 1, name: "IP:127.0.0.1")
        let plain = try household.run(
            .clinic, "serve", "--check-config", "--host", "0.0.0.0", status: 2)
        #expect(plain.text.contains("plain HTTP can be read on the way"))
        try household.run(
            .clinic, "serve", "--check-config", "--host", "0.0.0.0", "--certificate",
            household.scratch.file("one.pem"), "--key", household.scratch.file("one.key"))
    }
}
