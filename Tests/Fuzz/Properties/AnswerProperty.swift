import SyncCore

/// Whatever a server answers, a device keeps what it has, ends with one of the known failures, and a
/// sync with an honest clinic afterwards makes both equal.
enum AnswerProperty {
    static func check(_ bytes: [UInt8]) throws {
        let small = try SmallDiary.made.get()
        if let answer = try reread(bytes) {
            var session = try Session(small, Choices([]))
            try session.hear(answer)
            try session.finish()
        }
        var session = try Session(small, Choices(bytes))
        try session.run()
        try session.finish()
    }

    static func reread(_ bytes: [UInt8]) throws -> SyncAnswer? {
        guard let answer = try? SyncAnswer(bytes) else { return nil }
        try hold(answer.taken >= 0, "took \(answer.taken)")
        let written = answer.bytes
        let again = try SyncAnswer(written)
        try hold(again.bytes == written, "written twice, two texts")
        var same = answer
        same.sections = same.sections.map(\.written)
        try hold(again == same, "what is written is read otherwise")
        return answer
    }

    private struct Session {
        private let small: SmallDiary
        private var writer: HostileWriter
        private let begun: MemoryEventStore
        private var device: MemoryEventStore
        private var clinic: MemoryEventStore
        private var initiator: SyncInitiator
        private var isOver = false

        init(_ small: SmallDiary, _ choices: Choices) throws {
            self.small = small
            device = small.store
            clinic = small.store
            var (phone, tablet) = (small.phone, small.tablet)
            let own = try phone.begin("note", ["status": "active", "text": "mine"])
            let second = try phone.begin("reaction", ["status": "active"])
            let other = try tablet.begin("note", ["status": "active", "text": "yours"])
            _ = try device.take([phone.section(own), phone.section(second)])
            _ = try clinic.take([tablet.section(other)])
            begun = device
            var choices = choices
            let known: VectorClock? =
                choices.oneIn(4) ? nil : choices.oneIn(4) ? device.frontier : clinic.frontier
            let page = choices.oneIn(4) ? PageLimit(bytes: 700) : .http
            initiator = SyncInitiator(
                known: known, keys: [phone.replica: phone.key],
                clinic: choices.oneIn(8) ? nil : small.clinic.key.publicKey, page: page)
            var bent = small
            bent.tablet = tablet
            writer = HostileWriter(choices, bent)
        }

        /// Some rounds with whatever the bytes make of the clinic's answers.
        mutating func run() throws {
            for _ in 0..<4 where !isOver && !writer.choices.isAtEnd {
                let request = try initiator.nextRequest(from: device)
                var honest = clinic
                let responder = SyncResponder(receiptKey: small.clinic.key)
                var answer = try responder.answer(
                    request, from: small.phone.replica, at: 1, in: &honest)
                if writer.choices.oneIn(2) { clinic = honest }
                try bend(&answer, request)
                let arrived = writer.choices.arrived(answer.bytes)
                guard let read = try AnswerProperty.reread(arrived) else { return }
                try answered(read)
            }
        }

        /// One answer to the first request.
        mutating func hear(_ answer: SyncAnswer) throws {
            _ = try initiator.nextRequest(from: device)
            try answered(answer)
        }

        private mutating func answered(_ answer: SyncAnswer) throws {
            do {
                if case .finished = try initiator.answered(answer, in: &device) { isOver = true }
            } catch is SyncFailure { isOver = true }
            try StoreLaws.check(device, grownFrom: begun)
        }

        private mutating func bend(_ answer: inout SyncAnswer, _ request: SyncRequest) throws {
            for _ in 0..<writer.choices.below(4) {
                switch writer.choices.below(8) {
                case 0: answer.taken = writer.choices.below(4)
                case 1: answer.lacks = request.frontier
                case 2: answer.lacks = VectorClock()
                case 3:
                    answer.refused = Refusal(
                        section: writer.choices.below(3), line: writer.choices.below(3),
                        type: .malformed)
                case 4: answer.frontier = writer.choices.oneIn(2) ? nil : request.frontier
                case 5: answer.sections += try writer.sections(atMost: 3)
                case 6: answer.sections = try writer.sections(atMost: 3)
                default: answer.unconfirmed.toggle()
                }
            }
            guard let frontier = answer.frontier, !writer.choices.oneIn(8) else { return }
            answer.receipt = Receipt(
                diary: small.id, frontier: frontier, milliseconds: 1, key: small.clinic.key)
        }

        /// A sync with the honest clinic, from what is known now.
        mutating func finish() throws {
            var last = SyncInitiator(
                known: initiator.known, keys: [small.phone.replica: small.phone.key],
                clinic: small.clinic.key.publicKey)
            let responder = SyncResponder(receiptKey: small.clinic.key)
            for _ in 0..<12 {
                let request = try last.nextRequest(from: device)
                let answer = try responder.answer(
                    request, from: small.phone.replica, at: 2, in: &clinic)
                let step: SyncInitiator.Step
                do { step = try last.answered(answer, in: &device) } catch {
                    throw Broken("\(error) with an honest clinic")
                }
                if case .finished(let ending) = step { return try checkEnding(ending) }
            }
            throw Broken("twelve rounds with an honest clinic do not end")
        }

        private func checkEnding(_ ending: SyncInitiator.Ending) throws {
            try StoreLaws.check(device, grownFrom: begun)
            let isClosed = try Standing(of: clinic).isClosed(small.phone.replica)
            try hold(ending == (isClosed ? .closed : .equal), "ended \(ending)")
            for event in try StoreLaws.all(of: device) {
                try hold(try clinic.held(event.line.position) != nil, "the clinic lacks an event")
            }
            if !isClosed { try hold(device.frontier == clinic.frontier, "equal, and not the same") }
        }
    }
}
