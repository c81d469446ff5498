/// Why a certificate or its key cannot be used; names the file that is to blame.
public enum TLSFileError: Error, Equatable, Sendable {
    /// The system's reason, such as “No such file or directory”.
    case unreadable(path: String, why: String)
    /// Anybody on this computer can read the key.
    case readableByOthers(path: String)
    case noCertificate(path: String)
    /// No unencrypted private key in PEM form.
    case noKey(path: String)
    /// The key belongs to another certificate.
    case keyDoesNotFit(certificate: String, key: String)

    /// One sentence, and what helps.
    public var sentence: String {
        switch self {
        case .unreadable(let path, let why): "\(path) cannot be read: \(why)."
        case .readableByOthers(let path):
            "\(path) holds a private key and everybody on this computer can read it:  chmod o= \(path)"
        case .noCertificate(let path):
            "\(path) holds no certificate. Expected: PEM, the clinic's own first, then its authorities."
        case .noKey(let path):
            "\(path) holds no private key. Expected: PEM, without a passphrase."
        case .keyDoesNotFit(let certificate, let key):
            "The key in \(key) is not that of the first certificate in \(certificate)."
        }
    }
}
