"""Sync, the asking side (section 13.2)."""

from __future__ import annotations

from typing import Any, Callable, Mapping

import ids
import message
import outgoing
import signatures
from ids import Malformed, Position
from judging import Refused, RestsOnUnheld
from line import Event
from section import Section
from signatures import Signer
from store import Store


class SyncFailed(Exception):
    """The sync cannot go on. What was stored stays stored; nothing is lost."""


class Sync:
    """One sync with one peer: `request`, `answer` and so on until there is an `ending`.

    `known` is what the caller remembers of the peer from one sync to the next (None: never met).
    """

    def __init__(
        self,
        store: Store,
        known: list[Position] | None,
        keys: Mapping[str, Signer],
        page: int = message.PAGE,
    ) -> None:
        self.known = known
        self.aside: list[Position] = []
        self.ending: str | None = None
        self.round_trips = 0
        self._store = store
        self._keys = keys
        self._page = page
        self._announced: list[Position] = []
        self._sent = outgoing.Page([], True)

    def run(self, exchange: Callable[[bytes], bytes]) -> None:
        """Asks until the sync ends. It never loops: each round learns, stores or sets aside."""
        while self.ending is None:
            self.answer(exchange(self.request()))

    def request(self) -> bytes:
        store = self._store
        self._announced = store.logs.frontier()
        self._sent = outgoing.Page([], True)
        if self.known is not None:
            if self.aside:
                # So the peer does not seem to lack what it will never get.
                self._announced = store.logs.tops(self.known)
            self._sent = outgoing.page(
                store, self.known, self._page, self.aside, self._keys
            )
        header = {"diary": store.diary, "frontier": self._announced, "sync": 1}
        return message.write(header, self._sent.sections)

    def answer(self, octets: bytes) -> None:
        try:
            header, given = message.read(octets)
            answer = Answer(header)
        except (message.Problem, Malformed) as error:
            raise SyncFailed(f"the answer cannot be read: {error}") from error
        self._check(answer)
        stored = self._take(given)
        learnt = self._learn(answer, given)
        self.round_trips += 1
        if answer.refused:
            self._set_aside(answer)
            return
        missing = [at for at in answer.frontier or [] if at not in self._store.logs.events]
        all_sent = answer.taken == len(self._sent.sections) and self._sent.is_last
        if not answer.lacks and not missing and (all_sent or not self.aside):
            self._check_coverage(answer)
            self.ending = self._name_ending(answer)
        elif not stored and not learnt:
            log = next(iter(answer.lacks + missing), None)
            raise SyncFailed(f"the lines of log {log.replica if log else '?'} never come")

    def _check(self, answer: Answer) -> None:
        """Whether an answer fits what was asked; nothing of it is stored before."""
        sent = self._sent.sections
        if answer.taken > len(sent):
            raise SyncFailed("more was taken than was sent")
        if answer.refused:
            at, line = answer.refused
            if at != answer.taken or at >= len(sent) or line >= len(sent[at].lines):
                raise SyncFailed("what was refused was not sent")
        if self._store.pin and answer.frontier is not None:
            if answer.receipt is None:
                raise SyncFailed("no receipt from the clinic")
            ms, signature = answer.receipt
            signed = signatures.receipt_text(self._store.diary, ms, answer.frontier)
            if not signatures.holds(self._store.pin, signature, signed):
                raise SyncFailed("the receipt does not hold under the pinned key")

    def _check_coverage(self, answer: Answer) -> None:
        """Whether a frontier holds what was announced: an older one may be a recording."""
        if answer.frontier is None:
            return
        for at in self._announced:
            if not self._store.logs.clock_covers(answer.frontier, at):
                raise SyncFailed(f"the frontier does not cover log {at.replica}")

    def _take(self, given: list[Section]) -> int:
        try:
            return sum([self._store.take(section) for section in given])
        except (Refused, RestsOnUnheld) as error:
            raise SyncFailed(f"a section of the answer: {error}") from error

    def _learn(self, answer: Answer, given: list[Section]) -> bool:
        """Brings `known` up to date and tells whether anything was learnt."""
        logs = self._store.logs
        before = self.known
        now_known = [at for at in self._announced if at not in answer.lacks]
        now_known += answer.frontier or []
        for section in self._sent.sections[:answer.taken] + given:
            now_known += [head.at for head in section.heads]
        if self.round_trips:
            now_known += before or []
        self.known = logs.tops(now_known)
        return before is None or logs.order(before, self.known) != "equal"

    def _set_aside(self, answer: Answer) -> None:
        section, line = answer.refused
        at = Event(self._sent.sections[section].lines[line], self._store.diary).at
        if at in self.aside:
            raise SyncFailed("a line was refused that is aside already")
        self.aside.append(at)

    def _name_ending(self, answer: Answer) -> str:
        if answer.unconfirmed:
            return "unconfirmed"
        if answer.frontier is None:
            return "closed"
        return "refused-some" if self.aside else "equal"


class Answer:
    """The header of an answer (12.3). Members it does not know are ignored."""

    def __init__(self, header: dict[str, Any]) -> None:
        self.lacks = ids.clock(header.get("lacks"))
        self.taken = _count(header.get("taken"))
        self.frontier = ids.clock(header["frontier"]) if "frontier" in header else None
        self.unconfirmed = header.get("unconfirmed") is True
        self.receipt: tuple[int, str] | None = None
        if "receipt" in header:
            receipt = _object(header["receipt"])
            ids.octets(receipt.get("signature"), ids.SIGNATURE)
            self.receipt = _integer(receipt.get("ms")), receipt["signature"]
        self.refused: tuple[int, int] | None = None  # whatever the type, the line is aside
        if "refused" in header:
            refused = _object(header["refused"])
            self.refused = _count(refused.get("section")), _count(refused.get("line"))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed("not an object")
    return value


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise Malformed("not a number")
    return value


def _count(value: Any) -> int:
    if _integer(value) < 0:
        raise Malformed("a number below 0")
    return value
