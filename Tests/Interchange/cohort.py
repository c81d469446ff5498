"""Holds what `diary clinic` says of a synthetic clinic against a second calculation from its export alone.

`cohort.py DIARY [--patients 16] [--seed 1] [--validator PYTHON] [--recalls 3] [--reports 16]`

Makes the clinic, exports it as tables and as FHIR R4, works out from the tables who had which lot, what was given
against what was prescribed, who is quiet and what a report says, and compares all of it with what the commands print.
The sums of the doses of both exports must be the diary's total, exactly; and with --validator, the interpreter that has
fhir.resources, every resource must be valid. Every difference is a line; any ends with 1. At last the same is done with
an export that was spoilt on purpose: there must be differences then.
"""

import argparse
import copy
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from adherence import adherence
from diary import DAY, NOTHING, Range, milligrams, read, rows
from given import given
from quiet import quiet
from recall import CLASSES, recall
from report import outcomes, period_total, reactions

HOME_ZONE = ZoneInfo("Europe/London")
STAFF, PHARMACIST = "r.evans", "p.khan"


class Clinic:
    """The command at a synthetic clinic, whose clock stands still after its last day."""

    def __init__(self, diary, directory, patients, seed):
        self.diary = diary
        self.home = str(directory / "clinic")
        self.environment = os.environ | {"TZ": "Europe/London", "DIARY_CLINIC": self.home, "NO_COLOR": "1"}
        self.seconds, self.answers = {}, {}
        self.made = self.ask("demo", "--patients", str(patients), "--seed", str(seed), staff=None)
        self.expected = self.made["expected"]
        self.now_ms = self.expected["asOfMs"] + 12 * 3_600_000
        self.environment["DIARY_NOW"] = str(self.now_ms)
        self.today = datetime.fromtimestamp(self.now_ms / 1000, timezone.utc).astimezone(HOME_ZONE).date()

    def ask(self, *words, staff=None):
        """What a command answers to a program; asked once."""
        if words in self.answers:
            return self.answers[words]
        line = [self.diary, "clinic", *words, "--json"] + (["--staff", staff] if staff else [])
        began = time.monotonic()
        ended = subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False)
        self.seconds[words[0]] = self.seconds.get(words[0], 0) + time.monotonic() - began
        if ended.returncode != 0:
            raise SystemExit(f"{' '.join(line[1:])} ended with {ended.returncode}: {ended.stdout}{ended.stderr}")
        self.answers[words] = json.loads(ended.stdout)
        return self.answers[words]


class Differences:
    def __init__(self):
        self.lines = []
        self.held = Counter()

    def hold(self, what, where, ours, theirs):
        self.held[what] += 1
        if ours != theirs:
            self.lines.append(f"{what}, {where}: {shown(ours)} from the tables, {shown(theirs)} from the command")


def shown(value):
    return f"{value.low}..{value.high}" if isinstance(value, Range) else str(value)


def low_high(json_object):
    return Range(json_object["low"], json_object["high"])


# Sums.


def sums_of_tables(directory):
    """The two ends of what was given, as a spreadsheet adds them up: by patient and in all."""
    found = {}
    for row in rows(directory / "lots.csv"):
        if row["counts_low_g"]:
            mine = Range(milligrams(row["counts_low_g"]), milligrams(row["counts_high_g"]))
            found[row["patient_ref"]] = found.get(row["patient_ref"], NOTHING) + mine
    return found


def sums_of_fhir(directory):
    """The same of all resources, by patient; and the sum of `dosage.dose` where nothing is in question."""
    names, found, plain = {}, {}, {}
    for line in (directory / "Patient.ndjson").read_text("utf-8").splitlines():
        patient = json.loads(line)
        names[f"Patient/{patient['id']}"] = next(
            one["value"] for one in patient["identifier"] if one["system"].endswith(":id:patient")
        )
    for line in (directory / "MedicationAdministration.ndjson").open(encoding="utf-8"):
        given = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        if given["category"]["coding"][0]["code"] != "lot-line":
            continue
        who = names[given["subject"]["reference"]]
        extensions = {one["url"].rpartition(":")[2]: one for one in given["extension"]}
        if "counts" in extensions:
            ends = extensions["counts"]["valueRange"]
            mine = Range(*(milligrams(str(ends[end]["value"])) for end in ("low", "high")))
            found[who] = found.get(who, NOTHING) + mine
        dose = given.get("dosage", {}).get("dose", {}).get("value")
        if dose is not None and extensions["state"]["valueCode"] == "active":
            plain[who] = plain.get(who, 0) + milligrams(str(dose))
    return found, plain


def is_doubtful(infusion):
    """Something about it waits for a person."""
    return infusion["in_conflict"] or any(kind != "same" for kind, _ in infusion.groups())


