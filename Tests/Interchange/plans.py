"""What a plan prescribes (domain 2.7 and 4.1): its versions, the days they hold, the doses they make due."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from diary import DAY, listed, milligrams


@dataclass(frozen=True)
class Version:
    """What a doctor signed. Doses are in milligrams."""

    event: str
    start: date
    dose: int
    interval: int
    parts: int = 1
    is_rolling: bool = False
    grace: int | None = None
    ramp: tuple = ()
    taper: tuple = ()
    product: str = ""
    substitutes: tuple = ()

    @staticmethod
    def of(row):
        steps = [one.split(":") for one in listed(row["ramp"])]
        changes = [one.split(":") for one in listed(row["taper"])]
        return Version(
            event=row["plan_version"],
            start=date.fromisoformat(row["effective_from"]),
            dose=milligrams(row["dose_g"]),
            interval=int(row["interval_days"]),
            parts=int(row["parts"] or 1),
            is_rolling=row["due_mode"] == "rolling",
            grace=int(row["grace_days"]) if row["grace_days"] else None,
            ramp=tuple(sorted((int(day), milligrams(dose)) for day, dose in steps)),
            taper=tuple(sorted((date.fromisoformat(day), change) for day, change in changes)),
            product=row["product_key"],
            substitutes=tuple(listed(row["substitutes"])),
        )

    def ramp_days(self):
        return [(self.start + DAY * day, dose) for day, dose in self.ramp]

    def pieces(self, end):
        """(from, until, dose, interval) of the rhythm, cut where the taper changes it."""
        found, start, dose, interval = [], self.start, self.dose, self.interval
        for day, change in self.taper:
            if day >= end:
                break
            if day > start:
                found.append((start, day, dose, interval))
                start = day
            number, unit = change.split(" ")
            if unit == "g":
                dose = milligrams(number)
            else:
                interval = int(number)
        return found + [(start, end, dose, interval)]

    def rhythm_from(self, end):
        """An interval after the last dose of the ramp."""
        if not self.ramp:
            return self.start
        last = self.ramp_days()[-1][0]
        interval = [piece[3] for piece in self.pieces(end) if piece[0] <= last][-1]
        return last + DAY * interval

    def days_of_grace(self, interval):
        if self.grace is not None:
            return self.grace
        return next(days for most, days in ((2, 0), (14, 1), (24, 2), (10**6, 3)) if interval <= most)


@dataclass
class Plan:
    """All versions of one plan entry that count."""

    rows: list
    state: str = "active"
    versions: dict = field(default_factory=dict)

    def __post_init__(self):
        self.rows = [row for row in self.rows if row["standing"] != "does_not_count"]
        self.versions = {
            row["plan_version"]: Version.of(row) for row in self.rows if row["effective_from"][:1].isdigit()
        }
        direct = {row["plan_version"]: set(listed(row["replaces"])) for row in self.rows}
        self.before = {}
        for event in direct:
            reached, waiting = set(), set(direct[event])
            while waiting:
                one = waiting.pop()
                reached.add(one)
                waiting |= direct.get(one, set()) - reached
            self.before[event] = reached

    def agreed(self):
        """Those that stand before or after every other one, in the order in which they were signed."""
        def is_ordered(one, other):
            return one == other or one in self.before[other] or other in self.before[one]

        events = [one for one in self.before if all(is_ordered(one, other) for other in self.before)]
        return [self.versions[one] for one in sorted(events, key=lambda one: len(self.before[one]))]

    def in_conflict(self):
        return [row for row in self.rows if row["standing"] == "in_conflict"]

    def spans(self):
        """(version, from, until) of each that ever holds: until a later signed one begins."""
        found, until = [], date.max
        for version in reversed(self.agreed()):
            if version.start < until:
                found.append((version, version.start, until))
                until = version.start
        return found[::-1]

    def blocked_from(self):
        """Of two side by side neither holds, and from the first day of one the agreed one may not either."""
        starts = [self.versions[row["plan_version"]].start for row in self.in_conflict()]
        return min(starts, default=date.max)

    def stretches(self):
        """The spans of which something may be worked out."""
        stop = self.blocked_from()
        return [(version, start, min(end, stop)) for version, start, end in self.spans() if start < stop]

    def prescribed(self, start, end):
        """Milligrams in [start, end): doses of the ramp whole, else dose x days / interval."""
        total = Fraction(0)
        for version, first, until in self.stretches():
            total += sum(
                dose for day, dose in version.ramp_days() if max(start, first) <= day < min(end, until)
            )
            steady = version.rhythm_from(until)
            for since, last, dose, interval in version.pieces(until):
                days = (min(last, end) - max(since, start, steady)).days
                total += Fraction(dose * max(0, days), interval)
        return total


def plan_of(patient):
    """The one plan of a patient; None without one, "several" where nobody can know which holds."""
    entries = {}
    for row in patient.plans:
        if row["state"] != "voided":
            entries.setdefault(row["entry_id"], []).append(row)
    plans = [plan for plan in (Plan(rows) for rows in entries.values()) if plan.rows]
    if len(plans) > 1:
        return "several"
    return plans[0] if plans else None


@dataclass(frozen=True)
class Dose:
    """A day on which a dose is due."""

    day: date
    dose: int
    interval: int
    grace: int
    stretch: int
    step: int | None = None

    @property
    def opens(self):
        return self.day - DAY * min(self.grace, max(0, (self.interval - 1) // 2))


class DueDays:
    """The doses of a plan one after the other.

    A new version, and a step of a taper, changes dose and interval from its first day, but the dose after one
    that was due comes no sooner than the shorter of the two intervals. A ramp begins on its own days.
    """

    def __init__(self, stretches):
        self.stretches = stretches

    def first(self):
        return next((dose for dose in map(self.beginning, range(len(self.stretches))) if dose), None)

    def beginning(self, index, earliest=date.min):
        version, start, until = self.stretches[index]
        if version.ramp:
            return self.of_ramp(index, 0)
        day = max(start, earliest)
        return self.regular(index, day) if day < until else None

    def of_ramp(self, index, step, moved_to=None):
        version, start, until = self.stretches[index]
        days = version.ramp_days()
        day, dose = days[step]
        if step + 1 < len(days):
            interval = (days[step + 1][0] - day).days
        else:
            interval = self.piece(index, day)[3]
        day = moved_to or day
        if not start <= day < until:
            return None
        return Dose(day, dose, interval, version.days_of_grace(interval), index, step)

    def piece(self, index, day):
        version, _, until = self.stretches[index]
        pieces = version.pieces(until)
        return ([one for one in pieces if one[0] <= day] or pieces[:1])[-1]

    def regular(self, index, day):
        version = self.stretches[index][0]
        _, _, dose, interval = self.piece(index, day)
        return Dose(day, dose, interval, version.days_of_grace(interval), index)

    def after(self, dose, counted_from):
        version, start, until = self.stretches[dose.stretch]
        shortest, day = dose.interval, counted_from + DAY * dose.interval
        if dose.step is not None and dose.step + 1 < len(version.ramp):
            following = self.of_ramp(dose.stretch, dose.step + 1, day)
            if following:
                return following
        else:
            for since, last, _, interval in version.pieces(until):
                if last <= dose.day:
                    continue
                if since > dose.day:
                    shortest = min(shortest, interval)
                    day = max(since, counted_from + DAY * shortest)
                if since <= day < last:
                    return self.regular(dose.stretch, day)
        for index in range(dose.stretch + 1, len(self.stretches)):
            shortest = min(shortest, self.piece(index, self.stretches[index][1])[3])
            following = self.beginning(index, counted_from + DAY * shortest)
            if following:
                return following
        return None
