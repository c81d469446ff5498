"""Ids, positions and what they derive from (sections 3.1 and 3.2)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any, NamedTuple

ID, HASH, SIGNATURE = 16, 32, 64  # octets


class Malformed(ValueError):
    """Something is not of the form that the protocol gives it."""


class Position(NamedTuple):
    """A place in a log. Tuples of ASCII texts sort as clocks have to be sorted."""

    replica: str
    seq: int
    id: str


def text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def octets(value: Any, length: int) -> bytes:
    """The octets of a base64url text of exactly that length, unused bits zero."""
    if not isinstance(value, str):
        raise Malformed("not a text")
    try:
        found = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError) as error:
        raise Malformed(f"not base64url: {value}") from error
    if len(found) != length or text(found) != value:
        raise Malformed(f"not the text of {length} octets: {value}")
    return found


def position(value: Any) -> Position:
    """`[replica, seq, id]` as it stands in a line or a header."""
    if not isinstance(value, list) or len(value) != 3:
        raise Malformed("not a position")
    replica, seq, event = value
    octets(replica, ID)
    octets(event, HASH)
    # Python's True is an int; in the protocol it is none.
    if type(seq) is not int or seq < 1:
        raise Malformed("not a seq")
    return Position(replica, seq, event)


def clock(value: Any) -> list[Position]:
    """A clock in any order and with repetitions, sorted and without (7.3)."""
    if not isinstance(value, list):
        raise Malformed("not a clock")
    return sorted({position(item) for item in value})


def digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def diary_id(key: bytes, nonce: bytes) -> str:
    return text(digest(b"diary-v1\0", key, nonce)[:ID])


def replica_id(diary: str, key: bytes, nonce: bytes) -> str:
    return text(digest(b"diary-replica-v1\0", octets(diary, ID), key, nonce)[:ID])


def fingerprint(key: bytes) -> str:
    found = digest(b"diary-fingerprint-v1\0", key)
    groups = (int.from_bytes(found[at:at + 5], "big") % 100_000 for at in range(0, 30, 5))
    return " ".join(f"{group:05}" for group in groups)
