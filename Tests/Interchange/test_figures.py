"""The worked examples of domain 4.2, 5.1 and 5.3, and more: `python3 -m unittest discover Tests/Interchange`."""

import unittest
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

import adherence as shares
from diary import DAY, Infusion, Patient, Range, milliseconds
from given import given, given_in
from lots import is_near, lot_key
from plans import DueDays, Plan, plan_of
from recall import Search
from slots import Filling, courses

UTC = ZoneInfo("UTC")


def row(number, day, grams, **more):
    return {
        "patient_ref": "P01", "kind": "infusion", "entry_id": str(number), "state": "active", "in_conflict": "",
        "duplicate_group": "", "outcome": "completed", "not_done_reason": "", "start_utc": f"{day}T09:00:00Z",
        "start_local": f"{day}T09:00", "line_g": str(grams), "course_id": "", "line": "vials.1",
    } | more


def infusion(number, day, grams, **more):
    return Infusion("P01", str(number), [row(number, day, grams, **more)])


def weekly(grams, start=date(2026, 1, 5)):
    return [infusion(week, start + DAY * 7 * week, one) for week, one in enumerate(grams)]


def a1():
    doses = weekly([32, 32, 32, 28, 32, 0, 32, 32])
    doses[5].rows[0].update(outcome="not_done", not_done_reason="fever_or_infection", line_g="")
    return doses


def version(start, dose, number=1, **more):
    return {
        "entry_id": "plan", "state": "active", "plan_version": f"v{number}", "standing": "current",
        "replaces": f"v{number - 1}" if number > 1 else "", "effective_from": start, "product_key": "hizentra",
        "substitutes": "", "dose_g": str(dose), "interval_days": "7", "parts": "", "due_mode": "fixed",
        "grace_days": "", "ramp": "", "taper": "",
    } | more


def patient(infusions, *versions, **more):
    return Patient("P01", infusions=infusions, plans=list(versions), **more)


def figures(infusions, versions, start, end):
    return shares.adherence(patient(infusions, *versions), start, end, UTC, today=end)


