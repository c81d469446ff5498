internal import DiaryModel
internal import SeededRandom
internal import SyncCore

/// The diary begins at the clinic, devices join, and each introduces who writes on it.
extension PatientPlanner {
    var foundedMs: Int64 { days.ms(day: facts.enrolledDay, minute: 600) }

    mutating func planEnrolment() {
        if facts.isOnPaper {
            patientPerson = introduce(
                facts.firstName, .patient, at: foundedMs + 900_000,
                by: .staff(StaffPlan.nurse.login))
            return
        }
        let carers = facts.hasCarer ? [1] : []
        for number in 0..<facts.deviceCount {
            let isCarers = carers.contains(number)
            let thing = isCarers || number == 0 ? "phone" : number == 1 ? "tablet" : "laptop"
            let latest = [1, 40, 200][min(number, 2)]
            let day = facts.enrolledDay + random.between(number == 0 ? 0...latest : 2...latest)
            let minute = random.between(720...1080)
            addDevice(
                "\(isCarers ? facts.carerName : facts.firstName)'s \(thing)",
                isCarers ? .carer : .patient, joinMs: days.ms(day: day, minute: minute))
        }
        if clinic.families[facts.number] != nil { addFamilyTablet() }
    }

    /// A tablet on which one parent writes for two.
    private mutating func addFamilyTablet() {
        let day = facts.enrolledDay + random.between(2...30)
        addDevice(
            "Family tablet", .carer, joinMs: days.ms(day: day, minute: 1110), isShared: true)
    }

    private mutating func addDevice(
        _ label: String, _ role: Role, joinMs: Int64, isShared: Bool = false
    ) {
        let number = devices.count
        // Whom the recall looks at is heard in time, or by its table never again.
        let isSeldom = random.happens(CohortTable.seldomOnline) && !facts.isInScope && !isShared
        var syncs = random.syncs(from: joinMs, until: days.endMs, isSeldom: isSeldom)
        if facts.isInScope { syncs = syncsInTime(syncs) }
        let skew = facts.role == nil && !isShared ? random.skewMs() : 0
        let known = role == .carer ? carerPerson : number == 0 ? nil : patientPerson
        let person = known ?? entryCount
        devices.append(
            DevicePlan(
                label: label, role: role, person: person, skewMs: skew, syncs: syncs,
                isShared: isShared, isSeldomOnline: isSeldom))
        drawClosing(of: number)
        guard known == nil else { return }
        let name = role == .carer ? facts.carerName : facts.firstName
        let begun = introduce(name, role, at: joinMs, by: .device(number))
        if role == .carer { carerPerson = begun } else { patientPerson = begun }
    }

    /// A last sync after the moment the recall is asked as of; or none since the box came.
    private mutating func syncsInTime(_ syncs: [Int64]) -> [Int64] {
        if facts.role == .unsynced {
            let silent = days.ms(day: clinic.recall.exposureDay - 2, minute: 0)
            return syncs.filter { $0 < silent }
        }
        let last = days.asOfMs + Int64(random.between(10...240)) * 60_000
        return syncs.filter { $0 < days.asOfMs } + [min(last, days.endMs)]
    }

    private mutating func introduce(
        _ name: String, _ role: Role, at ms: Int64, by writer: Writer
    ) -> EntryNumber {
        begin(
            .person, at: ms, by: writer,
            Words(set: ["name": .string(name), "role": .string(role.rawValue)]))
    }

    /// The clinic closes a carer's device that was lost; what it still sends waits for review.
    private mutating func drawClosing(of number: Int) {
        let isDrawn = random.happens(CohortTable.closedAsLost)
        let day = days.lastDay - random.between(30...300)
        let ms = days.ms(day: days.workday(day), minute: 690)
        guard isDrawn, number > 0, devices[number].role == .carer, !devices[number].isShared,
            !facts.isInScope, devices[number].joinMs < ms
        else { return }
        devices[number].closedMs = ms
        acts.append(
            PlannedAct(
                ms: ms, writer: .staff(StaffPlan.administrator.login),
                deed: .close(device: number, because: "lost")))
    }
}