def compare_sums(clinic, patients, csv, fhir, differences):
    tables, (resources, plain) = sums_of_tables(csv), sums_of_fhir(fhir)
    everything = ("--from", "1990-01-01", "--to", "2190-01-01")
    told = clinic.ask("adherence", *everything, staff=STAFF)["patients"]
    totals = {one["patient"]: Range(one["givenLowMilligrams"], one["givenHighMilligrams"]) for one in told}
    for reference, patient in patients.items():
        total = given(patient.infusions)
        differences.hold("sum of the tables", reference, tables.get(reference, NOTHING), total)
        differences.hold("sum of FHIR", reference, resources.get(reference, NOTHING), total)
        differences.hold("sum of the diary", reference, total, totals[reference])
        if not any(is_doubtful(one) for one in patient.infusions):
            differences.hold("sum of the doses in FHIR", reference, plain.get(reference, 0), total.low)
    return sum(tables.values(), NOTHING)


# What the commands say.


def recalled_lots(clinic, patients, most):
    """The lot of the fixture, and those that most patients have."""
    expected, frequent = clinic.expected, Counter()
    for patient in patients.values():
        frequent.update({(row["product_key"], row["lot_printed"]) for row in patient.lots if row["lot_printed"]})
    asked = [(expected["product"], expected["lot"])]
    return asked + [one for one, _ in frequent.most_common(most) if " | " not in "".join(one) and one[0] != "other"]


def compare_recalls(clinic, patients, differences, lots):
    expected = clinic.expected
    for product, lot in lots:
        words = ("recall", "--product", product, lot, "--as-of", expected["asOf"])
        answer = clinic.ask(*words, staff=PHARMACIST)["answer"]
        theirs = {name: [] for name in CLASSES}
        for one in answer["patients"]:
            theirs[one["class"]].append(one["reference"])
        ours = recall(patients, product, lot, expected["asOfMs"])
        for name in CLASSES:
            differences.hold("recall", f"{product} {lot} {name}", ours[name], sorted(theirs[name]))


def compare_adherence(clinic, patients, differences):
    last = clinic.today - DAY
    windows = [(last - timedelta(days=days), last) for days in (84, 365, 730)] + [(last, clinic.today + 30 * DAY)]
    for start, end in windows:
        told = clinic.ask("adherence", "--from", str(start), "--to", str(end), staff=STAFF)["patients"]
        for theirs in told:
            ours = adherence(patients[theirs["patient"]], start, end, HOME_ZONE, clinic.today)
            where = f"{theirs['patient']} {start} to {end}"
            compare_window(
                ours, theirs, lambda what, *both, where=where: differences.hold(f"adherence: {what}", where, *both)
            )


def compare_window(ours, theirs, hold):
    hold("given", ours["given"], Range(theirs["givenLowMilligrams"], theirs["givenHighMilligrams"]))
    hold("days not received", ours["days_not_received"], theirs["daysNotReceived"])
    hold("prescribed", ours["prescribed"], prescribed(theirs["prescribed"]))
    hold("observed", seen(ours.get("observed")), seen_by(theirs.get("observed")))


def prescribed(told):
    if told["state"] == "planned":
        return Fraction(told["milligrams"])
    return told["state"].replace("_", " ")


def seen(ours):
    if ours is None:
        return None
    dose = ours["dose"] and tuple(map(str, ours["dose"]))
    counts = (shown(ours[name]) for name in ("given", "in_time", "full"))
    return (str(ours["from"]), str(ours["until"]), str(ours["prescribed"]), dose, ours["closed"], *counts)


def seen_by(theirs):
    if theirs is None:
        return None
    dose = theirs.get("dose") and (theirs["dose"]["low"], theirs["dose"]["high"])
    counts = (shown(low_high(theirs[name])) for name in ("given", "inTime", "fullDoses"))
    return (theirs["from"], theirs["until"], theirs["prescribedMilligrams"], dose, theirs["slotsClosed"], *counts)


def compare_quiet(clinic, patients, differences):
    for days in (14, 60):
        for theirs in clinic.ask("quiet", "--days", str(days), staff=STAFF)["patients"]:
            ours = quiet(patients[theirs["patient"]], days, HOME_ZONE, clinic.now_ms, clinic.today)
            where = f"{theirs['patient']} {days} days"
            missed = [(slot["date"], slot["status"]) for slot in theirs["unwritten"] + theirs["perhapsUnsent"]]
            word = theirs.get("lastWord")
            found = {
                "silent": sorted(one["label"] for one in theirs["silentDevices"]),
                "last_infusion": theirs.get("lastInfusion"),
                "doses": sorted(missed),
                "last_word": word and word["date"],
            }
            ours["doses"] = sorted((str(day), status) for day, status in ours["doses"])
            for name in ("last_infusion", "last_word"):
                ours[name] = ours[name] and str(ours[name])
            for name, value in found.items():
                differences.hold(f"quiet: {name}", where, ours[name], value)


