"""One event: a line by itself (section 4)."""

from __future__ import annotations

import re
from typing import Any

import canonical
import ids
import signatures
from ids import Malformed, Position

LONGEST = 256 * 1024
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class WeakKey(Malformed):
    """The introduction's key is one under which anybody can sign."""


class Event:
    """A line that was read and found sound by itself."""

    def __init__(self, octets: bytes, diary: str) -> None:
        if len(octets) > LONGEST:
            raise Malformed("a line of more than 256 KiB")
        try:
            line = canonical.read(octets)
        except canonical.NotCanonical as error:
            raise Malformed(str(error)) from error
        if not isinstance(line, dict) or set(line) not in ({"body", "event"}, {"erased", "event"}):
            raise Malformed("neither body and event, nor erased and event")
        self.octets = octets
        self.envelope: dict[str, Any] = _object(line["event"])
        self.erasure: str | None = line.get("erased")
        self.set: dict[str, Any] | None = None  # None: erased
        self.fields = _names(_member(self.envelope, "fields"))
        if "erased" in line:
            ids.octets(self.erasure, ids.SIGNATURE)
        else:
            self.set = _body(line["body"], self.envelope, self.fields)
        self._read_envelope(diary)

    def _read_envelope(self, diary: str) -> None:
        envelope = self.envelope
        _time(_member(envelope, "at"))
        ids.octets(_member(envelope, "body"), ids.HASH)
        if "author" in envelope:
            ids.octets(envelope["author"], ids.HASH)
        event = ids.text(ids.digest(canonical.write(envelope)))
        self.at = ids.position([_member(envelope, "replica"), _member(envelope, "seq"), event])
        self.context = [ids.position(item) for item in _array(_member(envelope, "context"))]
        self.kind = _kind(envelope)
        self.entry = self.at if self.kind else ids.position(envelope["entry"])
        if self.kind and self.context:
            raise Malformed("a context where an entry begins")
        self.prev: Position | None = None
        self.key = b""
        self.continues: Position | None = None
        self.continuation = ""
        if self.at.seq == 1:
            self._read_introduction(diary)
        elif self.kind == "replica" or {"key", "nonce", "continues"} & set(envelope):
            raise Malformed("an introduction's member above seq 1")
        else:
            ids.octets(_member(envelope, "prev"), ids.HASH)
            self.prev = Position(self.at.replica, self.at.seq - 1, envelope["prev"])

    def _read_introduction(self, diary: str) -> None:
        envelope = self.envelope
        if self.kind != "replica" or "prev" in envelope:
            raise Malformed("seq 1 is no introduction")
        self.key = ids.octets(_member(envelope, "key"), ids.HASH)
        nonce = ids.octets(_member(envelope, "nonce"), ids.ID)
        if signatures.is_weak(self.key):
            raise WeakKey("a weak key")
        if ids.replica_id(diary, self.key, nonce) != self.at.replica:
            raise Malformed("the replica does not derive from diary, key and nonce")
        if "continues" in envelope:
            self.continues, self.continuation = signed_position(envelope["continues"])

    @property
    def introduces(self) -> bool:
        return self.at.seq == 1

    @property
    def size(self) -> int:
        """Its bytes in a message, newline counted."""
        return len(self.octets) + 1

    def rests_on(self) -> list[Position]:
        named = [self.prev, self.continues, None if self.kind else self.entry]
        return [at for at in named if at] + self.context

    def erased_by(self, signature: str, diary: str) -> Event:
        """The erased form of the same event (4.4)."""
        return Event(canonical.write({"erased": signature, "event": self.envelope}), diary)


def signed_position(value: Any) -> tuple[Position, str]:
    """`[replica, seq, id, signature]`: a head, or what a replica continues."""
    if not isinstance(value, list) or len(value) != 4:
        raise Malformed("not a signed position")
    ids.octets(value[3], ids.SIGNATURE)
    return ids.position(value[:3]), value[3]


def write(body: dict[str, Any], envelope: dict[str, Any]) -> bytes:
    """A line of a body and of the rest of an envelope, which it makes fit the body."""
    envelope = {
        **envelope,
        "body": ids.text(ids.digest(canonical.write(body))),
        "fields": sorted(body["set"]),
    }
    return canonical.write({"body": body, "event": envelope})


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed("not an object")
    return value


def _array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed("not an array")
    return value


def _member(value: dict[str, Any], name: str) -> Any:
    if name not in value:
        raise Malformed(f"no {name}")
    return value[name]


def _body(value: Any, envelope: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    body = _object(value)
    ids.octets(_member(body, "salt"), ids.ID)
    sets = _object(_member(body, "set"))
    if sorted(sets) != fields:
        raise Malformed("the names in set are not fields")
    if ids.text(ids.digest(canonical.write(body))) != envelope.get("body"):
        raise Malformed("the body is not the hashed one")
    return sets


def _names(value: Any) -> list[str]:
    names = _array(value)
    if not all(map(_is_name, names)) or names != sorted(set(names)):
        raise Malformed("not names of fields, ascending, each once")
    return names


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def _kind(envelope: dict[str, Any]) -> str | None:
    if ("kind" in envelope) == ("entry" in envelope):
        raise Malformed("not exactly one of kind and entry")
    if "kind" in envelope and not _is_name(envelope["kind"]):
        raise Malformed("not a kind")
    return envelope.get("kind")


def _time(value: Any) -> None:
    at = _object(value)
    if set(at) != {"ms", "offset"} or any(type(number) is not int for number in at.values()):
        raise Malformed("not a time")
    if abs(at["offset"]) > 1080:
        raise Malformed("an offset of more than 18 hours")
