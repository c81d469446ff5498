public import SyncCore

/// What a recall answers: the patients it is about, each with a class, and how much could be seen.
///
/// A pure function of what is held, whatever the order; it changes nothing in any diary. With one
/// patient in class UNKNOWN nobody may say that no patient is affected.
public struct RecallAnswer: DiaryValue {
    public let query: RecallQuery
    /// When it was asked, by the clinic's clock, in milliseconds since 1970.
    public let askedMs: Int64
    /// The patients in scope, in order of their references.
    public let patients: [PatientAnswer]

    /// Searches the diaries of these patients.
    ///
    /// - Parameters:
    ///   - catalogue: whose families say under which products near lots are looked for.
    ///   - words: what was said about lots that are missing; else the notes about them are taken.
    public init(
        _ query: RecallQuery, patients: [RecallPatient], askedMs: Int64,
        catalogue: Catalogue = .seed, words: MissingLotWords? = nil
    ) {
        self.query = query
        self.askedMs = askedMs
        let expiries = ExpiryEvidence(
            query, in: patients.lazy.flatMap(\.diaries).flatMap(\.entries))
        let answers = patients.compactMap { patient in
            PatientSearch(
                query, of: patient, catalogue: catalogue, expiries: expiries,
                words: words ?? MissingLotWords(notesIn: patient.diaries)
            ).answer
        }
        self.patients = answers.sorted { $0.reference < $1.reference }
    }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        let query: RecallQuery? = reader.member("query")
        let asked: Int64? = reader.member("asked")
        let patients: [PatientAnswer]? = reader.member("patients")
        let totals: RecallTotals? = reader.member("totals")
        guard reader.isWhole, let query, let asked, let patients,
            totals == RecallTotals(patients)
        else { return nil }
        self.query = query
        askedMs = asked
        self.patients = patients
    }

    public var json: JSONValue {
        var object = JSONObject()
        object.set("query", query)
        object.set("asked", askedMs)
        object.set("patients", patients)
        object.set("totals", totals)
        return .object(object)
    }

    public var totals: RecallTotals { RecallTotals(patients) }

    /// The patients of a class, in order of their references.
    public func patients(in recallClass: RecallClass) -> [PatientAnswer] {
        patients.filter { $0.headline == recallClass }
    }

    /// Whether it may be said that no patient is affected: all was seen, of somebody, and nothing found.
    public var isNobodyAffected: Bool {
        !patients.isEmpty && patients.allSatisfy { $0.headline == .clear }
    }
}

/// How many patients are in each class.
public struct RecallTotals: DiaryValue {
    private let counts: [RecallClass: Int64]

    public init(_ patients: [PatientAnswer]) {
        var counts: [RecallClass: Int64] = [:]
        for patient in patients { counts[patient.headline, default: 0] += 1 }
        self.counts = counts
    }

    public subscript(_ recallClass: RecallClass) -> Int64 { counts[recallClass] ?? 0 }

    /// All patients in scope.
    public var inScope: Int64 { counts.values.reduce(0, +) }

    public init?(json: JSONValue) {
        guard var reader = MemberReader(json) else { return nil }
        var counts: [RecallClass: Int64] = [:]
        for recallClass in RecallClass.allCases {
            guard let count: Int64 = reader.member(recallClass.rawValue) else { return nil }
            if count != 0 { counts[recallClass] = count }
        }
        guard let all: Int64 = reader.member("inScope"), reader.isWhole else { return nil }
        self.counts = counts
        guard all == inScope else { return nil }
    }

    public var json: JSONValue {
        var object = JSONObject()
        for recallClass in RecallClass.allCases {
            object.set(recallClass.rawValue, self[recallClass])
        }
        object.set("inScope", inScope)
        return .object(object)
    }
}
