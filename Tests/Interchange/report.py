"""What a three-monthly report says beside the doses (domain 2.4, 2.5 and 4.2), from the exported tables alone."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from diary import DAY, Range, days_said, is_number, said
from given import given_in, once

STAFF = {"nurse", "pharmacist", "doctor", "clerk", "administrator", "auditor"}
# How many of the numbers on the wire make one of the unit in which a table tells it.
WIRE = {"kPa": 1000, "kg": 1000, "lbf": 100, "s": 1000, "g/L": 1000}


def stands(row):
    return row["state"] == "active"


# Reactions.


def reactions(patient, start, end, zone):
    """How many infusions of [start, end) were followed by a reaction."""
    infusions = patient.infusions
    here = {
        one.entry for one in infusions
        if one.is_live and not one.is_set_aside and not one.is_not_done and lies_in(one, start, end, zone)
    }
    elsewhere = {
        one.entry for one in infusions if one.is_live and not one.is_set_aside and not one.is_not_done
    } - here
    linked, touched, unlinked, grades = 0, set(), 0, []
    for row in filter(stands, patient.reactions):
        named = set(said(row["infusion_id"]))
        if named & here:
            linked += 1
            touched |= named & here
        elif not named & elsewhere and begins_in(row, start, end, zone):
            unlinked += 1
        else:
            continue
        grades += [int(one) for column in ("grade_said", "grade_assessed") for one in said(row[column]) if one.isdigit()]
    done = [one for one in infusions if not one.is_not_done]
    return {
        "infusions": given_in(done, start, end, zone, once),
        "reactions": linked,
        "with_reaction": len(touched),
        "not_linked": unlinked,
        "highest_grade": max(grades, default=None),
    }


def lies_in(infusion, start, end, zone):
    span = infusion.days(zone)
    return span is not None and any(start <= day < end for day in span)


def begins_in(row, start, end, zone):
    span = days_said(row, zone)
    return span is not None and span[0] == span[1] and start <= span[0] < end


# Counts of periods: what overlaps another period or passes the window is not added.


def period_total(patient, measure, start, end):
    periods = []
    for row in filter(stands, patient.measurements):
        if row["measure"] == measure and row["period_from"][:1].isdigit() and is_number(row["value"]):
            periods.append((date.fromisoformat(row["period_from"]), date.fromisoformat(row["period_to"]), int(row["value"])))
    here = sorted(one for one in periods if start <= one[0] and one[1] < end)
    alone = [
        one for index, one in enumerate(here)
        if not any(at != index and other[0] <= one[1] and one[0] <= other[1] for at, other in enumerate(here))
    ]
    covered = sum((last - first).days + 1 for first, last, _ in alone)
    return {
        "count": sum(one[2] for one in alone) if alone else None,
        "days_not_covered": max(0, (end - start).days - covered),
    }


# Outcomes: of each measure the latest day against the first and against the last visit.


def wire(row):
    """The numbers of a row as they stand on the wire."""
    return {int(Decimal(one) * WIRE.get(row["unit"], 1)) for one in said(row["value"]) if is_number(one)}


def is_of_clinic(row):
    return row["source"] == "clinic" or (not row["source"] and row["author_role"] in STAFF)


def outcomes(patient, end, zone, last_visit=None):
    """The days up to the last one before `end`."""
    by_day = defaultdict(lambda: defaultdict(set))
    visits = []
    for row in filter(stands, patient.measurements):
        span = days_said(row, zone)
        if span is None or not row["unit"] or row["period_from"]:
            continue
        by_day[row["measure"]][span[1]] |= wire(row)
        if is_of_clinic(row) and span[1] < end - DAY:
            visits.append(span[1])
    last_visit = last_visit or max(visits, default=None)
    told = {}
    for measure, days in by_day.items():
        known = sorted(day for day in days if day < end)
        if not known:
            continue
        latest = known[-1]
        seen = [day for day in known if last_visit and day <= last_visit]
        told[measure] = {
            "latest": latest,
            "numbers": sorted(days[latest]),
            "since_baseline": change(days, known[0], latest),
            "since_last_visit": change(days, seen[-1], latest) if seen else None,
        }
    return told


def change(days, before, after):
    """(first day, smallest and largest difference); None where there is no earlier day."""
    if before >= after or not days[before] or not days[after]:
        return None
    return before, Range(min(days[after]) - max(days[before]), max(days[after]) - min(days[before]))
