"""Figures from an exported CSV alone: `figures.py [--from DAY --to DAY] [--zone ZONE] [--plans FILE] EXPORT.csv ...`

A second calculation, written from the domain's words and sharing nothing with the product: grams given, number of
infusions, not done by reason and lots for each patient, and adherence where plans are handed in. It prints one JSON
object. Grams are exact (in milligrams and as text), shares are fractions; what people disagree about is a range.

FILE is JSON: a list of {"patient_ref", "effective_from", "dose_g", "interval_days"} and, where they apply,
"parts", "due_mode", "grace_days", "ramp": [{"day_offset", "dose_g"}], "taper": [{"from", "dose_g", "interval_days"}];
several of one patient are versions, each in force until the next.
"""

import argparse
import csv
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


# What stands in a column.


def said(text):
    """The values of a column: one, or all that people say."""
    return text.split(" | ")


def listed(text):
    return text.split(";") if text else []


def milligrams(text):
    value = Decimal(text) * 1000
    if value != int(value):
        raise ValueError(f"{text} g is no whole number of milligrams")
    return int(value)


@dataclass(frozen=True)
class Range:
    low: int
    high: int

    def __add__(self, other):
        return Range(self.low + other.low, self.high + other.high)

    def told(self):
        grams = [f"{Decimal(one) / 1000}" for one in (self.low, self.high)]
        return {"low_mg": self.low, "high_mg": self.high, "grams": "-".join(dict.fromkeys(grams))}


NOTHING = Range(0, 0)


# Lots (domain 5.1).

LABEL = re.compile(r"(?:LOTE|LOT|BATCH|BN|CH\.-B\.)[\s:]+")


def lot_key(printed):
    """NFKC, upper case, a leading label stripped, then letters A-Z and digits alone."""
    text = unicodedata.normalize("NFKC", printed).upper().lstrip(" \t\n\v\f\r")
    text = LABEL.sub("", text, count=1) if LABEL.match(text) else text
    text = text.removeprefix("(10)")
    return "".join(one for one in text if "A" <= one <= "Z" or "0" <= one <= "9")


# Entries: the rows of one id.


@dataclass
class Infusion:
    patient: str
    entry: str
    rows: list = field(default_factory=list)

    def __getitem__(self, column):
        return self.rows[0][column]

    @property
    def state(self):
        return self["state"]

    @property
    def is_live(self):
        """It may have happened, and it is relied on: neither voided nor to review."""
        return self.state in ("active", "set_aside")

    @property
    def is_in_question(self):
        return "status" in listed(self["in_conflict"])

    @property
    def grams(self):
        total = NOTHING
        for row in self.rows:
            doses = [milligrams(one) if one and one[0].isdigit() else 0 for one in said(row["line_g"])]
            total += Range(min(doses), max(doses))
        return total

    @property
    def outcomes(self):
        return set(said(self["outcome"]))

    def days(self, zone):
        """The local days of the start in the home zone; a bare day is that day, a bare month none."""
        found = set()
        for instant in said(self["start_utc"]):
            if instant and instant[0].isdigit():
                found.add(datetime.fromisoformat(instant).astimezone(zone).date())
        if not found:
            for wall in said(self["start_local"]):
                if re.fullmatch(r"\d{4}-\d{2}-\d{2}", wall):
                    found.add(date.fromisoformat(wall))
        return found

    def groups(self):
        return [tuple(name.split(":", 1)) for name in listed(self["duplicate_group"])]


def read(paths):
    """The infusions of all files, by patient."""
    patients = defaultdict(dict)
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                known = patients[row["patient_ref"]]
                if row["kind"] != "infusion":
                    continue
                infusion = known.setdefault(row["entry_id"], Infusion(row["patient_ref"], row["entry_id"]))
                infusion.rows.append(row)
    return {patient: list(known.values()) for patient, known in patients.items()}


# What was given (domain 2.9 and 6): copies of one infusion are counted once, an open question is a range.


@dataclass(frozen=True)
class Part:
    """One infusion, or the copies of one."""

    grams: Range
    smallest: int
    is_certain: bool


def alone(infusion):
    grams = infusion.grams
    if infusion.is_in_question:
        return Part(Range(0, grams.high), grams.low, False)
    return Part(grams, grams.low, True)


def copies(question, members):
    """The copies of one infusion; None where all of them are voided."""
    live = [one for one in members if one.is_live]
    if not live:
        return None
    left = [one for one in live if one.state != "set_aside"]
    if question == "same" and len(left) == 1:
        return alone(left[0])
    smallest = min(one.grams.low for one in live)
    highest = max(one.grams.high for one in live)
    if question == "same_against_different":
        highest = max(highest, sum(one.grams.high for one in live))
    is_certain = question not in ("counted_voided", "status_in_conflict") and any(
        not one.is_in_question for one in live
    )
    return Part(Range(smallest if is_certain else 0, highest), smallest, is_certain)


