"""What was given (domain 2.9, 4.1 and 6): copies of one infusion count once, an open question is a range."""

from collections import defaultdict
from dataclasses import dataclass

from diary import NOTHING, Range


@dataclass(frozen=True)
class Part:
    """One infusion, or the copies of one."""

    amount: Range
    smallest: int
    is_certain: bool
    has_question: bool


def grams(infusion):
    return infusion.grams


def once(infusion):
    """To count infusions instead of grams."""
    return Range(1, 1)


def alone(infusion, amount):
    here = amount(infusion)
    if infusion.is_in_question:
        return Part(Range(0, here.high), here.low, False, True)
    return Part(here, here.low, True, False)


def copies(question, members, amount):
    """The copies of one infusion; None where all of them are voided."""
    live = [one for one in members if one.is_live]
    if not live:
        return None
    left = [one for one in live if one.state != "set_aside"]
    if question == "same" and len(left) == 1:
        return alone(left[0], amount)
    smallest = min(amount(one).low for one in live)
    highest = max(amount(one).high for one in live)
    if question == "same_against_different":
        highest = max(highest, sum(amount(one).high for one in live))
    is_certain = question not in ("counted_voided", "status_in_conflict") and any(
        not one.is_in_question for one in live
    )
    return Part(Range(smallest if is_certain else 0, highest), smallest, is_certain, True)


def clusters(infusions, amount):
    """Lists of (part, members): in one list those that may be one infusion, by what nobody has answered."""
    grouped, found = defaultdict(list), defaultdict(list)
    for infusion in infusions:
        names = infusion.groups()
        joined = next((name for name in names if name[0] != "probable"), None)
        if joined:
            grouped[joined].append(infusion)
        elif infusion.state == "active":
            probable = next(iter(names), ("alone", infusion.entry))
            found[probable].append((alone(infusion, amount), [infusion]))
    for name, members in grouped.items():
        part = copies(name[0], members, amount)
        probable = next((one for each in members for one in each.groups() if one[0] == "probable"), name)
        if part:
            found[probable].append((part, members))
    return list(found.values())


def together(cluster):
    """From one of them to all."""
    parts = [part for part, _ in cluster]
    if len(parts) == 1:
        return parts[0].amount
    low = min(part.smallest for part in parts) if any(part.is_certain for part in parts) else 0
    return Range(low, sum(part.amount.high for part in parts))


def given(infusions, amount=grams):
    return sum((together(cluster) for cluster in clusters(infusions, amount)), NOTHING)


def place(spans, start, end):
    """Where something lies of which these days are said: inside [start, end), outside, perhaps."""
    places = {
        "inside" if start <= first and last < end else "outside" if last < start or first >= end else "perhaps"
        for first, last in spans
    }
    return places.pop() if len(places) == 1 else "perhaps"


def given_where(infusions, where, amount=grams):
    """What lies inside, as `where` says of each infusion.

    Copies are looked at together. Where nobody asks anything only the place of the one that counts matters;
    otherwise the answer decides whether anything lies inside, so the low end is 0.
    """
    total = NOTHING
    for cluster in clusters(infusions, amount):
        members = [one for _, members in cluster for one in members]
        places = {one.entry: where(one) for one in members}
        if set(places.values()) == {"inside"}:
            total += together(cluster)
        elif set(places.values()) != {"outside"}:
            total += cut(cluster, [one for one in members if places[one.entry] != "outside"], places, amount)
    return total


def cut(cluster, here, places, amount):
    if len(cluster) > 1 or cluster[0][0].has_question:
        return Range(0, given(here, amount).high)
    counting = [one for one in here if one.state == "active"]
    total = NOTHING
    for one in counting:
        mine = amount(one)
        total += mine if places[one.entry] == "inside" else Range(0, mine.high)
    return total


def given_in(infusions, start, end, zone, amount=grams):
    return given_where(infusions, lambda one: place(one.spans(zone), start, end), amount)


def given_by(infusions, entries, amount=grams):
    return given_where(infusions, lambda one: "inside" if one.entry in entries else "outside", amount)
