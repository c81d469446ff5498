import DiaryModel
public import SyncCore

/// A notice about a lot, as a pharmacist copies it from a letter.
public struct NoticeForm: Sendable {
    public var product: String?
    /// As printed in the letter.
    public var lot: String?
    public var expiry: String?
    public var authority: String?
    public var reference: String?
    /// From when on it holds; now where nothing is said.
    public var since: String?
    public var advice: String?
    /// The clinic's own words, which the patient reads.
    public var text: String?

    /// What people are asked to do with such vials.
    public static let advices = ["do_not_use", "set_aside", "return", "telephone"]

    public init() {}

    /// The notice.
    ///
    /// - Throws: `DeskError.refused` with every value that could not be read.
    public func notice(_ context: FormContext) throws -> JSONValue {
        var reader = FormReader(context)
        var notice: JSONObject = [:]
        if let key = readProduct(&reader, context) { notice["product"] = key.json }
        if let lot = readLot(&reader) { notice["lot"] = lot }
        if let expiry {
            if let read = Expiry(typed: expiry, year: context.today.year) {
                notice["expiry"] = read.json
            } else {
                reader.refuse(
                    "notice/expiry",
                    "“\(expiry)” is no expiry I can read. Type 2028-12 or 2028-12-31.")
            }
        }
        if let text = reader.text(authority, "notice/authority") { notice["authority"] = text }
        if let text = reader.text(reference, "notice/reference") { notice["reference"] = text }
        if let moment = reader.moment(since ?? "now", "since", in: "notice") {
            notice["since"] = moment
        }
        if let code = reader.code(advice, Self.advices, "notice/advice", "What to do") {
            notice["advice"] = code
        }
        if let text = reader.text(text, "notice/text") { notice["text"] = text }
        guard reader.refused.isEmpty else { throw DeskError.refused(reader.refused) }
        return .object(notice)
    }

    private func readProduct(
        _ reader: inout FormReader, _ context: FormContext
    ) -> ProductKey? {
        guard let product else {
            reader.refuse(
                "notice/product", .missing, "Say the product, such as --product octagam5.")
            return nil
        }
        let found = context.catalogue.products(named: product)
        if found.count == 1, let one = found.first { return one.key }
        let list = found.map(\.key.text).joined(separator: ", ")
        reader.refuse(
            "notice/product", .notInList,
            found.isEmpty
                ? "“\(product)” is no product of the catalogue. Type octagam5, for example, or other."
                : "“\(product)” can mean \(list). Say which.")
        return nil
    }

    private func readLot(_ reader: inout FormReader) -> JSONValue? {
        guard let lot, TypedText.isPrintable(lot), LotKey(lot) != nil else {
            reader.refuse(
                "notice/lot", lot == nil ? .missing : .malformed,
                "Copy the lot as printed:  --lot K551A8441.")
            return nil
        }
        return .string(lot.trimmed)
    }
}
