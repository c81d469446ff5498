import DiaryStore
import DiaryModel
public import SyncCore

/// “Like last time”: what may be copied from the last infusion, and nothing else.
///
/// Copied are product, vial sizes and counts, route, pump, rates and who infused. Lot, expiry, check,
/// weight, pre-medication and times are asked again or stay “not asked”: copying one would invent it.
public struct LikeLast: Sendable {
    private let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    /// The last infusion that was done and names a vial; nil if there is none.
    public func last() throws -> EntryView? {
        try desk.read("show") { reading in
            try reading.lastInfusion { !Infusion(fields: $0.settledFields).lines.isEmpty }
        }
    }

    /// Fills the form with what may be copied; returns fields that are copied whole.
    ///
    /// - Throws: `DeskError.notPossible` if there is no infusion to be like.
    public func copy(into form: inout InfusionForm) throws -> JSONObject {
        guard let view = try last() else {
            throw DeskError.notPossible("there is no earlier infusion in this diary to be like")
        }
        let infusion = Infusion(fields: view.settledFields)
        if form.vials == nil {
            form.vials = infusion.lines.compactMap { named in
                guard let count = named.line.count?.value,
                    let size = named.line.vialMilligrams?.value
                else { return nil }
                let decimals = size % 1000
                let digits = decimals == 0 ? "" : "." + String(String(1000 + decimals).dropFirst())
                return "\(count)x\(size / 1000)\(digits)g"
            }.joined(separator: "+")
        }
        if form.product == nil, let line = infusion.lines.first?.line {
            form.product =
                line.product.value == .other ? line.productText?.text : line.product.value?.text
        }
        var copied: JSONObject = [:]
        for field in ["route", "pump", "rates", "infusedBy"] {
            if let value = view[field], !value.isNull { copied[field] = value }
        }
        return copied
    }
}
