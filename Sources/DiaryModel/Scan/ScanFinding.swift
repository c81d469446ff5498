/// What is to be said of a scanned code; none of it refuses anything but to fill a field by itself.
public enum ScanFinding: String, Sendable, CaseIterable {
    /// Longer than any code of a pack; not read at all.
    case tooLong = "too_long"
    /// Neither a pack's number nor elements.
    case notUnderstood = "not_understood"
    /// An identifier that no grammar knows; what follows it is kept unread.
    case unknownIdentifier = "unknown_identifier"
    /// An element is shorter than it must be, or not of digits.
    case cutShort = "cut_short"
    /// An element is empty or holds what cannot be printed.
    case valueUnreadable = "value_unreadable"
    /// The trade item number's check digit is wrong, so some of the code was misread; nothing is filled.
    case checkDigitWrong = "check_digit_wrong"
    /// A lot or serial number is longer than any can be: the next elements are stuck to it.
    case separatorMissing = "separator_missing"
    /// One thing is said twice, and differently.
    case saidTwice = "said_twice"
    /// The expiry is no day of the calendar.
    case expiryUnreadable = "expiry_unreadable"
    case expiryPast = "expiry_past"
    /// The code says no lot.
    case lotAbsent = "lot_absent"
}
