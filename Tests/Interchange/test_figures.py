"""The worked examples of domain 4.2 and 5.1, by figures.py: `python3 -m unittest discover Tests/Interchange`."""

import unittest
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

import figures
from figures import Infusion, Plan, Range, adherence, given, lot_key, prescribed

UTC = ZoneInfo("UTC")


def infusion(number, day, grams, **more):
    row = {
        "entry_id": str(number), "state": "active", "in_conflict": "", "duplicate_group": "", "outcome": "completed",
        "not_done_reason": "", "start_utc": f"{day}T09:00:00Z", "start_local": f"{day}T09:00",
        "line_g": str(grams),
    }
    return Infusion("P01", str(number), [row | more])


def weekly(grams, start=date(2026, 1, 5)):
    return [infusion(week, start + figures.DAY * 7 * week, one) for week, one in enumerate(grams)]


def a1():
    doses = weekly([32, 32, 32, 28, 32, 0, 32, 32])
    doses[5].rows[0].update(outcome="not_done", not_done_reason="fever_or_infection", line_g="")
    return doses


def plan(start, dose, **more):
    return Plan.of({"effective_from": start, "dose_g": dose, "interval_days": 7} | more)


class WorkedExamples(unittest.TestCase):
    window = (date(2026, 1, 5), date(2026, 3, 2))

    def test_a1(self):
        told = adherence(a1(), [plan("2026-01-05", 32)], *self.window, UTC)
        self.assertEqual(told["prescribed_mg"], "256000")
        self.assertEqual(told["dose_low"], "55/64")
        self.assertEqual((told["with_a_dose"], told["slots"], told["full_doses"]), (7, 8, "3/4"))

    def test_a2_and_a3(self):
        plans = [plan("2026-01-05", 32), plan("2026-02-02", 36)]
        self.assertEqual(prescribed(plans, *self.window), 272_000)
        plans[1].start = date(2026, 2, 5)
        self.assertEqual(prescribed(plans, *self.window), Fraction(1892_000, 7))

    def test_a4(self):
        doses = [infusion(1, "2026-01-05", 32), infusion(3, "2026-01-19", 64), infusion(4, "2026-01-26", 32)]
        told = adherence(doses, [plan("2026-01-05", 32)], date(2026, 1, 5), date(2026, 2, 2), UTC)
        self.assertEqual((told["dose_low"], told["timing"]), ("1", "3/4"))

    def test_a5(self):
        doses = [infusion(1, "2026-03-02", 45), infusion(2, "2026-03-03", 45)]
        rule = plan("2026-03-02", 90, interval_days=21, parts=2, due_mode="rolling")
        self.assertEqual(figures.courses(doses, rule, UTC), [(date(2026, 3, 2), 90_000)])
        due = figures.due_days(rule, rule.start, date(2026, 4, 1), [(date(2026, 3, 2), 90_000)])
        self.assertEqual(due[1], date(2026, 3, 23))

    def test_a7_and_a8(self):
        sunday, tuesday = date(2026, 3, 1), date(2026, 3, 3)
        for mode, following in (("fixed", date(2026, 3, 8)), ("rolling", date(2026, 3, 10))):
            due = figures.due_days(
                plan("2026-03-01", 32, due_mode=mode), sunday, date(2026, 3, 12), [(tuesday, 32_000)]
            )
            self.assertEqual(due[1], following)

    def test_a10(self):
        doses = a1()
        doses.append(infusion(99, "2026-01-05", 32))
        for one in (doses[0], doses[-1]):
            one.rows[0]["duplicate_group"] = "probable:0"
        self.assertEqual(given(doses), Range(220_000, 252_000))

    def test_a11(self):
        ramp = [{"day_offset": day, "dose_g": dose} for day, dose in ((0, "7.5"), (7, 15), (21, "22.5"), (42, 30))]
        rule = plan("2026-04-06", 30, interval_days=28, ramp=ramp)
        self.assertEqual(rule.prescribed(rule.start, date(2026, 5, 18)), 45_000)
        self.assertEqual(rule.prescribed(rule.start, date(2026, 5, 19)), 75_000)
        self.assertEqual(rule.steady_from, date(2026, 6, 15))

    def test_a16(self):
        self.assertEqual(adherence(a1(), [], *self.window, UTC), "no plan")

    def test_c05_a_status_in_conflict_gives_nothing_at_the_low_end(self):
        self.assertEqual(given([infusion(1, "2026-01-05", 32, in_conflict="status")]), Range(0, 32_000))

    def test_c27_both_set_aside_is_once_and_never_nothing(self):
        pair = [
            infusion(number, "2026-01-05", 32, state="set_aside", duplicate_group="none_counts:1")
            for number in (1, 2)
        ]
        self.assertEqual(given(pair), Range(32_000, 32_000))

    def test_c28_the_copy_that_counted_was_voided(self):
        pair = [
            infusion(1, "2026-01-05", 32, state="voided", duplicate_group="counted_voided:1"),
            infusion(2, "2026-01-05", 32, state="set_aside", duplicate_group="counted_voided:1"),
        ]
        self.assertEqual(given(pair), Range(0, 32_000))

    def test_t6_the_day_is_that_of_the_home_zone(self):
        far = infusion(1, "2026-11-15", 32, start_utc="2026-11-14T19:00:00Z", start_local="2026-11-15T08:00")
        self.assertEqual(far.days(ZoneInfo("Europe/London")), {date(2026, 11, 14)})

    def test_r1_r2_r11(self):
        for printed in (
            "K724B8541", "k724 b8541", "K724-B8541", "Ｋ７２４Ｂ８５４１", "LOT K724B8541", "(10) K724B8541",
            "(10)K724B8541", "LOT (10)K724B8541", "Ch.-B. K724B8541", "  K724B8541 ",
        ):
            self.assertEqual(lot_key(printed), "K724B8541")
        for printed, key in (("LOTUS12", "LOTUS12"), ("10K724", "10K724"), ("00123", "00123"), ("12E34", "12E34")):
            self.assertEqual(lot_key(printed), key)


if __name__ == "__main__":
    unittest.main()
