internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Reads the certificate again on SIGHUP, which is what a renewal sends.
///
/// It listens without TLS, too, so that SIGHUP never ends a clinic.
struct TLSReload: Service {
    let identity: TLSIdentity?
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            guard let identity else {
                logger.notice("asked to read the certificate again, and there is none")
                continue
            }
            do {
                try identity.reload()
                logger.notice("the certificate was read again")
            } catch {
                logger.error(
                    "the new certificate cannot be used; the old one stays",
                    metadata: ["why": "\(error.sentence)"])
            }
        }
    }
}
