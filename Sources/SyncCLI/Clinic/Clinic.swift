import ArgumentParser

/// `diary clinic`: the clinic's store and its server.
struct Clinic: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clinic",
        abstract: "Begins, serves and reads a clinic that reconciles its patients' diaries.",
        subcommands: [
            ClinicInit.self, ClinicServe.self, ClinicStaff.self, ClinicEnrol.self,
            ClinicDevices.self, ClinicDiaries.self, ClinicList.self, ClinicShow.self,
            ClinicHistory.self, ClinicLog.self, ClinicAmend.self, ClinicVoid.self,
            ClinicConflicts.self, ClinicResolve.self, ClinicPlan.self, ClinicTraining.self,
            ClinicNotice.self, ClinicRecall.self, ClinicStock.self, ClinicReviews.self,
            ClinicQuestion.self, ClinicReaction.self, ClinicReactions.self, ClinicReport.self,
            ClinicAdherence.self, ClinicQuiet.self, ClinicAudit.self, ClinicBackup.self,
            ClinicRestore.self, ClinicDoctor.self, ClinicExport.self, ClinicDemo.self,
        ])
}
