"""What of a store to send: stored sections, joined, up to a page (5.5, 12.2 and 13.2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Collection, Mapping

import section
import signatures
from ids import Position
from line import Event
from section import Head, Section
from signatures import Signer
from store import Store


@dataclass
class Part:
    """Lines in causal order and the heads that stand for them; not yet joined."""

    events: list[Event] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(event.size for event in self.events)


@dataclass
class Page:
    sections: list[Section]
    is_last: bool


def page(
    store: Store,
    known: Collection[Position],
    limit: int,
    aside: Collection[Position] = (),
    keys: Mapping[str, Signer] | None = None,
) -> Page:
    """The first page of what a peer is not known to hold, without what is set aside."""
    parts = _parts(store, known, aside, keys or {})
    chosen: list[Part] = []
    size = 0
    for part in parts:
        size += part.size
        if chosen and size > limit:
            break
        chosen.append(part)
    return Page(
        [_section(store, part) for part in _joined(chosen)], len(chosen) == len(parts)
    )


def _parts(
    store: Store,
    known: Collection[Position],
    aside: Collection[Position],
    keys: Mapping[str, Signer],
) -> list[Part]:
    """Each stored section without what is known or left behind.

    A line whose head was left behind and cannot be signed anew stays behind, too, and so does
    what rests on it; hence the repetition.
    """
    behind = set(aside)
    while True:
        _add_what_rests_on(store, behind)
        parts, headless = [], set()
        for stored in store.sections:
            events = [
                store.logs.events[at] for at in stored.lines
                if at not in behind and not store.logs.clock_covers(known, at)
            ]
            part = Part(events, [head for head in stored.heads if head.at not in behind])
            lacking = _without_head(store, part) if behind else []
            for tip in store.logs.tops(lacking):
                if tip.replica in keys:
                    signed = signatures.head_text(store.diary, tip)
                    part.heads.append(Head(tip, keys[tip.replica].sign(signed)))
            headless |= {at for at in lacking if at.replica not in keys}
            if events:
                parts.append(part)
        if not headless:
            return parts
        behind |= headless


def _add_what_rests_on(store: Store, behind: set[Position]) -> None:
    if behind:
        for stored in store.sections:  # in order of arrival, so once is enough
            for at in stored.lines:
                if not behind.isdisjoint(store.logs.events[at].rests_on()):
                    behind.add(at)


def _without_head(store: Store, part: Part) -> list[Position]:
    heads = [head.at for head in part.heads]
    return [
        event.at for event in part.events if not store.logs.clock_covers(heads, event.at)
    ]


def _joined(parts: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].size + part.size <= section.LONGEST:
            joined[-1].events += part.events
            joined[-1].heads += part.heads
        else:
            joined.append(part)
    return joined


def _section(store: Store, part: Part) -> Section:
    lines = {event.at for event in part.events}
    tops = store.logs.tops(head.at for head in part.heads if head.at in lines)
    signed = dict(part.heads)
    return Section(
        [event.octets for event in part.events], [Head(at, signed[at]) for at in tops]
    )
