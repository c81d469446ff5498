"""Orders to erase: which are in force, and what none reaches (section 10)."""

from __future__ import annotations

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
    pairs = set()
    for event in events:
        said = event.set or {}
        erase, signed = said.get("erase"), said.get("signatures")
        named = erase.get("events") if isinstance(erase, dict) else None
        if not isinstance(named, list) or not isinstance(signed, list):
            continue
        for at, signature in zip(named, signed):
            try:
                ids.octets(signature, ids.SIGNATURE)
                pairs.add((ids.position(at), signature))
            except Malformed:
                continue  # a pair of another form is nothing; its neighbours may be sound
    return pairs
