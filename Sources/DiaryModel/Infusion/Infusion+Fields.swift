public import SyncCore

extension Infusion {
    /// An infusion of which nothing is said yet.
    public init() { self.init(fields: JSONObject()) }

    /// The fields as an event sets them; what was not said is absent, what was not understood is left out.
    public var fields: JSONObject {
        var fields = JSONObject()
        fields.set("route", route)
        fields.set("outcome", outcome)
        if let planVersion { fields["planVersion"] = planVersion }
        fields.set("course", course)
        for line in lines { fields[line.field] = line.line.json }
        fields.set("time", time)
        fields.set("sites", sites)
        fields.set("rates", rates)
        fields.set("infusedBy", infusedBy)
        fields.set("supervisedBy", supervisedBy)
        for premed in premedications {
            fields["premed.\(premed.name)"] = premed.premedication.json
        }
        fields.set("visualCheck", visualCheck)
        fields.set("weightGrams", weight)
        fields.set("place", place)
        return fields
    }
}

extension VialLine {
    /// The line of typed vials of a product; the volume is the catalogue's, unknown where it has none.
    public init(_ specification: VialSpecification, of product: ProductKey, in catalogue: Catalogue)
    {
        self.init(product: product)
        count = .value(specification.count)
        vialMilligrams = .value(specification.vialMilligrams)
        let size = catalogue.product(product)?.size(milligrams: specification.vialMilligrams)
        vialMicrolitres = size?.microlitres.map { .value($0) } ?? .unknown
    }
}