def parts(infusions):
    """Every infusion that may have been given, once, with the question it shares with others."""
    grouped, found = defaultdict(list), []
    for infusion in infusions:
        names = infusion.groups()
        joined = next((name for name in names if name[0] != "probable"), None)
        probable = next((name for name in names if name[0] == "probable"), None)
        if joined:
            grouped[joined].append(infusion)
        elif infusion.state == "active":
            found.append((probable, alone(infusion), [infusion]))
    for (question, _), members in grouped.items():
        part = copies(question, members)
        probable = next((name for one in members for name in one.groups() if name[0] == "probable"), None)
        if part:
            found.append((probable, part, members))
    return found


def given(infusions):
    total, clusters = NOTHING, defaultdict(list)
    for probable, part, _ in parts(infusions):
        if probable:
            clusters[probable].append(part)
        else:
            total += part.grams
    for cluster in clusters.values():
        if len(cluster) == 1:
            total += cluster[0].grams
            continue
        low = min(part.smallest for part in cluster) if any(part.is_certain for part in cluster) else 0
        total += Range(low, sum(part.grams.high for part in cluster))
    return total


def in_window(infusions, start, end, zone):
    """Those whose day is in [start, end); without a window all."""
    if start is None and end is None:
        return infusions

    def holds(day):
        return (start is None or start <= day) and (end is None or day < end)

    return [one for one in infusions if any(holds(day) for day in one.days(zone))]


def figures(infusions):
    active = [one for one in infusions if one.state == "active"]
    done = [one for one in active if "not_done" not in one.outcomes]
    not_done = [one for one in active if "not_done" in one.outcomes]
    reasons = Counter(one["not_done_reason"] for one in not_done)
    lots, odd = defaultdict(set), []
    for infusion in infusions:
        for row in infusion.rows:
            for printed, key in zip(said(row["lot_printed"]), said(row["lot_key"])):
                if printed:
                    lots[lot_key(printed)].add(row["product_key"])
            keys = {lot_key(one) for one in said(row["lot_printed"]) if one}
            if keys - {""} != {one for one in said(row["lot_key"]) if one}:
                odd.append({"entry": infusion.entry, "printed": row["lot_printed"], "key": row["lot_key"]})
    return {
        "given": given(infusions).told(),
        "infusions": len(done),
        "not_done": dict(sorted(reasons.items())),
        "states": dict(sorted(Counter(one.state for one in infusions).items())),
        "lots": {key: sorted(products) for key, products in sorted(lots.items())},
        "lines_without_lot": sum(
            1 for one in active for row in one.rows if row["product_key"] and not row["lot_printed"]
        ),
        "lot_keys_that_differ": odd,
    }


# Adherence (domain 4.1).


@dataclass
class Plan:
    start: date
    dose: Fraction
    interval: int
    parts: int = 1
    due_mode: str = "fixed"
    grace: int | None = None
    ramp: list = field(default_factory=list)
    taper: list = field(default_factory=list)

    @staticmethod
    def of(row):
        return Plan(
            start=date.fromisoformat(row["effective_from"]),
            dose=Fraction(str(row["dose_g"])) * 1000,
            interval=int(row["interval_days"]),
            parts=int(row.get("parts", 1)),
            due_mode=row.get("due_mode", "fixed"),
            grace=row.get("grace_days"),
            ramp=[(int(one["day_offset"]), Fraction(str(one["dose_g"])) * 1000) for one in row.get("ramp", [])],
            taper=row.get("taper", []),
        )

    @property
    def days_of_grace(self):
        if self.grace is not None:
            return int(self.grace)
        return next(days for most, days in ((2, 0), (14, 1), (24, 2), (10**6, 3)) if self.interval <= most)

    @property
    def steady_from(self):
        """The day of the first dose of the steady rhythm."""
        if not self.ramp:
            return self.start
        return self.start + DAY * (max(offset for offset, _ in self.ramp) + self.interval)

    def spans(self):
        """(from, dose, interval) of the steady rhythm and of each step of the taper."""
        found = [(self.steady_from, self.dose, self.interval)]
        for step in self.taper:
            dose = Fraction(str(step["dose_g"])) * 1000 if "dose_g" in step else found[-1][1]
            found.append((date.fromisoformat(step["from"]), dose, int(step.get("interval_days", found[-1][2]))))
        return found

    def prescribed(self, start, end):
        """Milligrams in [start, end): listed doses of the ramp, else dose x days / interval."""
        total = sum(dose for offset, dose in self.ramp if start <= self.start + DAY * offset < end)
        spans = self.spans()
        for index, (first, dose, interval) in enumerate(spans):
            last = spans[index + 1][0] if index + 1 < len(spans) else end
            days = (min(last, end) - max(first, start)).days
            total += dose * Fraction(max(0, days), interval)
        return Fraction(total)


