/// What can happen in a world and is counted: one that never happened in a long run was never tested.
public enum Occurrence: String, CaseIterable, Sendable {
    // What people and machines do.
    case infusion = "an infusion logged"
    case recordedTwice = "an infusion recorded twice"
    case logged
    case amended, voided, reinstated, undone, resolved, linked, assessed
    case savedFromStalePage = "saved from a stale page"
    case keptAsDraft = "kept as a draft, its entry gone"
    case enrolled
    case joinedWithOwnDiary = "joined with a diary of its own"
    case closed, reopened
    case trustedFurther = "trusted further"
    case trustedItself = "a device trusts and opens itself"
    case backedUp = "backed up"
    case restored = "a device put back"
    case clinicRestored = "the clinic put back"
    case clinicGone = "the clinic gone"
    case clinicConfirmed = "the clinic confirmed"
    case cloned, upgraded, downgraded
    case newerLine = "a line of a newer version written"
    case newerRelayed = "a line of a newer version held by an older one"
    case erasureOrdered = "an erasure ordered"
    case erasureOrderedAhead = "an erasure ordered before the clinic has what it names"
    case bundleWritten = "a bundle written"
    case bundleTaken = "a bundle taken late"
    // What the network does.
    case requestLost = "a request lost"
    case answerLost = "an answer lost"
    case requestCut = "a request cut short"
    case answerCut = "an answer cut short"
    case cutAndYetRead = "cut short, and yet a message"
    case requestDoubled = "a request doubled"
    case delayed = "a message overtaken by later ones"
    case errorAfterStoring = "an error after storing"
    // What disks and clocks do.
    case crashedWriting = "crashed before a commit"
    case crashedAfterCommit = "crashed after a commit"
    case crashedAnswering = "the clinic crashed taking a push"
    case crashedTaking = "a device crashed taking an answer"
    case deviceDiskFull = "a device's disk full"
    case clinicDiskFull = "the clinic's disk full"
    case clockSkewed = "a clock years off"
    case clockBack = "a clock jumped back"
    case clockFrozen = "a clock frozen"
    // What a malicious device does.
    case gapSent = "a gap sent"
    case forkedOnPurpose = "forked on purpose"
    case unseenContext = "a context never seen"
    case foreignContext = "a context of another entry"
    case forgedHead = "a forged head"
    case continuedFromBelow = "continued from below after closing"
    case otherDiaryReplayed = "another diary's events replayed"
    case forgedContinuation = "a forged continuation"
    case forgedErasure = "a forged erasure"
    case lineRepeated = "a line twice in a section"
    case garbledSent = "a garbled request"
    // States worth reaching.
    case syncedEqual = "a sync ended equal"
    case syncedClosed = "a closed device synced"
    case syncedUnconfirmed = "a sync with an unconfirmed clinic"
    case syncStuck = "a sync stuck"
    case roundTrips = "round trips"
    case firstContact = "a first contact"
    case lineRefused = "a good line refused"
    case sentBesideRefused = "a sync ended beside a refusal"
    case waitedForBelow = "a section left for what it rests on"
    case forked = "a log forked"
    case continuedAsNew = "went on as a new replica"
    case closedDuringPush = "closed during its push"
    case conflict = "a conflict"
    case spellings = "two spellings of one word side by side"
    case threeCandidates = "three values side by side"
    case voidQuestion = "a void beside a correction"
    case toReview = "kept for review"
    case erased = "an erased body"
    case erasedBesideAnother = "an erased value beside another"
    case totalIsRange = "a total that is a range"
    case probableDuplicate = "a probable duplicate"
    case mutualSetAside = "each set aside for the other"
    case severalCount = "several copies of one infusion"
    case countedVoided = "the copy that counts voided"
    case sameAgainstDifferent = "the same against different"
    case trustInConflict = "the clinic's word in conflict"
    case factsGone = "facts gone with every disk that held them"
    case severalPatients = "several patients"
    case onRealDisk = "on the store of SQLite"
}

/// How often each occurred.
public struct Occurrences: Sendable, Equatable {
    private var counts: [Occurrence: Int] = [:]

    public init() {}

    public subscript(occurrence: Occurrence) -> Int { counts[occurrence] ?? 0 }

    public mutating func add(_ occurrence: Occurrence, _ count: Int = 1) {
        counts[occurrence, default: 0] += count
    }

    public mutating func add(_ other: Occurrences) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// What was never reached.
    public var missing: [Occurrence] { Occurrence.allCases.filter { self[$0] == 0 } }
}
