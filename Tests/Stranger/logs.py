"""Logs are trees; positions, clocks and what they cover (section 7)."""

from __future__ import annotations

from collections import defaultdict
from typing import Iterable

from ids import Position
from line import Event


class Branch:
    """A stretch of a log in which each event but the first follows the one before."""

    def __init__(self, stem: Branch | None, leaves_after: int, tip: Position) -> None:
        self.stem = stem
        self.leaves_after = leaves_after  # the stem's last seq below this branch
        self.tip = tip


class Logs:
    """The events held. They are added in causal order; none is ever taken out."""

    def __init__(self) -> None:
        self.events: dict[Position, Event] = {}
        self.entries: dict[Position, list[Position]] = defaultdict(list)
        self.introductions: dict[str, list[Event]] = defaultdict(list)
        self._branches: dict[Position, Branch] = {}
        self._tips: set[Position] = set()

    def add(self, event: Event) -> None:
        stem = self._branches[event.prev] if event.prev else None
        if stem and stem.tip == event.prev:
            stem.tip = event.at
            branch = stem
        else:
            branch = Branch(stem, event.at.seq - 1, event.at)
        self._branches[event.at] = branch
        self._tips.discard(event.prev)
        self._tips.add(event.at)
        self.events[event.at] = event
        self.entries[event.entry].append(event.at)
        if event.introduces:
            self.introductions[event.at.replica].append(event)

    def replace(self, erased: Event) -> None:
        """Puts the erased form in place of a body; everything else about it is the same."""
        self.events[erased.at] = erased

    def of_entry(self, entry: Position) -> list[Event]:
        return [self.events[at] for at in self.entries.get(entry, [])]

    def frontier(self) -> list[Position]:
        return sorted(self._tips)

    def tips_of(self, replica: str) -> list[Position]:
        return sorted(at for at in self._tips if at.replica == replica)

    def covers(self, at: Position, event: Position) -> bool:
        """Whether `event` is at or below `at` on its branch. What is not held covers nothing."""
        if at not in self.events or event not in self.events:
            return False
        branch, seq = self._branches[at], at.seq
        while branch is not self._branches[event]:
            if branch.stem is None:
                return False
            branch, seq = branch.stem, branch.leaves_after
        return event.seq <= seq

    def clock_covers(self, clock: Iterable[Position], event: Position) -> bool:
        return any(self.covers(at, event) for at in clock)

    def tops(self, positions: Iterable[Position]) -> list[Position]:
        """Those that no other of them covers, without those not held."""
        held = {at for at in positions if at in self.events}
        return sorted(
            at for at in held if not any(self.covers(other, at) for other in held - {at})
        )

    def order(self, left: Iterable[Position], right: Iterable[Position]) -> str:
        """Of two clocks: `equal`, `before`, `after` or `concurrent`."""
        left, right = self.tops(left), self.tops(right)
        within = all(self.clock_covers(right, at) for at in left)
        around = all(self.clock_covers(left, at) for at in right)
        return {
            (True, True): "equal", (True, False): "before",
            (False, True): "after", (False, False): "concurrent",
        }[within, around]
