"""Figures from an exported CSV alone: `figures.py [--from DAY --to DAY] [--zone ZONE] EXPORT ...`

A second calculation, written from the domain's words and sharing nothing with the product: grams given, number of
infusions, not done by reason and lots for each patient; and adherence, where a window is named and an EXPORT is a
directory, which has the plans. It prints one JSON object. Grams are exact (in milligrams and as text), shares are
fractions; what people disagree about is a range.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from adherence import adherence
from diary import Range, read, said
from given import given, given_in
from lots import lot_key


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
        "infusions": len(done),
        "not_done": dict(sorted(reasons.items())),
        "states": dict(sorted(Counter(one.state for one in infusions).items())),
        "lots": {key: sorted(products) for key, products in sorted(lots.items())},
        "lines_without_lot": sum(
            1 for one in active for row in one.rows if row["product_key"] and not row["lot_printed"]
        ),
        "lot_keys_that_differ": odd,
    }


def report(places, start=None, end=None, zone=ZoneInfo("UTC")):
    told = {}
    for reference, patient in read(places).items():
        infusions = patient.infusions
        own = figures(infusions)
        own["without_a_day"] = sum(1 for one in infusions if one.days(zone) is None)
        if start is None or end is None:
            own["given"] = given(infusions).told()
        else:
            own["given"] = given_in(infusions, start, end, zone).told()
            own["adherence"] = adherence(patient, start, end, zone, today=end)
        told[reference] = own
    return told


def plain(value):
    if isinstance(value, Range):
        return value.told()
    if isinstance(value, (Fraction, date)):
        return str(value)
    raise TypeError(type(value).__name__)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--from", dest="start", type=date.fromisoformat, help="the first day of the window")
    parser.add_argument("--to", dest="end", type=date.fromisoformat, help="the day after its last")
    parser.add_argument("--zone", type=ZoneInfo, default=ZoneInfo("UTC"), help="the home zone, in which days are counted")
    parser.add_argument("exports", nargs="+")
    options = parser.parse_args()
    told = report(options.exports, options.start, options.end, options.zone)
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True, default=plain)
    print()


if __name__ == "__main__":
    main()
