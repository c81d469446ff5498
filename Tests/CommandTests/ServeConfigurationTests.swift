import Foundation
import SyncCore
import TestSupport
import Testing

/// What a clinic is served with: the command line, the environment, a file, what is usual.
@Suite(.timeLimit(.minutes(60))) struct ServeConfigurationTests {
    private let household: Household
    private let file: String

    init() throws {
        household = try Household()
        file = household.scratch.file("clinic.json")
    }

    private func write(_ text: String) throws {
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }

    /// Runs `clinic serve --check-config` with the file and these variables.
    private func check(
        _ words: String..., environment: [String: String] = [:], status: Int32 = 0
    ) throws -> Ended {
        let variables = household.environment(.clinic).merging(environment) { $1 }
        let line = ["clinic", "serve", "--check-config", "--config", file] + words
        let ended = try Child(
            Child.diary, line, environment: variables, in: household.scratch
        ).wait()
        #expect(ended.status == status, "\(ended.text)")
        return ended
    }

    @Test
    func
        `the command line comes before the environment, that before the file, that before what is usual`()
        throws
    {
        try write(#"{"port": 1001, "logLevel": "info", "limits": {"connections": 7}}"#)
        let environment = ["DIARY_CLINIC_PORT": "1002", "DIARY_CLINIC_LIMITS_BODY_SECONDS": "9"]
        let typed = try check("--port", "1003", "--json", environment: environment).json()
        #expect(typed["config"]?["port"] == 1003)
        let varied = try check("--json", environment: environment).json()
        #expect(varied["config"]?["port"] == 1002)
        #expect(varied["sources"]?["port"] == "DIARY_CLINIC_PORT")
        #expect(varied["config"]?["limits.bodySeconds"] == 9)
        #expect(varied["config"]?["limits.connections"] == 7)
        #expect(varied["config"]?["logLevel"] == "info")
        let filed = try check("--json").json()
        #expect(filed["config"]?["port"] == 1001)
        #expect(filed["sources"]?["port"] == .string(file))
        #expect(filed["config"]?["limits.headerSeconds"] == 10)
        #expect(filed["sources"]?["limits.headerSeconds"] == "what is usual")
        #expect(filed["config"]?["home"] == .string(household.home(.clinic)))
    }

    @Test(arguments: [
        (#"{"prot": 8443}"#, "“prot”"),
        (#"{"limits": {"conections": 5}}"#, "“limits.conections”"),
        (#"{"port": "8443"}"#, "port in FILE: expected a number from 0 to 65535"),
        (#"{"port": true}"#, "port in FILE: expected a number"),
        (#"{"port": 65536}"#, "port in FILE: expected a number from 0 to 65535"),
        (#"{"port": 1e400}"#, "FILE is not JSON"),
        (#"{"port": 8443.5}"#, "port in FILE: expected a number"),
        (
            #"{"limits": {"connections": 0}}"#,
            "limits.connections in FILE: expected a number from 1"
        ),
        (#"{"limits": []}"#, "limits in FILE: expected an object"),
        (#"{"names": "clinic.example"}"#, "names in FILE: expected a list of names"),
        (#"{"names": ["a", 1]}"#, "names in FILE: expected a list of names"),
        (#"{"insecureHttp": "yes"}"#, "insecureHttp in FILE: expected true or false"),
        (#"{"logLevel": "loud"}"#, "logLevel in FILE: expected one of info, notice"),
        (#"{"metrics": "9464"}"#, "metrics in FILE: expected an address and a port"),
        (#"{"host": null}"#, "host in FILE: expected a text"),
        (#"{"certificate": "/etc/x.pem"}"#, "a certificate and no key"),
        (#"{"metrics": "0.0.0.0:9464"}"#, "0.0.0.0 is not this computer"),
        (#"["port", 8443]"#, "FILE holds no object"),
        (#"{"port": 8443"#, "FILE is not JSON"),
        ("", "FILE is not JSON"),
    ])
    func `what is misspelt or of another form is refused with key, form and file`(
        text: String, words: String
    ) throws {
        try write(text)
        let said = try check(status: 2).text
        #expect(said.contains(words.replacing("FILE", with: file)), "\(said)")
        let error = try check("--json", status: 2).json()
        #expect(error["error"]?["code"] != nil)
    }

    @Test func `a variable of another form is refused by its name`() throws {
        try write("{}")
        let said = try check(environment: ["DIARY_CLINIC_PORT": "eighty"], status: 2).text
        #expect(said.contains("port in DIARY_CLINIC_PORT: expected a number"), "\(said)")
    }

    @Test func `a file that is not there is said to be so`() throws {
        #expect(try check(status: 2).text.contains("\(file) cannot be read"))
    }

    @Test func `under names of its own a clinic answers nobody who calls another`() async throws {
        try household.beginClinic()
        try write(#"{"names": ["clinic.example", "127.0.0.1"]}"#)
        try household.open("--config", file)
        let status = { (host: String) in
            try await RawHTTP.exchange(
                "GET /health HTTP/1.1\r\nHost: \(host)\r\n\r\n", port: household.port
            ).status
        }
        #expect(try await status("clinic.example") == 200)
        #expect(try await status("CLINIC.example:443") == 200)
        #expect(try await status("127.0.0.1:\(household.port)") == 200)
        #expect(try await status("clinic.example.evil.example") == 421)
        #expect(try await status("evil.example") == 421)
    }
}