class WorkedExamples(unittest.TestCase):
    window = (date(2026, 1, 5), date(2026, 3, 2))

    def test_a1(self):
        told = figures(a1(), [version("2026-01-05", 32)], *self.window)
        seen = told["observed"]
        self.assertEqual((told["prescribed"], told["given"]), (256_000, Range(220_000, 220_000)))
        self.assertEqual(seen["dose"], (Fraction(55, 64),) * 2)
        self.assertEqual((seen["closed"], seen["given"], seen["full"]), (8, seen["given"], Range(6, 6)))

    def test_two_times_are_of_their_own_days_and_of_none_between(self):
        one = infusion(1, "2026-03-26", 32, start_utc="2025-03-26T09:00:00Z | 2026-03-26T09:00:00Z")
        weeks = [date(2025, 3, 24), date(2025, 9, 22), date(2026, 3, 23)]
        told = [given_in([one], week, week + 7 * DAY, UTC) for week in weeks]
        self.assertEqual(told, [Range(0, 32_000), Range(0, 0), Range(0, 32_000)])

    def test_a2_and_a3(self):
        plans = [version("2026-01-05", 32), version("2026-02-02", 36, 2)]
        self.assertEqual(plan_of(patient([], *plans)).prescribed(*self.window), 272_000)
        plans[1]["effective_from"] = "2026-02-05"
        self.assertEqual(plan_of(patient([], *plans)).prescribed(*self.window), Fraction(1892_000, 7))

    def test_a4(self):
        doses = [infusion(1, "2026-01-05", 32), infusion(3, "2026-01-19", 64), infusion(4, "2026-01-26", 32)]
        seen = figures(doses, [version("2026-01-05", 32)], date(2026, 1, 5), date(2026, 2, 2))["observed"]
        self.assertEqual((seen["dose"][0], seen["in_time"], seen["closed"]), (1, Range(3, 3), 4))

    def test_a5(self):
        doses = [infusion(1, "2026-03-02", 45), infusion(2, "2026-03-03", 45)]
        plan = plan_of(
            patient(doses, version("2026-03-02", 90, interval_days="21", parts="2", due_mode="rolling"))
        )
        today = date(2026, 3, 20)
        found = courses(doses, plan.stretches(), UTC, today)
        self.assertEqual([(one.day, one.grams) for one in found], [(date(2026, 3, 2), Range(90_000, 90_000))])
        filling = Filling(plan, doses, UTC, today, today)
        self.assertEqual([slot.dose.day for slot in filling.slots], [date(2026, 3, 2), date(2026, 3, 23)])

    def test_a7_and_a8(self):
        tuesday, today = [infusion(1, "2026-03-03", 32)], date(2026, 3, 5)
        for mode, following in (("fixed", date(2026, 3, 8)), ("rolling", date(2026, 3, 10))):
            plan = plan_of(patient(tuesday, version("2026-03-01", 32, due_mode=mode)))
            first, second = Filling(plan, tuesday, UTC, today, today).slots[:2]
            self.assertFalse(first.is_in_time)
            self.assertEqual(second.dose.day, following)

    def test_a9(self):
        doses = [infusion(week, date(2026, 1, 5) + DAY * 7 * week, 32) for week in range(2)]
        heard = [{"state": "open", "heard_utc": "2026-01-22T23:59:00Z"}]
        told = shares.adherence(
            patient(doses, version("2026-01-05", 32), devices=heard),
            date(2026, 1, 5), date(2026, 2, 2), UTC, today=date(2026, 2, 2),
        )
        self.assertEqual((told["given"], told["prescribed"]), (Range(64_000, 64_000), 128_000))
        self.assertEqual(told["days_not_received"], 10)
        self.assertEqual(told["observed"]["dose"][0], Fraction(64 * 7, 18 * 32))

    def test_a10(self):
        doses = a1()
        doses.append(infusion(99, "2026-01-05", 32))
        for one in (doses[0], doses[-1]):
            one.rows[0]["duplicate_group"] = "probable:0"
        self.assertEqual(given(doses), Range(220_000, 252_000))

    def test_a11(self):
        plan = plan_of(
            patient([], version("2026-04-06", 30, interval_days="28", ramp="0:7.5;7:15.0;21:22.5;42:30.0"))
        )
        start = date(2026, 4, 6)
        self.assertEqual(plan.prescribed(start, date(2026, 5, 18)), 45_000)
        self.assertEqual(plan.prescribed(start, date(2026, 5, 19)), 75_000)
        due, days = DueDays(plan.stretches()), []
        dose = due.first()
        while len(days) < 5:
            days.append(f"{dose.day:%m-%d}")
            dose = due.after(dose, dose.day)
        self.assertEqual(days, ["04-06", "04-13", "04-27", "05-18", "06-15"])

    def test_a16(self):
        self.assertEqual(figures(a1(), [], *self.window)["prescribed"], "no plan")

    def test_c05_a_status_in_conflict_gives_nothing_at_the_low_end(self):
        self.assertEqual(given([infusion(1, "2026-01-05", 32, in_conflict="status")]), Range(0, 32_000))

    def test_c07_of_two_versions_side_by_side_nothing_is_worked_out(self):
        rows = [
            version("2026-01-05", 32, standing="superseded"),
            version("2026-02-02", 36, 2, standing="in_conflict"),
            version("2026-02-09", 28, 3, standing="in_conflict", replaces="v1"),
        ]
        plan = Plan(rows)
        self.assertEqual([one.event for one in plan.agreed()], ["v1"])
        self.assertEqual(plan.stretches()[0][1:], (date(2026, 1, 5), date(2026, 2, 2)))

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

    def test_a_copy_outside_the_window_counts_where_it_is(self):
        pair = [
            infusion(1, "2026-01-05", 32, duplicate_group="same:1"),
            infusion(2, "2026-01-06", 32, state="set_aside", duplicate_group="same:1"),
        ]
        self.assertEqual(given_in(pair, date(2026, 1, 6), date(2026, 1, 9), UTC), Range(0, 0))

    def test_t6_the_day_is_that_of_the_home_zone(self):
        far = infusion(1, "2026-11-15", 32, start_utc="2026-11-14T19:00:00Z", start_local="2026-11-15T08:00")
        self.assertEqual(far.day(ZoneInfo("Europe/London")), date(2026, 11, 14))

    def test_r1_r2_r11(self):
        for printed in (
            "K724B8541", "k724 b8541", "K724-B8541", "Ｋ７２４Ｂ８５４１", "LOT K724B8541", "(10) K724B8541",
            "(10)K724B8541", "LOT (10)K724B8541", "Ch.-B. K724B8541", "  K724B8541 ",
        ):
            self.assertEqual(lot_key(printed), "K724B8541")
        for printed, key in (("LOTUS12", "LOTUS12"), ("10K724", "10K724"), ("00123", "00123"), ("12E34", "12E34")):
            self.assertEqual(lot_key(printed), key)

    def test_r3_to_r7_and_r10(self):
        for other in ("K724BB541", "K742B8541", "K7248541", "K724B85"):
            self.assertTrue(is_near(other, "K724B8541"), other)
        self.assertFalse(is_near("K725A8541", "K724B8541"))
        self.assertFalse(is_near("B03J079503", "B03J077152"))


class R20(unittest.TestCase):
    """The worked example of a recall."""

    as_of = milliseconds("2016-05-02T12:00:00Z")

    def classify(self, *rows, earlier=(), heard="2016-05-02T12:00:00Z"):
        return Search("octagam5", "K551A8441", self.as_of).classify(
            Patient(
                "P", lots=list(rows), earlier_lots=list(earlier),
                devices=[{"state": "open", "heard_utc": heard}],
            )
        )

    def line(self, lot, method="typed", product="octagam5", **more):
        more = {"lot_printed": lot, "entry_method": method, "product_key": product} | more
        return row(1, "2016-03-20", 20, **more)

    def test_r20(self):
        other = self.line("A010A8431", "scanned")
        stock = self.line("K551A8441", kind="stock", outcome="receipt")
        older = self.line("K551A8441", standing="replaced")
        expected = {
            "P01 INFUSED": self.classify(self.line("K551A8441", "scanned")),
            "P02 INFUSED": self.classify(self.line("k551 a8441")),
            "P03 POSSIBLE": self.classify(self.line("K551AB441")),
            "P04 CLEAR": self.classify(self.line("K552A8441", "scanned")),
            "P05 POSSIBLE": self.classify(self.line("K552A8441")),
            "P06 HELD": self.classify(stock),
            "P07 UNKNOWN": self.classify(other, heard="2016-04-10T12:00:00Z"),
            "P08 UNKNOWN": self.classify(self.line("")),
            "P09 VOIDED_MATCH": self.classify(self.line("K551A8441", state="voided")),
            "P10 None": self.classify(self.line("P100423917", product="hizentra")),
            "P11 POSSIBLE": self.classify(self.line("K551A8441", product="octagam10")),
            "P12 POSSIBLE": self.classify(self.line("K551A8444"), earlier=[older]),
            "P13 CLEAR": self.classify(other),
        }
        for name, found in expected.items():
            self.assertEqual(name.split()[1], str(found), name)


if __name__ == "__main__":
    unittest.main()
