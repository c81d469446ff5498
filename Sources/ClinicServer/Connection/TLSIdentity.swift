internal import DiaryStore
internal import NIOSSL
internal import Synchronization

/// The certificate that the clinic shows, and its key: exchanged while connections stay open.
///
/// A connection keeps what it began with; the next one gets what was read last. Files that cannot be
/// used leave the old ones in place.
public final class TLSIdentity: Sendable {
    /// PEM: the clinic's certificate with those that lead to its authority.
    public let certificatePath: String
    public let keyPath: String
    private let state: Mutex<State>

    private struct State {
        let context: NIOSSLContext
        /// Seconds since 1970.
        let notAfter: Int
    }

    /// More than this is no certificate and no key.
    private static let fileLimit = 1024 * 1024

    public init(certificate: String, key: String) throws(TLSFileError) {
        certificatePath = certificate
        keyPath = key
        state = Mutex(try Self.read(certificate: certificate, key: key))
    }

    /// Reads both files again.
    ///
    /// - Throws: why they cannot be used; the old ones then stay.
    public func reload() throws(TLSFileError) {
        let new = try Self.read(certificate: certificatePath, key: keyPath)
        state.withLock { $0 = new }
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    /// When the certificate ends, in seconds since 1970.
    public var notAfter: Int { state.withLock { $0.notAfter } }

    // MARK: Reading

    private static func read(
        certificate: String, key: String
    ) throws(TLSFileError) -> State {
        let chain: [NIOSSLCertificate]
        let chainBytes = try bytes(of: certificate, isSecret: false)
        do { chain = try NIOSSLCertificate.fromPEMBytes(chainBytes) } catch {
            throw .noCertificate(path: certificate)
        }
        guard let first = chain.first else { throw .noCertificate(path: certificate) }
        let privateKey: NIOSSLPrivateKey
        let keyBytes = try bytes(of: key, isSecret: true)
        do { privateKey = try NIOSSLPrivateKey(bytes: keyBytes, format: .pem) } catch {
            throw .noKey(path: key)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do {
            return State(
                context: try NIOSSLContext(configuration: configuration),
                notAfter: first.notValidAfter)
        } catch { throw .keyDoesNotFit(certificate: certificate, key: key) }
    }

    private static func bytes(of path: String, isSecret: Bool) throws(TLSFileError) -> [UInt8] {
        let file: SmallFile
        do throws(SmallFile.Flaw) { file = try SmallFile(path: path, limit: fileLimit) } catch {
            switch error {
            case .system(let why): throw .unreadable(path: path, why: why)
            case .notSmall:
                throw .unreadable(path: path, why: "it is no ordinary file of at most 1 MiB")
            }
        }
        if isSecret, file.isOpenToOthers { throw .readableByOthers(path: path) }
        return file.bytes
    }
}
