import Foundation
import SyncCore
import TestSupport
import Testing

/// The numbers that a clinic gives, read by a parser that forgives nothing.
@Suite(.timeLimit(.minutes(60))) struct MetricsTests {
    /// Where a server gives its numbers; their line comes after that of the clinic.
    private func port(of household: Household) throws -> Int {
        let server = try #require(household.server)
        try wait(for: "the numbers' line") { server.printed.contains("/metrics\n") }
        let found = try #require(
            server.printed.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\/metrics/))
        return try #require(Int(found.output.1))
    }

    private func scrape(_ household: Household) async throws -> (text: String, Exposition) {
        let answer = try await RawHTTP.get("/metrics", port: port(of: household))
        #expect(answer.status == 200)
        #expect(
            answer.head.lowercased().contains(
                "content-type: text/plain; version=0.0.4; charset=utf-8"))
        let text = String(decoding: answer.body, as: UTF8.self)
        return (text, try Exposition(text))
    }

    @Test func `what happened is counted, and no name, label, id, code or token is told`()
        async throws
    {
        let household = try Household()
        try household.beginClinic()
        try household.open("--metrics", "127.0.0.1:0")
        try household.run(
            .laptop, "init", "--for", "Anna", "--device", "Annas-laptop", "--zone", "Europe/London")
        try household.join(.laptop, role: "patient")
        _ = try household.infusion()
        try household.run(.laptop, "sync", "--quiet")
        let wrong = Array(#"{"code":"AAAA-AAAAA-AAAAA"}"#.utf8)
        let refused = try await RawHTTP.post(
            "/v1/enrol/start", wrong, type: "application/json", port: household.port)
        #expect(refused.status == 403)
        _ = try await RawHTTP.get("/Annas-secret-path", port: household.port)

        let (text, numbers) = try await scrape(household)
        #expect(numbers["diary_enrolments_total"] == 1)
        #expect(numbers["diary_wrong_codes_total"] == 1)
        #expect(numbers[#"diary_problems_total{type="wrong-code"}"#] == 1)
        #expect(numbers[#"diary_sections_refused_total{type="wrongly-signed"}"#] == 0)
        #expect(try #require(numbers["diary_sections_taken_total"]) >= 2)
        #expect(try #require(numbers["diary_lines_given_total"]) >= 1)
        let sync = "/v1/diaries/{diary}/sync"
        #expect(
            try #require(numbers[#"diary_requests_total{route="\#(sync)",status="2xx"}"#]) >= 2)
        #expect(
            numbers[#"diary_requests_total{route="/v1/enrol/start",status="4xx"}"#] == 1)
        #expect(numbers[#"diary_requests_total{route="NotFound",status="4xx"}"#] == 1, "\(text)")
        #expect(
            numbers[#"diary_request_seconds_count{route="\#(sync)"}"#]
                == numbers[#"diary_requests_total{route="\#(sync)",status="2xx"}"#])
        #expect(try #require(numbers["diary_commit_seconds_count"]) >= 3)
        #expect(numbers["diary_commit_requests_sum"] == numbers["diary_commit_seconds_count"])
        #expect(try #require(numbers["diary_store_bytes"]) > 10_000)
        #expect(numbers["diary_unconfirmed"] == 0)
        #expect(numbers["diary_damaged"] == 0)
        #expect(numbers["diary_collected_bytes"] == 0)

        let ids = try household.sql(.clinic, isReading: true, "SELECT hex(id) FROM diary")
            .split(separator: "\n").map(String.init)
        #expect(ids.count == 1)
        let status = try household.json(.laptop, "status")
        let diary = status["diary"]?.stringValue
        for canary in ["P03", "Anna", "laptop", "secret", "AAAA", "Obi"] + ids + [diary ?? "Anna"] {
            #expect(!text.lowercased().contains(canary.lowercased()), "\(canary)")
        }
    }

    @Test func `they are at their own address alone, and only to be read`() async throws {
        let household = try Household()
        try household.beginClinic()
        try household.open("--metrics", "127.0.0.1:0")
        #expect(try await RawHTTP.get("/metrics", port: household.port).status == 404)
        let port = try port(of: household)
        #expect(try await RawHTTP.get("/v1/clinic", port: port).status == 404)
        let posted = try await RawHTTP.post("/metrics", [], port: port)
        #expect(posted.status == 405)
        #expect(posted.head.contains("GET"))
    }

    @Test func `without being asked a clinic gives no numbers`() throws {
        let household = try Household()
        try household.beginClinic()
        let server = try household.open()
        #expect(!server.printed.contains("metrics"))
    }

    @Test func `a clinic that was put back says so`() async throws {
        let household = try Household()
        try household.beginClinic()
        let values = "(0, 'clinic.unconfirmed', X'74727565')"
        try household.sql(.clinic, "INSERT INTO setting(diary, name, value) VALUES \(values)")
        try household.open("--metrics", "127.0.0.1:0")
        #expect(try await scrape(household).1["diary_unconfirmed"] == 1)
    }
}

/// The text form of Prometheus, version 0.0.4, as its page defines it.
private struct Exposition {
    private var samples: [String: Double] = [:]

    subscript(sample: String) -> Double? { samples[sample] }

    /// Fails on anything but HELP, TYPE and then the samples of that one metric.
    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Unexpected("no end of line") }
        var metric = ""
        var type = ""
        var described: Set<String> = []
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if let help = line.wholeMatch(of: /# HELP ([a-z_]+) [^\\]+/) {
                metric = String(help.output.1)
                type = ""
                guard described.insert(metric).inserted else { throw Unexpected("twice: \(line)") }
            } else if let found = line.wholeMatch(
                of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/)
            {
                guard found.output.1 == metric, type.isEmpty else {
                    throw Unexpected("TYPE without HELP: \(line)")
                }
                type = String(found.output.2)
            } else {
                try add(line, metric, type)
            }
        }
        try checkHistograms()
    }

    private mutating func add(_ line: Substring, _ metric: String, _ type: String) throws {
        let form =
            #/
            ([a-z_]+)
            (\{ [a-z_]+="[^"\\\n]*" (,[a-z_]+="[^"\\\n]*")* \})?
            \x20
            (-?[0-9.]+ (e[-+]?[0-9]+)?)
            /#
        guard let sample = line.wholeMatch(of: form), let value = Double(sample.output.4) else {
            throw Unexpected("no sample: \(line)")
        }
        let suffixes = type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { metric + $0 == sample.output.1 }), !type.isEmpty else {
            throw Unexpected("a sample of another metric: \(line)")
        }
        guard type != "counter" || metric.hasSuffix("_total") else {
            throw Unexpected("a counter is called …_total: \(line)")
        }
        let name = String(sample.output.1) + (sample.output.2.map(String.init) ?? "")
        guard samples.updateValue(value, forKey: name) == nil else {
            throw Unexpected("twice: \(line)")
        }
    }

    /// Buckets rise, and the last one has them all.
    private func checkHistograms() throws {
        for (name, count) in samples {
            guard let found = name.wholeMatch(of: /([a-z_]+)_count(\{(.*)\})?/) else { continue }
            let labels = found.output.3.map { $0 + "," } ?? ""
            let start = "\(found.output.1)_bucket{\(labels)le=\""
            let buckets = samples.filter { $0.key.hasPrefix(start) }
                .map { (Double($0.key.dropFirst(start.count).dropLast(2)) ?? .infinity, $0.value) }
                .sorted { $0.0 < $1.0 }.map(\.1)
            guard buckets == buckets.sorted(), buckets.last == count else {
                throw Unexpected("not a histogram: \(name)")
            }
        }
    }
}
