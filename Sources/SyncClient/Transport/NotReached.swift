/// Why the clinic was not reached: nothing is lost, a later attempt finds out.
public enum NotReached: String, Error, Sendable, CaseIterable {
    /// No connection: no network, no such host, nobody listens there.
    case noConnection
    /// The connection was not secure, or not with whom it should be.
    case notSecure
    /// Its certificate is for another name.
    case certificateName
    /// Its certificate comes from an authority that is not known here.
    case certificateUnknown
    /// Its certificate is of another time, by this computer's clock.
    case certificateExpired
    /// It answered too late, or stopped in the middle.
    case noAnswer
    /// Somebody else answered: a page of a hotel's or hospital's network, a proxy.
    case somebodyElse
    /// It was sent elsewhere, which is never followed.
    case redirected
    /// More came than the clinic ever sends.
    case tooMuch
    /// The clinic is there and has too much to do.
    case busy
    /// The clinic is there, and its disk is full or its store damaged: its people have to act.
    case outOfOrder
}