def compare_reports(clinic, patients, differences, most):
    for reference, patient in list(patients.items())[:most]:
        told = clinic.ask("report", reference, "--months", "3", staff=STAFF)
        start, end = date.fromisoformat(told["from"]), date.fromisoformat(told["until"])
        hold = lambda what, one, other: differences.hold(f"report: {what}", reference, one, other)
        compare_window(adherence(patient, start, end, HOME_ZONE, clinic.today), told["doses"], hold)
        ours = reactions(patient, start, end, HOME_ZONE)
        theirs = told["reactions"]
        hold("infusions", ours["infusions"], low_high(theirs["infusions"]))
        for one, other in (
            ("reactions", "reactions"), ("with_reaction", "infusionsWithReaction"), ("not_linked", "notLinked"),
            ("highest_grade", "highestGrade"),
        ):
            hold(f"reactions {one}", ours[one], theirs[other])
        for measure, name in (("infections", "infections"), ("antibiotic_courses", "antibiotics")):
            total = period_total(patient, measure, start, end)
            count = None if total["count"] is None else Range(total["count"], total["count"])
            hold(measure, count, told[name]["count"] and low_high(told[name]["count"]))
            hold(f"{measure}, days not covered", total["days_not_covered"], told[name]["daysNotCovered"])
        compare_outcomes(outcomes(patient, end, HOME_ZONE), told["outcomes"], hold)


def compare_outcomes(ours, theirs, hold):
    hold("measures", sorted(ours), sorted({one["measure"] for one in theirs}))
    for one in theirs:
        mine = ours.get(one["measure"])
        if mine is None:
            continue
        hold(f"{one['measure']} latest", str(mine["latest"]), one["latest"]["day"])
        hold(f"{one['measure']} numbers", mine["numbers"], one["latest"]["numbers"])
        for name, member in (("since_baseline", "sinceBaseline"), ("since_last_visit", "sinceLastVisit")):
            told = one[member]
            if told and told["difference"]:
                change = (told["from"], shown(low_high(told["difference"])))
                hold(f"{one['measure']} {name}", mine[name] and (str(mine[name][0]), shown(mine[name][1])), change)


# Whether a mistake would be seen.


def spoilt(patients, expected):
    """The same patients, their last infusion left out and the lot of the fixture nowhere to be read."""
    worse = copy.deepcopy(patients)
    for patient in worse.values():
        given = [one for one in patient.infusions if one.state == "active" and one.is_done and one.days(HOME_ZONE)]
        last = max(given, key=lambda one: one.days(HOME_ZONE), default=None)
        if last:
            patient.infusions.remove(last)
            patient.lots = [row for row in patient.lots if row["entry_id"] != last.entry]
        for row in patient.lots:
            if row["lot_printed"] == expected["lot"]:
                row["lot_printed"] = "00000000"
        patient.measurements = patient.measurements[:-6]
    return worse


def compare_figures(clinic, patients, lots, differences, most):
    compare_recalls(clinic, patients, differences, lots)
    compare_adherence(clinic, patients, differences)
    compare_quiet(clinic, patients, differences)
    compare_reports(clinic, patients, differences, most)


def unseen(clinic, patients, lots, most):
    """The kinds of figures in which a spoilt export makes no difference."""
    differences = Differences()
    compare_figures(clinic, spoilt(patients, clinic.expected), lots, differences, most)
    seen_in = {line.split(":")[0].split(",")[0] for line in differences.lines}
    return [kind for kind in ("recall", "adherence", "quiet", "report") if kind not in seen_in]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("diary", help="the command")
    parser.add_argument("--patients", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recalls", type=int, default=3, help="so many further lots are looked for")
    parser.add_argument("--reports", type=int, default=16, help="of so many patients a report is made")
    parser.add_argument("--validator", help="a Python that has fhir.resources")
    options = parser.parse_args()
    differences = Differences()
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        clinic = Clinic(options.diary, directory, options.patients, options.seed)
        csv, fhir = directory / "csv", directory / "fhir"
        clinic.ask("export", "--all", "--csv", str(csv), staff=STAFF)
        clinic.ask("export", "--all", "--fhir", str(fhir), staff=STAFF)
        patients = read([csv])
        total = compare_sums(clinic, patients, csv, fhir, differences)
        lots = recalled_lots(clinic, patients, options.recalls)
        compare_figures(clinic, patients, lots, differences, options.reports)
        blind = unseen(clinic, patients, lots, options.reports)
        valid = 0
        if options.validator:
            began = time.monotonic()
            tool = Path(__file__).parent / "validate.py"
            valid = subprocess.run([options.validator, str(tool), str(fhir)], check=False).returncode
            clinic.seconds["validate"] = time.monotonic() - began
    for line in differences.lines + [f"a spoilt export is not noticed: {kind}" for kind in blind]:
        print(line)
    for what, count in sorted(differences.held.items()):
        print(f"{count:6} {what}")
    print(", ".join(f"{name} {seconds:.1f} s" for name, seconds in clinic.seconds.items()))
    print(
        f"{len(patients)} patients, {total.told()['grams']} g: {sum(differences.held.values())} figures held,"
        f" {len(differences.lines)} differ"
    )
    return 1 if differences.lines or blind or valid else 0


if __name__ == "__main__":
    sys.exit(main())
