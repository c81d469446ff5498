/// How immunoglobulin is given (SNOMED CT: iv 47625008; sc and fsc 34206005).
public enum Route: String, DiaryValue, CaseIterable {
    /// Into a vein.
    case iv
    /// Under the skin.
    case sc
    /// Under the skin, hyaluronidase first.
    case fsc
}
