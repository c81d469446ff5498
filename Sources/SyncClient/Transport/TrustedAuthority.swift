internal import NIOSSL

/// The authority that signed a clinic's certificate, where the system does not know it.
///
/// A device that has one believes certificates of this authority alone. It says who may answer at an
/// address; which clinic it is, the pinned key says.
public struct TrustedAuthority: Sendable, Equatable {
    /// One certificate or more, as the file had them.
    public let pem: String
    let certificates: [NIOSSLCertificate]

    /// More than this is no file of an authority.
    public static let lengthLimit = 64 * 1024

    /// Nil unless `pem` holds at least one certificate in PEM form.
    public init?(pem: String) {
        let bytes = Array(pem.utf8)
        guard bytes.count <= Self.lengthLimit, !bytes.contains(0),
            let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty
        else { return nil }
        self.pem = pem
        self.certificates = certificates
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.pem.utf8.elementsEqual(right.pem.utf8)
    }
}
