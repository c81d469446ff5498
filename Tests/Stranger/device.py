"""A device: a store, the keys of its replicas, and what it does with them (section 11)."""

from __future__ import annotations

import json
import secrets
import time
from datetime import datetime
from typing import Any

import ids
import line
import message
import section
import signatures
from ids import Position
from section import Head, Section
from signatures import Signer
from store import Store
from sync import Sync
from transport import Transport
from view import View, view


class Device:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.keys: dict[str, Signer] = {}  # by replica; those it continues are kept
        self.written: Position  # how far this store has written on its own log
        self.token: str | None = None
        self.member: str | None = None  # the clinic's signature that this device joined
        self.known: list[Position] | None = None  # what the clinic is known to hold

    @classmethod
    def begin(cls, label: str, diary: str | None = None) -> Device:
        """A new device in a diary, or in one that it founds."""
        signer, nonce = _new_key()
        device = cls(Store(diary or ids.diary_id(signer.public, nonce)))
        replica = device._add_key(signer, nonce)
        introduction = _introduction(replica, signer, nonce)
        device._store(replica, [line.write(_body({"label": label}), introduction)])
        return device

    @property
    def replica(self) -> str:
        return self.written.replica

    def view(self, entry: Position) -> View:
        return view(self.store, entry)

    def record(self, kind: str, values: dict[str, Any]) -> Position:
        """Begins an entry and returns its position."""
        return self._write({"kind": kind, "context": []}, {"status": "active", **values})

    def amend(self, shown: View, values: dict[str, Any]) -> Position:
        """Sets fields of an entry as somebody does who looks at that view of it."""
        seen = self.store.logs.tops(shown.context)
        return self._write({"entry": shown.entry, "context": seen}, values)

    def sync(self, clinic: Transport, page: int = message.PAGE) -> Sync:
        sync = Sync(self.store, self.known, self.keys, page)
        try:
            sync.run(lambda request: clinic.sync(self.store.diary, self.token, request))
        finally:
            self.known = sync.known  # what was stored before a failure is known, too
        return sync

    def save(self) -> str:
        """Its whole state as JSON. Restored twice, it is a copied device: two writers, one log."""
        return json.dumps({
            "diary": self.store.diary,
            "keys": {replica: signer.seed.hex() for replica, signer in self.keys.items()},
            "known": self.known,
            "member": self.member,
            "pin": self.store.pin.hex() if self.store.pin else None,
            "sections": [
                [octets.decode("utf-8") for octets in section.write(held)]
                for held in self.store.sections_held()
            ],
            "token": self.token,
            "written": self.written,
        })

    @classmethod
    def restore(cls, saved: str) -> Device:
        """A device from its saved state, whose sections are judged again like any others."""
        state = json.loads(saved)
        pin = bytes.fromhex(state["pin"]) if state["pin"] else None
        device = cls(Store(state["diary"], pin))
        device.keys = {
            replica: Signer(bytes.fromhex(seed)) for replica, seed in state["keys"].items()
        }
        for *lines, closing in state["sections"]:
            heads = section.heads(json.loads(closing)["heads"])
            device.store.take(Section([text.encode("utf-8") for text in lines], heads))
        device.known = None if state["known"] is None else ids.clock(state["known"])
        device.token = state["token"]
        device.member = state["member"]
        device.written = ids.position(state["written"])
        return device

    def _write(self, envelope: dict[str, Any], values: dict[str, Any]) -> Position:
        """Writes one event, as a new replica if somebody else wrote on this log (11.2)."""
        lines, prev = [], self.written
        if self.store.logs.tips_of(self.replica) != [prev]:
            introduction, prev = self._continuation()
            lines.append(introduction)
        envelope = {
            **envelope, "at": _now(), "prev": prev.id, "replica": prev.replica,
            "seq": prev.seq + 1,
        }
        lines.append(line.write(_body(values), envelope))
        self._store(prev.replica, lines)
        return self.written

    def _continuation(self) -> tuple[bytes, Position]:
        """The first line of a new replica that goes on from this one, and where it stands."""
        signer, nonce = _new_key()
        replica = self._add_key(signer, nonce)
        signed = signatures.continue_text(self.store.diary, self.written, replica)
        envelope = _introduction(replica, signer, nonce)
        envelope["continues"] = [*self.written, self.keys[self.replica].sign(signed)]
        octets = line.write(_body({}), envelope)
        return octets, line.Event(octets, self.store.diary).at

    def _store(self, replica: str, lines: list[bytes]) -> None:
        """Stores new lines of one log under a head at the last, by the checks all lines pass."""
        together = Section(lines, []).size <= section.LONGEST
        for part in [lines] if together else [[octets] for octets in lines]:
            last = line.Event(part[-1], self.store.diary).at
            signed = signatures.head_text(self.store.diary, last)
            self.store.take(Section(part, [Head(last, self.keys[replica].sign(signed))]))
            self.written = last

    def _add_key(self, signer: Signer, nonce: bytes) -> str:
        replica = ids.replica_id(self.store.diary, signer.public, nonce)
        self.keys[replica] = signer
        return replica


def _new_key() -> tuple[Signer, bytes]:
    return Signer(secrets.token_bytes(ids.HASH)), secrets.token_bytes(ids.ID)


def _introduction(replica: str, signer: Signer, nonce: bytes) -> dict[str, Any]:
    return {
        "at": _now(), "context": [], "key": ids.text(signer.public), "kind": "replica",
        "nonce": ids.text(nonce), "replica": replica, "seq": 1,
    }


def _body(values: dict[str, Any]) -> dict[str, Any]:
    return {"salt": ids.text(secrets.token_bytes(ids.ID)), "set": values}


def _now() -> dict[str, int]:
    east = datetime.now().astimezone().utcoffset()
    minutes = int(east.total_seconds()) // 60 if east else 0
    return {"ms": time.time_ns() // 1_000_000, "offset": minutes}
