import ArgumentParser
import ClinicServer
import DiaryDesk
import DiaryModel
import DiaryStore
import SyncCore

/// `diary clinic export`.
struct ClinicExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes diaries for other programs, as tables, as FHIR R4 or as lines.",
        discussion: """
            Each patient's audit says that it was done, by whom and in which form. With --pseudonyms \
            patients have invented references, the same in every export of this clinic, and no names, \
            notes or questions go out. Days, lots and ids do, and who has the diary knows it by them.
            """)

    @OptionGroup var options: ClinicOptions
    @OptionGroup var form: ExportOptions

    @Argument(help: "The patient's reference, such as P03.")
    var patient: String?

    @Flag(help: "All patients of this clinic.")
    var all = false

    @Flag(help: "Invented references for patients, and no names, notes or questions.")
    var pseudonyms = false

    func validate() throws {
        guard (patient == nil) == all else {
            throw ValidationError("Say a patient's reference, or --all.")
        }
        guard let form = try form.form else {
            throw ValidationError("Say --csv PLACE, --fhir DIRECTORY or --ndjson FILE.")
        }
        if case .events = form, pseudonyms {
            throw ValidationError("Lines tell every word that was written: no --pseudonyms there.")
        }
    }

    func run() throws {
        try Output.run("clinic export", json: options.json) {
            guard let form = try form.form else { return Reply() }
            let home = try options.open()
            try home.require(.seeDiary)
            var writer = try ExportWriter(form)
            let outgoing = try home.outgoing(of: patient, as: form.code, pseudonyms: pseudonyms)
            // One snapshot of all diaries; the clinic's server goes on writing beside it.
            try home.clinic.database.read { transaction in
                for patient in outgoing {
                    try add(patient, of: home, transaction, to: &writer)
                }
            }
            var reply = try writer.finish()
            let count = outgoing.count
            let whose = count == 1 ? "diary of 1 patient" : "diaries of \(count) patients"
            reply.lines.insert("Wrote the \(whose) to \(form.place).", at: 0)
            if pseudonyms {
                reply.say("Without names; but who knows a patient's days may know the patient.")
            }
            reply.json["patients"] = .integer(Int64(count))
            return reply
        }
    }

    private func add(
        _ patient: OutgoingPatient, of home: ClinicHome, _ transaction: DiaryTransaction,
        to writer: inout ExportWriter
    ) throws {
        let clinic = home.clinic
        let coverage = try clinic.coverage(of: patient.record, in: transaction)
        // Devices are the patient's: they are told once, beside the first diary.
        var devices = [
            CSVSheet.devices(of: patient.shownAs, coverage, showsNames: !pseudonyms)
        ]
        let zone = try home.zone()
        let readings = try patient.diaries.map {
            try Reading(transaction, diary: $0, zone: zone)
        }
        for reading in readings {
            let exported = try reading.exported(
                beside: readings.filter { $0.diary != reading.diary }, for: patient.shownAs,
                asOfMs: clinic.now, coverageToMs: coverage.reach.ms,
                showsNames: !pseudonyms)
            try writer.add(exported, devices)
            devices = []
        }
    }
}

/// A patient whose diaries go out.
private struct OutgoingPatient {
    let record: PatientRecord
    /// The reference, or what stands in its place.
    let shownAs: String
    let diaries: [DiaryID]
}

extension ClinicHome {
    /// The patients who go out; the audit of each says so.
    fileprivate func outgoing(
        of reference: String?, as form: String, pseudonyms: Bool
    ) throws -> [OutgoingPatient] {
        let login = try staff()
        return try clinic.database.write { transaction in
            let records = ClinicRecords(transaction)
            let book = pseudonyms ? try PseudonymBook(in: transaction) : nil
            let patients = try records.patients().filter {
                reference == nil || $0.reference == reference
            }
            guard reference == nil || !patients.isEmpty else { throw ClinicError.unknownPatient }
            return try patients.map { patient in
                let diaries = try records.diaries(of: patient.number).map(\.diary)
                for diary in diaries {
                    try records.audit(
                        AuditRecord(
                            ms: clinic.now, staff: login, act: "export", diary: diary,
                            detail: pseudonyms ? form + " pseudonyms" : form))
                }
                return OutgoingPatient(
                    record: patient,
                    shownAs: book?.pseudonym(of: patient.reference) ?? patient.reference,
                    diaries: diaries)
            }
        }
    }
}
