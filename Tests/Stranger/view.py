"""What an entry says (section 9): each field is a register of several values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import canonical
from ids import Position
from line import Event
from logs import Logs
from standing import Standing
from store import Store


@dataclass(frozen=True)
class Candidate:
    event: str
    erased: bool
    value: Any = None


@dataclass
class View:
    """An entry as a page shows it. `context` goes into what is written from that page."""

    entry: Position
    kind: str
    fields: dict[str, list[Candidate]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    questions: dict[str, list[str]] = field(default_factory=dict)  # a void: what it had not seen
    review: list[str] = field(default_factory=list)
    status: str = "none"
    context: list[Position] = field(default_factory=list)


def view(store: Store, entry: Position, standing: Standing | None = None) -> View:
    standing = standing or Standing(store.logs, store.pin)
    events = store.logs.of_entry(entry)
    counting = [event for event in events if standing.counts(event)]
    sets = {event.at: standing.counting_fields(event) for event in counting}
    shown = View(entry, store.logs.events[entry].kind)
    for name in sorted({name for names in sets.values() for name in names}):
        setters = [event for event in counting if name in sets[event.at]]
        shown.fields[name] = _candidates(store.logs, name, setters)
    shown.questions = _questions(store.logs, counting, sets, shown.fields.get("status", []))
    shown.conflicts = sorted(
        name for name, candidates in shown.fields.items()
        if not _is_settled(candidates) or (name == "status" and shown.questions)
    )
    shown.review = sorted(event.at.id for event in events if event.at not in sets)
    shown.status = _status(shown)
    shown.context = store.logs.tops(sets)
    return shown


def _candidates(logs: Logs, name: str, setters: list[Event]) -> list[Candidate]:
    standing = [
        event for event in setters
        if not any(logs.clock_covers(other.context, event.at) for other in setters)
    ]
    return sorted(
        (
            Candidate(event.at.id, True) if event.set is None
            else Candidate(event.at.id, False, event.set[name])
            for event in standing
        ),
        key=lambda candidate: candidate.event,
    )


def _is_settled(candidates: list[Candidate]) -> bool:
    if any(candidate.erased for candidate in candidates):
        return len(candidates) == 1
    # Bytes are compared: to Python, True and 1 would be the same.
    return len({canonical.write(candidate.value) for candidate in candidates}) == 1


def _questions(
    logs: Logs, counting: list[Event], sets: dict[Position, list[str]], status: list[Candidate]
) -> dict[str, list[str]]:
    """Each void that had not seen a correction, and was not seen by it, with those corrections."""
    voids = {candidate.event for candidate in status if candidate.value == "voided"}
    corrections = [
        event for event in counting
        if any(name != "status" and not name.startswith("link.") for name in sets[event.at])
    ]
    found = {}
    for void in (event for event in counting if event.at.id in voids):
        unseen = sorted(
            event.at.id for event in corrections
            if event is not void
            and not logs.clock_covers(void.context, event.at)
            and not logs.clock_covers(event.context, void.at)
        )
        if unseen:
            found[void.at.id] = unseen
    return found


def _status(shown: View) -> str:
    candidates = shown.fields.get("status")
    if not candidates:
        return "none"
    if "status" in shown.conflicts:
        return "in-question"
    only = candidates[0]
    return "voided" if only.erased or only.value == "voided" else "active"
