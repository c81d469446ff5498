"""What an exported table says, read again by nothing of the product: rows, infusions, patients."""

import csv
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

DAY = timedelta(days=1)


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


def is_number(text):
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


def instant(text):
    return datetime.fromisoformat(text)


def milliseconds(text):
    return int((instant(text) - instant("1970-01-01T00:00:00Z")) / timedelta(milliseconds=1))


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


def end_of_month(first):
    return (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def spans_said(row, zone):
    """The local days of home of each time that is said: one day, or the first and the last of a bare month."""
    found = []
    instants, walls = said(row["start_utc"]), said(row["start_local"])
    for moment in instants:
        if moment[:1].isdigit():
            day = instant(moment).astimezone(zone).date()
            found.append((day, day))
    for wall in walls:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", wall):
            found.append((date.fromisoformat(wall),) * 2)
        elif re.fullmatch(r"\d{4}-\d{2}", wall):
            first = date.fromisoformat(wall + "-01")
            found.append((first, end_of_month(first)))
    return found


def days_said(row, zone):
    """The first and the last local day of home on which it may have begun; None where nobody says one."""
    firsts_and_lasts = list(zip(*spans_said(row, zone)))
    return (min(firsts_and_lasts[0]), max(firsts_and_lasts[1])) if firsts_and_lasts else None


@dataclass
class Infusion:
    """The rows of one entry of kind infusion: one for each lot line."""

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
    def is_set_aside(self):
        """People agree that another copy of it counts."""
        return self.state == "set_aside" and any(kind == "same" for kind, _ in self.groups())

    @property
    def grams(self):
        total = NOTHING
        for row in self.rows:
            doses = [milligrams(one) if is_number(one) else 0 for one in said(row["line_g"])]
            total += Range(min(doses), max(doses))
        return total

    @property
    def outcomes(self):
        return set(said(self["outcome"]))

    @property
    def is_not_done(self):
        return self.outcomes == {"not_done"}

    @property
    def is_done(self):
        return "not_done" not in self.outcomes and "not_understood" not in self.outcomes

    def days(self, zone):
        return days_said(self.rows[0], zone)

    def spans(self, zone):
        return spans_said(self.rows[0], zone)

    def day(self, zone):
        """Its day, where there is only one that it can have been."""
        span = self.days(zone)
        return span[0] if span and span[0] == span[1] else None

    def groups(self):
        return [tuple(name.split(":", 1)) for name in listed(self["duplicate_group"])]


@dataclass
class Patient:
    reference: str
    infusions: list = field(default_factory=list)
    lots: list = field(default_factory=list)
    earlier_lots: list = field(default_factory=list)
    plans: list = field(default_factory=list)
    measurements: list = field(default_factory=list)
    reactions: list = field(default_factory=list)
    devices: list = field(default_factory=list)

    def heard_until(self):
        """When all devices that are waited for had been heard; "all" where there is none, None if one never was."""
        waited = [one["heard_utc"] for one in self.devices if one["state"] != "retired"]
        if not waited:
            return "all"
        return None if "" in waited else min(waited, key=milliseconds)

    def is_complete(self, as_of_ms):
        """All that was written until then has come."""
        waited = [one for one in self.devices if one["state"] != "retired"]
        return all(
            one["heard_utc"] and milliseconds(one["heard_utc"]) >= as_of_ms and one.get("behind") != "yes"
            for one in waited
        )

    def known_until(self, today, zone):
        """The first day of which something may not have come; to the minute, so that 23:59 ends its day."""
        heard = self.heard_until()
        if heard == "all":
            return today + DAY
        if heard is None:
            return date.min
        return min((instant(heard) + timedelta(minutes=1)).astimezone(zone).date(), today + DAY)


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def infusions(lots):
    """The infusions among the rows of lot lines."""
    found = {}
    for row in lots:
        if row["kind"] == "infusion":
            entry = row["entry_id"]
            found.setdefault(entry, Infusion(row["patient_ref"], entry)).rows.append(row)
    return list(found.values())


def read(places):
    """The patients of exported directories, or of files of lot lines alone."""
    patients = {}
    for place in map(Path, places):
        tables = sorted(place.glob("*.csv")) if place.is_dir() else [place]
        for table in tables:
            name = table.stem if place.is_dir() else "lots"
            for row in rows(table):
                known = patients.setdefault(row["patient_ref"], Patient(row["patient_ref"]))
                getattr(known, name).append(row)
    for patient in patients.values():
        patient.infusions = infusions(patient.lots)
    return dict(sorted(patients.items()))
