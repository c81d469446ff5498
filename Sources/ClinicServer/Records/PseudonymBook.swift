public import DiaryStore
internal import SyncCore

/// What patients are called where nobody is to know them: the same in every export of this clinic.
///
/// A pseudonym is a hash of the reference and a secret that never leaves the clinic's store, so it can
/// neither be guessed from the reference nor be led back to it without that store.
public struct PseudonymBook: Sendable {
    private let secret: String

    private static let setting = "clinic.pseudonyms"

    /// Reads the secret, or makes it the first time.
    public init(in transaction: DiaryTransaction) throws {
        if let kept = try transaction.setting(Self.setting, in: nil)?.stringValue {
            secret = kept
        } else {
            var generator = SystemRandomNumberGenerator()
            secret = Nonce.random(using: &generator).text
            try transaction.setSetting(Self.setting, .string(secret), in: nil)
        }
    }

    /// `N-4TZN8PWC7K`: 50 bits, so that no two patients of a clinic will have the same.
    public func pseudonym(of reference: String) -> String {
        let hash = SHA256Hash.octets(of: Array("diary-pseudonym-v1\0\(secret)\0\(reference)".utf8))
        return "N-" + Crockford.text(of: hash.prefix(10).map { Int($0) })
    }
}
