import SyncCore

/// The vials of one lot as a contained `Medication`, and what FHIR has no element for.
struct FHIRVial {
    private let line: VialLine?
    private let catalogue: Catalogue

    /// - Parameter line: nil where it is in conflict, erased or not understood.
    init(_ line: VialLine?, catalogue: Catalogue) {
        self.line = line
        self.catalogue = catalogue
    }

    /// The medication with its batch; the lot is exactly as printed.
    var medication: FHIRObject {
        var medication: FHIRObject = ["resourceType": "Medication", "id": "medication"]
        medication.set("extension", list: medicationExtensions)
        if let gtin = line?.gtin?.text {
            medication.set(
                "identifier", list: [["system": .text(FHIRNames.gtin), "value": .text(gtin)]])
        }
        medication.set(
            "code",
            object: FHIRCodes.concept(
                of: line?.product, text: line?.productText?.text, in: catalogue))
        if let size = line?.vialMilligrams?.value {
            medication.set(
                "amount",
                [
                    "numerator": .object(FHIRParts.grams(size)),
                    "denominator": .object(
                        FHIRParts.quantity(1, decimals: 0, "vial", ucum: "{vial}")),
                ])
        }
        medication.set("batch", object: batch)
        return medication
    }

    private var medicationExtensions: [FHIRObject] {
        var found: [FHIRObject] = []
        if let volume = line?.vialMicrolitres?.value {
            found.append(
                FHIRParts.own(
                    "vial-volume", "valueQuantity", .object(FHIRParts.millilitres(volume))))
        }
        if let component = line?.component?.value {
            found.append(FHIRParts.own("component", code: component.rawValue))
        }
        if let row = line?.productRow?.text {
            found.append(FHIRParts.own("product-row", "valueString", .text(row)))
        }
        return found
    }

    private var batch: FHIRObject {
        var batch = FHIRObject()
        if let lot = line?.lot?.text, !lot.isEmpty {
            batch.set("lotNumber", .text(lot))
        } else {
            batch.set(
                "_lotNumber",
                [
                    "extension": .objects(
                        [FHIRParts.absence("unknown")]
                            + (line?.lotMissing.map {
                                [FHIRParts.own("lot-missing", code: $0.rawValue)]
                            }
                                ?? []))
                ])
        }
        switch line?.expiry {
        case .value(let expiry):
            batch.set("expirationDate", expiry.partialDate.map { .text($0) })
            if let printed = expiry.printed?.text {
                batch.set(
                    "_expirationDate",
                    [
                        "extension": [FHIRParts.own("printed", "valueString", .text(printed))]
                    ])
            }
        case .unknown: batch.set("_expirationDate", object: FHIRParts.absent(.unknown))
        case .declined: batch.set("_expirationDate", object: FHIRParts.absent(.declined))
        case nil: break
        }
        return batch
    }

    /// How many vials, what was thrown away, serial numbers, the barcode as it was read.
    var extensions: [FHIRObject] {
        guard let line else { return [] }
        var found: [FHIRObject] = []
        switch line.count {
        case .value(let count): found.append(FHIRParts.own("vial-count", number: count))
        case .unknown: found.append(FHIRParts.own("vial-count", code: "unknown"))
        case .declined: found.append(FHIRParts.own("vial-count", code: "declined"))
        case nil: break
        }
        if let discarded = line.discardedMilligrams?.value {
            found.append(
                FHIRParts.own("discarded", "valueQuantity", .object(FHIRParts.grams(discarded))))
        }
        found += (line.serials ?? []).map {
            FHIRParts.own("serial", "valueString", .text($0.text))
        }
        if let scan = line.scan?.text {
            found.append(FHIRParts.own("scan", "valueString", .text(scan)))
        }
        if let method = line.entryMethod {
            found.append(FHIRParts.own("entry-method", code: method.rawValue))
        }
        if !line.others.isEmpty {
            let others = JSONValue.object(line.others).canonicalText
            found.append(FHIRParts.own("vial-others", "valueString", .text(others)))
        }
        return found
    }

    /// The volume of hyaluronidase, which has no dose.
    var notes: [FHIRObject] {
        guard let line, line.component?.value == .hy else { return [] }
        let count = line.count?.value.map { String($0) } ?? "an unknown number of"
        let volume = line.vialMicrolitres?.value.map { "\(ExactDecimal($0, decimals: 3)) mL" }
        return [["text": .text("Hyaluronidase: \(count) x \(volume ?? "vials of unknown volume")")]]
    }
}
