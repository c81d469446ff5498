public import SyncCore

/// Why a device did not join; what it keeps is safe, and it may try again.
public enum EnrolmentError: Error, Equatable, Sendable {
    case address(ClinicAddress.Flaw)
    case notReached(NotReached)
    /// What answered there is no clinic of this program.
    case notAClinic
    /// It speaks no version of the protocol that this device does.
    case version
    /// The person said that the letter has another key; the code was not sent.
    case notConfirmed
    /// The code is not known, was used, or has expired.
    case wrongCode
    /// Too many wrong codes; wait, for so many seconds if the clinic said.
    case tooManyAttempts(retryAfter: RetryAfter?)
    /// The clinic refused the device: `diary-taken`, `weak-key`, `wrong-challenge` and the like.
    case refused(ProblemType)
    /// This diary is pinned to another clinic.
    case otherClinic
}
