import SyncCore

/// A movement of stock: a receipt is a `SupplyDelivery` with a part for each lot line.
///
/// R4 has no inventory at home, so moves, losses and counts stay local: `Basic`, with all they say.
struct FHIRStock {
    private let common: FHIREntry

    init(_ common: FHIREntry) { self.common = common }

    var resources: [FHIRObject] {
        guard FHIRReferences.type(of: common.entry) == "SupplyDelivery" else {
            return [FHIRBasic(common).resource]
        }
        var fields = FHIRFields(common.entry)
        fields.told("movement")
        let time: TimeValue? = fields.take("time")
        let supplier = common.entry.settled("delivery")?["supplier"]?.stringValue
        let lines = common.entry.vialFields.map { field in
            let line = common.entry.settled(field).flatMap { VialLine(json: $0) }
            if line != nil { fields.told(field) }
            return delivery(of: line, field, time)
        }
        var whole = common.resource("SupplyDelivery", fields.rest)
        finish(&whole, time)
        whole.set("supplier", supplier.map { ["display": .text($0)] })
        return [whole] + lines
    }

    private func delivery(of line: VialLine?, _ field: String, _ time: TimeValue?) -> FHIRObject {
        let vial = FHIRVial(line, catalogue: common.diary.catalogue)
        var part = common.resource(
            "SupplyDelivery", part: field, vial.extensions, contained: [vial.medication])
        part.set("partOf", list: [FHIRReferences(common.diary).whole(common.entry)])
        var item = FHIRObject()
        if let count = line?.count?.value {
            item.set(
                "quantity",
                object: FHIRParts.quantity(count, decimals: 0, "vials", ucum: "{vials}"))
        }
        item.set("itemReference", ["reference": "#medication"])
        finish(&part, time, item)
        return part
    }

    private func finish(_ delivery: inout FHIRObject, _ time: TimeValue?, _ item: FHIRObject? = nil)
    {
        delivery.set("status", .text(common.status(otherwise: "completed", unclear: "in-progress")))
        delivery.set("patient", object: common.subject)
        delivery.set("type", ["coding": [FHIRParts.coding(FHIRNames.supplyType, "medication")]])
        delivery.set("suppliedItem", object: item)
        if time != nil { delivery.set("occurrencePeriod", object: FHIRTime.period(time)) }
    }
}
