public import DiaryStore
internal import Foundation
public import SyncCore

/// Runs a sync of one diary with its clinic: the initiator's machine over HTTP.
///
/// Each answer is taken and what the clinic is known to hold is remembered in one transaction, so a
/// sync that is cut off anywhere has kept what it stored, and the next one goes on from there.
public struct SyncDriver: Sendable {
    public let database: DiaryDatabase
    private let environment: SyncEnvironment

    public init(database: DiaryDatabase, environment: SyncEnvironment = SyncEnvironment()) {
        self.database = database
        self.environment = environment
    }

    /// How far a sync has got: lines the clinic has of those it lacked, and lines fetched.
    public struct Progress: Sendable, Equatable {
        public let sent: Int
        public let toSend: Int
        public let fetched: Int
    }

    /// Syncs once.
    ///
    /// - Throws: only what the store throws; everything else is an outcome.
    public func sync(
        _ diary: DiaryID, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> SyncOutcome {
        guard let link = try database.read({ try ClinicLink(of: diary, in: $0) }) else {
            return SyncOutcome(.notJoined)
        }
        switch try await SyncTurn.take(in: database.directory, diary: diary) {
        case .others(let outcome): return outcome
        case .mine(let turn):
            let address = try? ClinicAddress(
                link.address, insecureHTTP: link.allowsInsecureHTTP)
            guard let address else { return SyncOutcome(.notReached(.notSecure)) }
            let transport = HTTPTransport(
                base: address, authority: link.authority, timeoutSeconds: environment.timeoutSeconds
            )
            let outcome: SyncOutcome
            do {
                var session = SyncSession(
                    database: database, diary: diary, link: link, transport: transport,
                    environment: environment, progress: progress)
                outcome = try await session.run()
            } catch {
                await transport.close()
                throw error
            }
            await transport.close()
            turn.finish(outcome, of: diary, atMs: environment.nowMs())
            return outcome
        }
    }
}

/// What a sync asks of the world beside the store: time, waiting, chance, and how patient to be.
public struct SyncEnvironment: Sendable {
    /// Milliseconds since 1970.
    public var nowMs: @Sendable () -> Int64
    public var sleep: @Sendable (Duration) async throws -> Void
    public var backoff: Backoff
    /// For one exchange.
    public var timeoutSeconds: Int

    /// The clock of this computer.
    public static let systemClock: @Sendable () -> Int64 = {
        Int64(Date().timeIntervalSince1970 * 1000)
    }

    public init(
        nowMs: @escaping @Sendable () -> Int64 = systemClock,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        },
        backoff: Backoff = Backoff(), timeoutSeconds: Int = 60
    ) {
        self.nowMs = nowMs
        self.sleep = sleep
        self.backoff = backoff
        self.timeoutSeconds = timeoutSeconds
    }
}
