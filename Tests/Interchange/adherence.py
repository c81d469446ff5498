"""What was given against what was prescribed (domain 4.1), never more than is known."""

from datetime import date
from fractions import Fraction

from given import given_in
from plans import plan_of
from slots import Filling


def adherence(patient, start, end, zone, today):
    """Figures of the days [start, end) of one patient."""
    known_until = patient.known_until(today, zone)
    given = given_in(patient.infusions, start, end, zone)
    told = {"given": given, "days_not_received": max(0, (end - max(start, known_until)).days)}
    plan = plan_of(patient)
    if plan is None:
        return told | {"prescribed": "no plan"}
    if plan == "several":
        return told | {"prescribed": "not computed"}
    spans, blocked = plan.spans(), plan.blocked_from()
    if blocked < end and max(blocked, start) < end:
        told["prescribed"] = "not computed"
    elif not spans or spans[0][1] >= end:
        told["prescribed"] = "no plan"
    else:
        told["prescribed"] = plan.prescribed(start, end)
    stretches = plan.stretches()
    if not stretches:
        return told
    first = max(start, stretches[0][1])
    last = min([end, known_until] + ([max(blocked, first)] if blocked < date.max else []))
    if first >= last:
        return told
    observed_given = given_in(patient.infusions, first, last, zone)
    observed_prescribed = plan.prescribed(first, last)
    filling = Filling(plan, patient.infusions, zone, today, known_until)
    told["observed"] = {
        "from": first,
        "until": last,
        "given": observed_given,
        "prescribed": observed_prescribed,
        "dose": share(observed_given, observed_prescribed),
        **filling.counted(first, last),
    }
    return told


def share(given, wanted):
    return None if not wanted else (Fraction(given.low) / wanted, Fraction(given.high) / wanted)
