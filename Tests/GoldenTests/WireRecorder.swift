import Foundation
import SyncCore
import Synchronization
import TestSupport

/// Stands between the devices and their clinic and keeps the bodies of what goes through.
final class WireRecorder: Sendable {
    let meddler: Meddler
    /// Messages that were kept, by the file they are to be written to.
    private let kept = Mutex<[(file: String, bytes: [UInt8])]>([])
    /// What is going on, for the names of the files; nothing is kept where nobody says.
    private let state = Mutex<(what: String?, damages: Bool)>((nil, false))

    init(clinic port: Int) throws {
        meddler = try Meddler(clinic: port)
        let meddler = meddler
        meddler.answer { [weak self] request, write in
            self?.sendDamaged(request)
            let answer = meddler.forward(request)
            self?.keep(request, answer)
            _ = write(Meddler.message(answer.head, answer.body))
        }
    }

    /// Keeps what goes through meanwhile.
    ///
    /// - Parameter damaged: whether the clinic is first sent a copy of each request with a changed line.
    func keeping(_ what: String, damaged: Bool = false, _ body: () throws -> Void) rethrows {
        state.withLock { $0 = (what, damaged) }
        defer { state.withLock { $0 = (nil, false) } }
        try body()
    }

    var files: [(file: String, bytes: [UInt8])] { kept.withLock { $0 } }

    private func keep(_ request: Meddler.Request, _ answer: RawHTTP.Answer, as name: String? = nil)
    {
        guard let what = name ?? state.withLock({ $0.what }) else { return }
        let kind = request.line.contains("/sync ") ? "sync" : "enrol"
        kept.withLock { kept in
            let number = String(100 + kept.count / 2).dropFirst()
            let stem = "\(number)-\(what).\(kind)-"
            kept.append((stem + "request", request.body))
            let isProblem = answer.status != 200
            kept.append((stem + (isProblem ? "problem" : "answer"), answer.body))
        }
    }

    /// The same request, but one line's body does not fit its hash: the clinic refuses it.
    private func sendDamaged(_ request: Meddler.Request) {
        guard state.withLock({ $0.damages }), request.line.contains("/sync ") else { return }
        let salt = Array(#""salt":""#.utf8)
        guard let found = request.body.firstRange(of: salt) else { return }
        var body = request.body
        body[found.upperBound] = body[found.upperBound] == 65 ? 66 : 65
        let damaged = Meddler.Request(head: request.head, body: body)
        keep(damaged, meddler.forward(damaged), as: "refused")
    }
}
