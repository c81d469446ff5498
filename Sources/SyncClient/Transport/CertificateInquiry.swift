internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Finds out why a certificate was not believed, after it was not: nothing is sent, none is believed.
///
/// The library that verifies says only that it failed. A second handshake, which always ends in a
/// refusal, shows the certificates, and their dates tell an expired one from an unknown authority.
struct CertificateInquiry {
    let host: String
    let port: Int
    let authority: TrustedAuthority?
    /// Seconds since 1970.
    let now: Int

    /// Why nothing was sent.
    func reason() async -> NotReached {
        let dates = Dates()
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        guard let context = try? NIOSSLContext(configuration: configuration) else {
            return .notSecure
        }
        // A name is asked for; an address of numbers may not be.
        let name = (try? SocketAddress(ipAddress: host, port: port)) == nil ? host : nil
        let channel = try? await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: name,
                        customVerificationCallback: { shown, answer in
                            dates.note(shown)
                            answer.succeed(.failed)
                        })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(host: host, port: port).get()
        guard let channel else { return .notSecure }
        let limit = channel.eventLoop.scheduleTask(in: .seconds(10)) { channel.close(promise: nil) }
        try? await channel.closeFuture.get()
        limit.cancel()
        dates.note(authority?.certificates ?? [])
        return dates.reason(now: now)
    }

    private final class Dates: Sendable {
        private let dates = Mutex<[(from: Int, to: Int)]>([])

        func note(_ certificates: [NIOSSLCertificate]) {
            let new = certificates.map { (from: $0.notValidBefore, to: $0.notValidAfter) }
            dates.withLock { $0 += new }
        }

        func reason(now: Int) -> NotReached {
            let isInTime = dates.withLock { $0.allSatisfy { $0.from <= now && now <= $0.to } }
            return isInTime ? .certificateUnknown : .certificateExpired
        }
    }
}
