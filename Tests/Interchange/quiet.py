"""What a clinic has not heard of a patient though it might have (H01, H07), from the exported tables alone."""

from diary import milliseconds
from plans import plan_of
from slots import Filling, own

DAY_MS = 86_400_000


def quiet(patient, days, zone, asked_ms, today):
    """Silent devices, and the doses past their grace of which nothing is held since the last that has a word."""
    since = asked_ms - days * DAY_MS
    silent = [
        one["device"] for one in patient.devices
        if one["state"] != "retired"
        and not (one["heard_utc"] and milliseconds(one["heard_utc"]) >= since and one.get("behind") != "yes")
    ]
    given = [one for one in own(patient.infusions) if not one.is_not_done and one.days(zone)]
    told = {
        "silent": sorted(silent),
        "last_infusion": max((one.days(zone)[1] for one in given), default=None),
        "doses": [],
        "last_word": None,
    }
    plan = plan_of(patient)
    if plan is None or plan == "several":
        return told
    slots = Filling(plan, patient.infusions, zone, today, patient.known_until(today, zone)).slots
    spoken = [number for number, slot in enumerate(slots) if not slot.is_open]
    told["last_word"] = slots[spoken[-1]].dose.day if spoken else None
    told["doses"] = [
        (slot.dose.day, slot.status) for slot in slots[spoken[-1] + 1 if spoken else 0 :]
        if slot.status in ("overdue", "missed", "not_received")
    ]
    return told
