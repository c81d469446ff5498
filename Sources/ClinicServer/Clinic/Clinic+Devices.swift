public import DiaryModel
internal import DiaryStore
internal import SyncCore

/// The clinic's word on devices. Each act is an event of the device's own entry, so it is in the
/// history, and two members of staff at once are a conflict: any `closed` closes, and an event counts
/// only if both trust it.
extension Clinic {
    /// The devices of a patient, or of all.
    public func devices(
        ofPatient reference: String? = nil, by login: String
    ) throws -> [DeviceStatus] {
        try database.write { transaction in
            try member(login, may: .seeDiary, orGovernIn: transaction)
            return try listed(ofPatient: reference, by: login, in: transaction)
        }
    }

    /// The one device that is called so, as it is now: what the next act of this person has seen.
    ///
    /// - Parameter act: what they are about to do; refused here if their role may not do it.
    /// - Throws: `ClinicError.unknownDevice`, `.ambiguousDevice` with those that are called so.
    public func device(
        named name: String, ofPatient reference: String? = nil, for act: Act, by login: String
    ) throws -> DevicePage {
        try database.write { transaction in
            try member(login, may: act, in: transaction)
            let all = try listed(ofPatient: reference, by: login, in: transaction)
            let found = DeviceName(name).devices(among: all)
            guard let status = found.first else { throw ClinicError.unknownDevice }
            guard found.count == 1 else {
                throw ClinicError.ambiguousDevice(
                    found.map {
                        DeviceCandidate(
                            label: $0.label, patient: $0.patient, firstReplica: $0.firstReplica)
                    })
            }
            return try DeviceList(of: status.diary, in: transaction).page(of: status)
        }
    }

    private func listed(
        ofPatient reference: String?, by login: String, in transaction: DiaryTransaction
    ) throws -> [DeviceStatus] {
        let records = ClinicRecords(transaction)
        var diaries = try transaction.diaries().map(\.id)
        if let reference {
            guard let patient = try records.patient(reference: reference) else {
                throw ClinicError.unknownPatient
            }
            diaries = try records.diaries(of: patient.number).map(\.diary)
        }
        try records.audit(
            AuditRecord(
                ms: now, staff: login, act: "devices",
                diary: reference == nil ? nil : diaries.first))
        return try diaries.flatMap { try DeviceList(of: $0, in: transaction).statuses() }
    }

    // MARK: Acts

    /// What came of closing a device.
    public enum Closing: Sendable, Equatable {
        case closed
        /// It was closed before; only the reason was written.
        case retired
        /// It was closed before, and nothing was written: a second closing would replace the
        /// positions of the first with later ones.
        case wasClosed
    }

    /// Closes a device: it reads nothing any more, and what was held of it on that page goes on counting.
    public func close(
        _ page: DevicePage, because reason: ClosingReason, by login: String
    ) throws -> Closing {
        var set: JSONObject = [Vocabulary.because: .string(reason.rawValue)]
        if page.status.isClosed {
            guard reason.isRetirement, page.status.because != [reason.rawValue] else {
                return .wasClosed
            }
        } else {
            set[Vocabulary.access] = Vocabulary.closed
            set[Vocabulary.trusted] = page.tips.json
        }
        try write(
            set, on: page, act: .governDevice, named: reason.isRetirement ? "retire" : "close",
            detail: reason.rawValue, by: login)
        return page.status.isClosed ? .retired : .closed
    }

    /// Relies on what was held of a device on that page; a closed one stays closed.
    ///
    /// - Returns: false if there was nothing to rely on, and nothing was written.
    public func trust(_ page: DevicePage, by login: String) throws -> Bool {
        if page.status.eventsToReview == 0 {
            guard case .inConflict = page.status.trusted else { return false }
        }
        let trusted = page.status.isClosed ? page.tips.json : Vocabulary.trustedAll
        try write(
            [Vocabulary.trusted: trusted], on: page, act: .acceptReview, named: "trust",
            by: login)
        return true
    }

    private func write(
        _ set: JSONObject, on page: DevicePage, act: Act, named name: String,
        detail: String? = nil, by login: String
    ) throws {
        let diary = page.status.diary
        try database.write { transaction in
            let member = try member(login, may: act, in: transaction)
            let draft = EventDraft(
                .entry(page.entry), context: page.context, set: set,
                author: try author(member, in: diary, transaction))
            try record(in: diary, transaction) { commit, generator in
                _ = try commit.write(draft, using: &generator)
            }
            try ClinicRecords(transaction).audit(
                AuditRecord(
                    ms: now, staff: login, act: name, diary: diary, entry: page.entry.id,
                    detail: detail))
        }
    }

    private func member(
        _ login: String, may act: Act, orGovernIn transaction: DiaryTransaction
    ) throws {
        let role = try ClinicRecords(transaction).staff(login: login)?.role
        if role != .administrator { try member(login, may: act, in: transaction) }
    }
}
