"""What may be stored: the one procedure for local writing and for receiving (section 6)."""

from __future__ import annotations

from dataclasses import dataclass

import orders
import section
import signatures
from ids import Malformed, Position
from line import Event
from logs import Logs
from section import Head, Section


class RestsOnUnheld(Exception):
    """Not now: the section rests on something that is not held."""


class Refused(Exception):
    """It never fits."""

    def __init__(self, at_line: int, type_: str) -> None:
        super().__init__(f"line {at_line} is refused as {type_}")
        self.line = at_line
        self.type = type_


@dataclass
class Ground:
    """What a section is judged against: the lines held, the pin and the orders in force."""

    diary: str
    logs: Logs
    pin: bytes | None
    orders: dict[Position, str]


class Judging:
    """One section's way through the checks. Raises, or leaves what has to be stored."""

    def __init__(self, ground: Ground, judged: Section) -> None:
        self.new: dict[Position, Event] = {}
        self.erased: list[Event] = []  # erased forms of what is held with its body
        self._ground = ground
        self._lines: dict[Position, int] = {}
        if not judged.lines or (len(judged.lines) > 1 and judged.size > section.LONGEST):
            raise Refused(0, "section")
        for number, octets in enumerate(judged.lines):
            self._judge(number, octets)
        if self.new:
            self._judge_heads(judged.heads)

    def _find(self, at: Position) -> Event:
        """What is held, or stands above in this section."""
        found = self.new.get(at) or self._ground.logs.events.get(at)
        if not found:
            raise RestsOnUnheld(f"{at} is not held")
        return found

    def _judge(self, number: int, octets: bytes) -> None:
        ground = self._ground
        try:
            event = Event(octets, ground.diary)
        except Malformed as error:
            raise Refused(number, "malformed") from error
        self._lines.setdefault(event.at, number)
        if event.erasure:
            self._check_erasure(number, event)
        if event.at in self.new or event.at in ground.logs.events:
            self._step_over(number, event)
            return
        if event.prev:
            self._find(event.prev)
        self._check_entry(number, event)
        if event.continues:
            old = self._find(event.continues)
            signed = signatures.continue_text(ground.diary, old.at, event.at.replica)
            if not signatures.holds(self._key(old.at.replica), event.continuation, signed):
                raise Refused(number, "wrongly-signed")
        order = ground.orders.get(event.at)
        if order and not event.erasure and self._reaches(event):
            event = event.erased_by(order, ground.diary)
        self.new[event.at] = event

    def _check_erasure(self, number: int, event: Event) -> None:
        ground = self._ground
        if ground.pin is None:
            raise RestsOnUnheld("without a pin nobody can tell who may erase")
        signed = signatures.erased_text(ground.diary, event.at.id)
        if not signatures.holds(ground.pin, event.erasure, signed):
            raise Refused(number, "wrongly-signed")

    def _step_over(self, number: int, event: Event) -> None:
        if not event.erasure:
            return
        if not self._reaches(event):
            raise Refused(number, "malformed")
        if event.at in self.new:
            self.new[event.at] = event
        else:
            self.erased.append(event)

    def _check_entry(self, number: int, event: Event) -> None:
        if not event.kind and not self._find(event.entry).kind:
            raise Refused(number, "malformed")
        if event.erasure and not self._reaches(event):
            raise Refused(number, "malformed")
        for at in event.context:
            if self._find(at).entry != event.entry:
                raise Refused(number, "malformed")

    def _reaches(self, event: Event) -> bool:
        return orders.reaches(event, event.kind or self._find(event.entry).kind)

    def _key(self, replica: str) -> bytes:
        """A replica's key. Two introductions of one replica hold the same key."""
        held = self._ground.logs.introductions.get(replica)
        if held:
            return held[0].key
        return next(
            event.key for event in self.new.values()
            if event.introduces and event.at.replica == replica
        )

    def _judge_heads(self, heads: list[Head]) -> None:
        covered: set[Position] = set()
        for at, signature in heads:
            if at not in self._lines:
                raise Refused(0, "section")
            signed = signatures.head_text(self._ground.diary, at)
            if not signatures.holds(self._key(at.replica), signature, signed):
                raise Refused(self._lines[at], "wrongly-signed")
            # What is held rests on nothing new, so the way down ends at the first held line.
            below: Position | None = at
            while below in self.new and below not in covered:
                covered.add(below)
                below = self.new[below].prev
        for at in self.new:
            if at not in covered:
                raise Refused(self._lines[at], "section")
