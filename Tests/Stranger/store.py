"""A store: one diary's lines, in the sections in which they arrived."""

from __future__ import annotations

from dataclasses import dataclass

import orders
from ids import Position
from judging import Ground, Judging
from logs import Logs
from section import Head, Section


@dataclass(frozen=True)
class Stored:
    """A section as it is kept: its lines by position, as a line may be erased later."""

    lines: list[Position]
    heads: list[Head]


class Store:
    def __init__(self, diary: str, pin: bytes | None = None) -> None:
        self.diary = diary
        self.pin = pin
        self.logs = Logs()
        self.sections: list[Stored] = []
        self._orders: dict[Position, str] = {}

    def set_pin(self, key: bytes) -> None:
        """Pins another clinic, whose orders come into force at once."""
        self.pin = key
        self._obey()

    def take(self, section: Section) -> int:
        """Takes a section whole and tells how many lines were new, or raises and takes none."""
        judged = Judging(Ground(self.diary, self.logs, self.pin, self._orders), section)
        for event in judged.new.values():
            self.logs.add(event)
        for event in judged.erased:
            self.logs.replace(event)
        if judged.new:
            heads = [head for head in section.heads if head.at in judged.new]
            self.sections.append(Stored(list(judged.new), heads))
        kinds = {self.logs.events[event.entry].kind for event in judged.new.values()}
        if "erasure" in kinds:
            self._obey()
        return len(judged.new)

    def sections_held(self) -> list[Section]:
        """Every stored section as it would be sent: together they are the whole store."""
        return [
            Section([self.logs.events[at].octets for at in stored.lines], stored.heads)
            for stored in self.sections
        ]

    def _obey(self) -> None:
        if self.pin is None:
            return
        self._orders = orders.in_force(self.logs, self.diary, self.pin)
        for at, signature in self._orders.items():
            event = self.logs.events.get(at)
            if event and not event.erasure and self._reaches(at):
                self.logs.replace(event.erased_by(signature, self.diary))

    def _reaches(self, at: Position) -> bool:
        event = self.logs.events[at]
        return orders.reaches(event, self.logs.events[event.entry].kind)
