"""The clinic's side, as far as the vectors play it: answering a sync, checking a join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ids
import line
import message
import outgoing
import signatures
from ids import Malformed
from judging import Refused, RestsOnUnheld
from line import Event, WeakKey
from message import Problem
from section import Section
from signatures import Signer
from standing import Standing
from store import Store


@dataclass
class Clinic:
    """A clinic that answers one device, `asker`, in one diary (13.1)."""

    store: Store
    signer: Signer
    asker: str
    unconfirmed: bool = False
    page: int = message.PAGE

    def answer(self, request: bytes, ms: int) -> bytes:
        header, sections = message.read(request)
        announced = ids.clock(header.get("frontier"))
        answer: dict[str, Any] = {"sync": 1, "taken": 0}
        for number, section in enumerate(sections):
            try:
                self.store.take(section)
            except RestsOnUnheld:
                break
            except Refused as refused:
                answer["refused"] = {
                    "line": refused.line, "section": number, "type": refused.type,
                }
                break
            answer["taken"] = number + 1
        logs = self.store.logs
        answer["lacks"] = [at for at in announced if at not in logs.events]
        if self.unconfirmed:
            answer["unconfirmed"] = True
        if self.unconfirmed or Standing(logs, self.store.pin).is_closed(self.asker):
            return message.write(answer, [])
        frontier = logs.frontier()
        signed = signatures.receipt_text(self.store.diary, ms, frontier)
        answer["frontier"] = frontier
        answer["receipt"] = {"ms": ms, "signature": self.signer.sign(signed)}
        if answer["lacks"]:
            return message.write(answer, [])
        taken = sections[:answer["taken"]]
        held = announced + [head.at for section in taken for head in section.heads]
        return message.write(answer, outgoing.page(self.store, held, self.page).sections)


def check_finish(finish: bytes, clinic: bytes, challenge: str) -> None:
    """The checks of 16.3 that need nothing but the message; raises the first problem."""
    if finish.count(b"\n") != 3:
        raise Problem("malformed", "not exactly three lines")
    header, sections = message.read(finish, "enrol")
    if len(sections) != 1:
        raise Problem("malformed", "not exactly one section")
    try:
        _check_joining(header, sections[0], clinic, challenge)
    except WeakKey as error:
        raise Problem("weak-key", str(error)) from error
    except Malformed as error:
        raise Problem("malformed", str(error)) from error


def _check_joining(
    header: dict[str, Any], section: Section, clinic: bytes, challenge: str
) -> None:
    diary, chain, label = (header.get(name) for name in ("diary", "chain", "label"))
    ids.octets(diary, ids.ID)
    ids.octets(header.get("challenge"), ids.HASH)
    if not isinstance(chain or [], list) or len(chain or []) > 1000:
        raise Malformed("not a chain")
    if not isinstance(label, str) or len(label.encode()) > 200:
        raise Malformed("not a label")
    introduction = Event(section.lines[0], diary)
    if not introduction.introduces or introduction.continues or introduction.erasure:
        raise Malformed("not a first replica's introduction")
    key, replica = introduction.key, introduction.at.replica
    for link in chain or []:
        key, replica = _follow(diary, key, replica, link)
    if replica != header.get("replica"):
        raise Malformed("the chain does not end at the present replica")
    signed = signatures.enrol_text(clinic, diary, replica, challenge)
    signature = header.get("signature")
    if header["challenge"] != challenge or not signatures.holds(key, signature, signed):
        raise Problem("wrong-challenge")
    try:
        Store(diary).take(section)
    except (Refused, RestsOnUnheld) as error:
        raise Malformed(str(error)) from error


def _follow(diary: str, key: bytes, replica: str, link: Any) -> tuple[bytes, str]:
    """From one replica of a chain to the next: its key and its id."""
    if not isinstance(link, dict):
        raise Malformed("a link that is no object")
    old, signature = line.signed_position(link.get("continues"))
    new_key = ids.octets(link.get("key"), ids.HASH)
    new = ids.replica_id(diary, new_key, ids.octets(link.get("nonce"), ids.ID))
    if old.replica != replica:
        raise Malformed("a link that continues another replica")
    if signatures.is_weak(new_key):
        raise WeakKey("a weak key")
    if not signatures.holds(key, signature, signatures.continue_text(diary, old, new)):
        raise Problem("wrong-challenge")
    return new_key, new
