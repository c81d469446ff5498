import ArgumentParser
import Foundation
import SyncClient

/// Whose certificates a device believes, where the system does not know the clinic's authority.
struct AuthorityOptions: ParsableArguments {
    @Option(
        help: "A file of the authority of the clinic's certificate (PEM), kept with this diary.")
    var ca: String?

    /// The authority in the file; nil if none was named.
    func read() throws -> TrustedAuthority? {
        guard let ca else { return nil }
        guard let handle = FileHandle(forReadingAtPath: ca) else {
            throw Refused("\(ca) cannot be read. Nothing was done.", code: "no_ca", exit: .usage)
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: TrustedAuthority.lengthLimit + 1),
            let text = String(data: data, encoding: .utf8),
            let authority = TrustedAuthority(pem: text)
        else {
            throw Refused(
                "\(ca) holds no certificate. Expected: PEM, at most 64 KiB. Nothing was done.",
                code: "no_ca", exit: .usage)
        }
        return authority
    }
}