def versions(plans, end):
    """Each version with the day on which the next one takes over."""
    ordered = sorted(plans, key=lambda plan: plan.start)
    return [
        (plan, min(end, ordered[index + 1].start) if index + 1 < len(ordered) else end)
        for index, plan in enumerate(ordered)
    ]


def prescribed(plans, start, end):
    return sum((plan.prescribed(max(start, plan.start), until) for plan, until in versions(plans, end)), Fraction(0))


def courses(infusions, plan, zone):
    """(day, milligrams) of each course that was given: parts on days close together are one dose."""
    found = []
    dated = []
    for infusion in infusions:
        days = infusion.days(zone)
        if infusion.state == "active" and days and "not_done" not in infusion.outcomes:
            dated.append((min(days), infusion.grams.low))
    for day, grams in sorted(dated):
        if plan.parts > 1 and found and found[-1][2] < plan.parts and (day - found[-1][0]).days <= plan.parts:
            first, sum_, count = found[-1]
            found[-1] = (first, sum_ + grams, count + 1)
        else:
            found.append((day, grams, 1))
    return [(day, grams) for day, grams, _ in found]


def timing(infusions, plans, start, end, zone):
    """Slots closed, filled inside grace, filled at all, filled with 95 % of the dose; fixed and rolling."""
    closed = in_grace = filled = full = 0
    for plan, until in versions(plans, end):
        here = [one for one in infusions if any(max(start, plan.start) <= day < until for day in one.days(zone))]
        doses = courses(here, plan, zone)
        slots = due_days(plan, max(start, plan.start), until, doses)
        taken = match(slots, doses)
        closed += len(slots)
        for slot, dose in taken.items():
            filled += 1
            in_grace += abs((dose[0] - slot).days) <= plan.days_of_grace
            full += dose[1] * 100 >= plan.dose * 95
    return {"slots": closed, "with_a_dose": filled, "in_grace": in_grace, "full": full}


def due_days(plan, start, end, doses):
    if plan.due_mode == "fixed":
        behind = max(0, (start - plan.steady_from).days)
        day = plan.steady_from + DAY * (-(-behind // plan.interval) * plan.interval)
        found = []
        while day < end:
            found.append(day)
            day += DAY * plan.interval
        return found
    # Rolling: the next is due an interval after the course, after a not_done an interval after the planned day.
    found, day = [], plan.steady_from
    waiting = list(doses)
    while day < end:
        found.append(day)
        limit = day + DAY * plan.interval
        come = next((dose for dose in waiting if dose[0] < limit), None)
        if come:
            waiting.remove(come)
            day = come[0] + DAY * plan.interval
        else:
            day = limit
    return found


def match(slots, doses):
    """Each dose fills the nearest open slot, of two the earlier; what finds none is additional."""
    taken = {}
    for dose in doses:
        free = [slot for slot in slots if slot not in taken]
        if free:
            taken[min(free, key=lambda slot: (abs((dose[0] - slot).days), slot))] = dose
    return taken


def share(number, of):
    return None if not of else str(Fraction(number) / of)


def adherence(infusions, plans, start, end, zone):
    if not plans:
        return "no plan"
    wanted = prescribed(plans, start, end)
    total = given(infusions)
    slots = timing(infusions, plans, start, end, zone)
    return {
        "prescribed_mg": str(wanted),
        "dose_low": share(total.low, wanted),
        "dose_high": share(total.high, wanted),
        "timing": share(slots["in_grace"], slots["slots"]),
        "full_doses": share(slots["full"], slots["slots"]),
        **slots,
    }


def report(paths, start=None, end=None, zone=ZoneInfo("UTC"), plans=None):
    patients = {}
    for patient, infusions in sorted(read(paths).items()):
        here = in_window(infusions, start, end, zone)
        patients[patient] = figures(here)
        patients[patient]["without_a_day"] = sum(1 for one in infusions if not one.days(zone))
        if plans is not None and start is not None and end is not None:
            own = [Plan.of(row) for row in plans if row["patient_ref"] == patient]
            patients[patient]["adherence"] = adherence(here, own, start, end, zone)
    return patients


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="start", type=date.fromisoformat, help="the first day of the window")
    parser.add_argument("--to", dest="end", type=date.fromisoformat, help="the day after its last")
    parser.add_argument("--zone", type=ZoneInfo, default=ZoneInfo("UTC"), help="the home zone, in which days are counted")
    parser.add_argument("--plans", help="plan versions, for adherence")
    parser.add_argument("exports", nargs="+")
    options = parser.parse_args()
    plans = None
    if options.plans:
        with open(options.plans, encoding="utf-8") as file:
            plans = json.load(file)
    told = report(options.exports, options.start, options.end, options.zone, plans)
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
