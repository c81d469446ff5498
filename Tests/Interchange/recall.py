"""Who has had a lot (domain 5.2), looked for in the exported tables alone."""

import re
from collections import defaultdict
from datetime import date, datetime, timezone

from diary import end_of_month, instant, listed, said
from lots import are_family, is_near, lot_key
from plans import plan_of

CLASSES = ["INFUSED", "HELD", "POSSIBLE", "VOIDED_MATCH", "UNKNOWN", "CLEAR"]


def keys(row):
    return {lot_key(one) for one in said(row["lot_printed"]) if one} - {""}


def products(row):
    """What a line names; None for a product that nobody named."""
    return {one if one not in ("", "unknown", "declined", "not_understood") else None for one in said(row["product_key"])}


def may_lie_from(row, first):
    """Whether it may have happened on that day or later, wherever it was."""
    walls, instants = said(row["start_local"]), said(row["start_utc"])
    if any(not re.match(r"\d{4}-", wall) for wall in walls):
        return True
    for wall in walls:
        day = end_of_month(date.fromisoformat(wall + "-01")) if len(wall) == 7 else date.fromisoformat(wall[:10])
        if day >= first:
            return True
    return any(one and instant(one).astimezone(timezone.utc).date() >= first for one in instants)


class Search:
    """One lot of one product, looked for in the diaries of one patient."""

    def __init__(self, product, lot, as_of_ms):
        self.product = product
        self.key = lot_key(lot)
        self.as_of_ms = as_of_ms
        as_of = datetime.fromtimestamp(as_of_ms / 1000, timezone.utc).date()
        self.first = date(as_of.year - 2, as_of.month, min(as_of.day, end_of_month(as_of.replace(day=1, year=as_of.year - 2)).day))

    def is_asked(self, product):
        return product in (None, "other", self.product)

    def classify(self, patient):
        """The class of a patient; None for one whom the search is not about."""
        entries = defaultdict(list)
        for row in patient.lots:
            entries[row["entry_id"]].append((row, True))
        for row in patient.earlier_lots:
            entries[row["entry_id"]].append((row, row["standing"] == "to_review"))
        scanned = {
            key
            for row in patient.lots
            if row["state"] in ("active", "set_aside") and set(said(row["entry_method"])) == {"scanned"}
            for key in keys(row)
        }
        found, answers, unknown, names_product = set(), False, not patient.is_complete(self.as_of_ms), False
        for rows in entries.values():
            for row, stands in rows:
                verdicts = self.verdicts(row, stands, rows, scanned)
                answers = answers or bool(verdicts)
                found |= verdicts - {"another lot"}
            if any(may_lie_from(row, self.first) for row, _ in rows):
                names_product = names_product or self.names(rows)
                unknown = unknown or self.leaves_unknown(rows)
        is_blank = not any(row["kind"] == "infusion" or row["line"] for row in patient.lots)
        planned = self.planned(patient)
        is_about = (
            answers
            or any(map(self.is_asked, planned))
            or names_product
            or (is_blank and not planned and not patient.is_complete(self.as_of_ms))
        )
        if not is_about:
            return None
        if found:
            return min(found, key=CLASSES.index)
        return "UNKNOWN" if unknown else "CLEAR"

    def planned(self, patient):
        """The products of the versions that hold in the window, with their permitted substitutes."""
        plan = plan_of(patient)
        if plan is None or plan == "several":
            return set()
        holding = [version for version, _, until in plan.spans() if until > self.first]
        holding += [plan.versions[row["plan_version"]] for row in plan.in_conflict()]
        return {one for version in holding for one in (version.product, *version.substitutes)}

    def verdicts(self, row, stands, rows, scanned):
        found = set()
        for key in keys(row):
            for product in products(row):
                if key == self.key:
                    found.add(self.exact(row, stands, rows) if product == self.product else "POSSIBLE")
                elif (product in (None, "other") or are_family(product, self.product)) and is_near(key, self.key):
                    is_scanned = set(said(row["entry_method"])) == {"scanned"} or key in scanned
                    found.add("another lot" if is_scanned else "POSSIBLE")
        return found

    def exact(self, row, stands, rows):
        stands = stands or any(
            standing and self.key in keys(other) and self.product in products(other) for other, standing in rows
        )
        if not stands:
            return "POSSIBLE"
        if is_out(rows):
            return "VOIDED_MATCH"
        return "HELD" if row["kind"] == "stock" else "INFUSED"

    def names(self, rows):
        lines = [row for row, _ in rows if row["line"]]
        if not lines:
            return rows[0][0]["kind"] == "infusion" and not is_out(rows) and may_be_given(rows)
        return any(self.is_asked(product) for row in lines for product in products(row))

    def leaves_unknown(self, rows):
        """Vials without a lot, an infusion without vials, something that nobody here can read."""
        kind = rows[0][0]["kind"]
        if kind not in ("infusion", "stock") or any("erased" in said(row["lot_printed"]) for row, _ in rows):
            return True
        if is_out(rows):
            return False
        standing = [row for row, stands in rows if stands and row["line"]]
        if kind == "infusion" and not standing:
            return may_be_given(rows)
        if kind == "stock" and said(rows[0][0]["outcome"]) in (["loss"], ["move"]):
            return False
        return any(not keys(row) for row in standing)


def is_out(rows):
    """Voided, or set aside by agreement for a copy that counts."""
    main = next((row for row, _ in rows if "duplicate_group" in row), rows[0][0])
    agreed = any(name.startswith("same:") for name in listed(main.get("duplicate_group", "")))
    return main["state"] == "voided" or (main["state"] == "set_aside" and agreed)


def may_be_given(rows):
    main = next((row for row, _ in rows if "outcome" in row), None)
    if main is None:
        return True
    elsewhere = "infused_elsewhere" in said(main["not_done_reason"])
    return elsewhere or set(said(main["outcome"])) != {"not_done"}


def recall(patients, product, lot, as_of_ms):
    """Each patient whom the search is about, by class."""
    search = Search(product, lot, as_of_ms)
    found = {name: [] for name in CLASSES}
    for reference, patient in patients.items():
        verdict = search.classify(patient)
        if verdict:
            found[verdict].append(reference)
    return found
