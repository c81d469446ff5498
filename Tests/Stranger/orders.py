"""Orders to erase: which are in force, and what none reaches (section 10)."""

from __future__ import annotations

from typing import Any

import canonical
import ids
import signatures
from ids import Malformed, Position
from line import Event
from logs import Logs

WORD_FIELDS = {"role", "trusted", "access", "because"}


def reaches(event: Event, kind: str | None) -> bool:
    """Whether an order can erase an event of an entry of that kind."""
    is_word = kind == "replica" and WORD_FIELDS & set(event.fields)
    return kind != "erasure" and not is_word


def in_force(logs: Logs, diary: str, pin: bytes) -> dict[Position, str]:
    """The events that the clinic has ordered to erase, each with a signature that holds.

    The signature alone decides: it does not matter who wrote the order, nor whether that
    counts, nor whether another value has replaced it since.
    """
    found: dict[Position, str] = {}
    for entry in logs.entries:
        if logs.events[entry].kind == "erasure":
            for at, signature in _pairs(logs.of_entry(entry)):
                if signatures.holds(pin, signature, signatures.erased_text(diary, at.id)):
                    found.setdefault(at, signature)
    return found


def _pairs(events: list[Event]) -> set[tuple[Position, str]]:
    lists = _values(events, "signatures")
    erasures = [erase.get("events") for erase in _values(events, "erase") if type(erase) is dict]
    pairs = set()
    for named in filter(_is_list, erasures):
        for signed in filter(_is_list, lists):
            for at, signature in zip(named, signed):
                try:
                    ids.octets(signature, ids.SIGNATURE)
                    pairs.add((ids.position(at), signature))
                except Malformed:
                    continue  # a pair of another form is nothing; its neighbours may be sound
    return pairs


def _values(events: list[Event], field: str) -> list[Any]:
    """All values ever said of a field, each once."""
    said = [event.set[field] for event in events if event.set and field in event.set]
    return list({canonical.write(value): value for value in said}.values())


def _is_list(value: Any) -> bool:
    return isinstance(value, list)
