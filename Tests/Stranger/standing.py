"""What counts: a function of the lines held and of the pinned key alone (section 8)."""

from __future__ import annotations

from typing import Any

import ids
from ids import Malformed, Position
from line import Event
from logs import Logs

CLINIC = "clinic"  # the clinic's and former clinics' logs
OWN = "own"  # those, and the device whose log began the entry
PINNED = "pinned"  # the logs under the pinned key
ANY = "any"


class Standing:
    """What counts of one state of a store. It is thrown away when the store takes a line."""

    def __init__(self, logs: Logs, pin: bytes | None) -> None:
        self._logs = logs
        self._pinned = {
            replica for replica, introductions in logs.introductions.items()
            if any(event.key == pin for event in introductions)
        }
        self._words = [
            event for event in logs.events.values()
            if event.at.replica in self._pinned and not event.introduces
            and logs.events[event.entry].kind == "replica"
        ]
        self.in_force = any("trusted" in word.fields for word in self._words)
        self._firsts: dict[str, set[str]] = {}
        self._values: dict[tuple[str, str], list[Any]] = {}

    def counts(self, event: Event) -> bool:
        if not self.in_force or event.at.replica in self._pinned:
            return True
        return all(
            self._trusts(first, event.at) for first in self.firsts(event.at.replica)
        )

    def counting_fields(self, event: Event) -> list[str]:
        """Those of an event's fields that count, of an event that counts."""
        if not self.in_force or event.at.replica in self._pinned:
            return event.fields
        kind = self._logs.events[event.entry].kind
        return [field for field in event.fields if self._may_set(event, kind, field)]

    def firsts(self, replica: str) -> set[str]:
        """Where a replica's chain begins; several, where a log was introduced twice."""
        if replica not in self._firsts:
            self._firsts[replica] = self._find_firsts(replica)
        return self._firsts[replica]

    def is_closed(self, replica: str) -> bool:
        return self._is_said(replica, "access", "closed")

    def trust(self, replica: str) -> str:
        """How far a replica is trusted: `all`, `some` (as far as a list goes) or `none`."""
        if not self.in_force or replica in self._pinned:
            return "all"
        said = [self._standing(first, "trusted") for first in self.firsts(replica)]
        values = [value for standing in said for value in standing]
        if not all(said) or any(value != "all" and type(value) is not list for value in values):
            return "none"
        return "all" if all(value == "all" for value in values) else "some"

    def _find_firsts(self, replica: str) -> set[str]:
        found, met, ahead = set(), set(), [replica]
        while ahead:
            current = ahead.pop()
            if current in met:
                continue  # two introductions can continue each other in a circle
            met.add(current)
            for introduction in self._logs.introductions.get(current, []):
                if introduction.continues:
                    ahead.append(introduction.continues.replica)
                else:
                    found.add(current)
        return found or {replica}

    def _standing(self, first: str, field: str) -> list[Any]:
        """The values of a field that the clinic's words on a device leave standing."""
        if (first, field) not in self._values:
            words = [
                word for word in self._words
                if word.entry.replica == first and field in word.fields
            ]
            self._values[first, field] = [
                word.set[field] for word in words
                if word.set is not None and not any(
                    self._logs.clock_covers(other.context, word.at)
                    for other in words if other is not word
                )
            ]
        return self._values[first, field]

    def _trusts(self, first: str, at: Position) -> bool:
        values = self._standing(first, "trusted")
        return bool(values) and all(self._relies_on(value, at) for value in values)

    def _relies_on(self, value: Any, at: Position) -> bool:
        if isinstance(value, list):
            return self._logs.clock_covers(_positions(value), at)
        return value == "all"

    def _is_said(self, replica: str, field: str, value: str) -> bool:
        return any(value in self._standing(first, field) for first in self.firsts(replica))

    def _may_set(self, event: Event, kind: str | None, field: str) -> bool:
        whose = _counts_from(kind, field)
        if whose == ANY:
            return True
        if whose == PINNED:
            return False
        if self._is_said(event.at.replica, "role", "clinic"):
            return True
        same_device = self.firsts(event.at.replica) & self.firsts(event.entry.replica)
        return whose == OWN and bool(same_device)


def _counts_from(kind: str | None, field: str) -> str:
    """The table of section 8, point 8."""
    match kind, field:
        case "replica", "role" | "trusted" | "access" | "because":
            return PINNED
        case ("replica", "label") | ("person", "name"):
            return OWN
        case "erasure", "asked":
            return ANY
        case ("erasure" | "plan" | "training" | "notice"), _:
            return CLINIC
        case ("question", "ask") | ("reaction", "grade.assessed"):
            return CLINIC
        case _:
            return ANY


def _positions(value: list[Any]) -> list[Position]:
    found = []
    for item in value:
        try:
            found.append(ids.position(item))
        except Malformed:
            continue  # an item that is no position covers nothing
    return found
