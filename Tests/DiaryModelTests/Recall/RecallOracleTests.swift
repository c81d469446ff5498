import DiaryModel
import SeededRandom
import SyncCore
import Testing
import TestSupport

/// Two hundred random recalls against plain loops over the stored lines.
@Suite(.timeLimit(.minutes(60))) struct RecallOracleTests {
    private func plain(_ answer: RecallAnswer) -> PlainRecall.Answer {
        var plain = PlainRecall.Answer()
        for patient in answer.patients {
            let name = patient.reference.text
            plain.classes[name] = patient.headline.rawValue
            for row in patient.rows {
                let how =
                    switch row.match {
                    case .exact: "exact"
                    case .productDiffers: "product"
                    case .knownOtherLot: "other"
                    case .sameSkeleton, .oneSlip, .partOfOther: "near"
                    }
                plain.rows.insert(
                    "\(name) \(row.entry) \(row.event) \(row.field) \(row.asked) \(how)")
            }
            for unknown in patient.unknowns {
                let why =
                    switch unknown.code {
                    case .notHeard, .notAllCome: "heard"
                    case .lotMissing: "lot"
                    case .infusedElsewhere: "elsewhere"
                    case .erased: "erased"
                    case .newerForm: "newer"
                    }
                plain.unknowns.insert("\(name) \(unknown.entry?.text ?? "-") \(why)")
            }
        }
        return plain
    }

    /// Every lot that stands in any stored line, as it is printed there, with its product.
    private func everHeld(_ cohort: RecallCohort) throws -> [(patient: String, lot: RecalledLot)] {
        var held: [(String, RecalledLot)] = []
        for patient in cohort.patients {
            for line in try patient.stories.flatMap({ try PlainEntry.all(in: $0) })
                .flatMap(\.lines)
            {
                guard let product = line.product, let printed = line.lot,
                    let lot = RecalledLot(
                        product: ProductKey(product), lot: PrintedText(printed))
                else { continue }
                held.append((patient.reference, lot))
            }
        }
        return held
    }

    private func asked(
        _ held: [(patient: String, lot: RecalledLot)], using random: inout SplitMix64
    ) throws -> RecallQuery {
        var lots: [RecalledLot] = []
        for _ in 0...random.below(2) {
            let known = held.isEmpty || random.chance(0.4) ? nil : random.pick(held).lot
            let drawn = RecalledLot(
                product: ProductKey(random.pick(["octagam5", "octagam10", "bivigam"])),
                lot: PrintedText(random.pick(RecallCohort.lots)))
            let lot = try #require(known ?? drawn)
            if !lots.contains(where: { $0.product == lot.product && $0.key == lot.key }) {
                lots.append(lot)
            }
        }
        return try #require(RecallQuery(lots, asOfMs: RecallStory.noon))
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `what is found, and in which class, is what plain loops over the lines find`(
        seed: UInt64
    ) throws {
        let cohort = try RecallCohort(seed: seed)
        var random = SplitMix64(seed: seed)
        let held = try everHeld(cohort)
        let told = try cohort.patients.map { try $0.told(shuffledBy: &random) }
        let turned = try cohort.patients.reversed().map { try $0.told(shuffledBy: &random) }
        for number in 0..<50 {
            let query = try asked(held, using: &random)
            let answer = RecallAnswer(query, patients: told, askedMs: RecallStory.noon)
            let oracle = PlainRecall(
                asked: query.lots.map { ($0.product.text, $0.lot.text) },
                from: query.from.description, asOfMs: query.asOfMs)
            #expect(plain(answer) == (try oracle.answer(cohort.patients)), "recall \(number)")
            #expect(
                RecallAnswer(query, patients: turned, askedMs: RecallStory.noon) == answer,
                "in another order, recall \(number)")
            #expect(RecallAnswer(json: answer.json) == answer)
            if answer.totals[.unknown] > 0 {
                #expect(
                    !RecallText(answer).closing.contains { $0.contains("No patient affected") })
            }
        }
    }

    @Test func `whoever ever had a lot in any line is on its list`() throws {
        var classes: Set<RecallClass> = []
        for seed in 1...4 as ClosedRange<UInt64> {
            let cohort = try RecallCohort(seed: seed)
            var random = SplitMix64(seed: seed)
            let told = try cohort.patients.map { try $0.told(shuffledBy: &random) }
            for (reference, lot) in try everHeld(cohort) {
                let query = try #require(RecallQuery([lot], asOfMs: RecallStory.noon))
                let answer = RecallAnswer(query, patients: told, askedMs: RecallStory.noon)
                let found = answer.patients.first { $0.reference.text == reference }
                #expect(found?.rows.contains { $0.match == .exact } ?? false)
                #expect(found.map { RecallClass.matches.contains($0.headline) } ?? false)
                classes.formUnion(answer.patients.map(\.headline))
            }
        }
        #expect(classes == Set(RecallClass.allCases))
    }
}
