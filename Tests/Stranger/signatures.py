"""What is signed, which keys are keys, and when a signature holds (3.3 to 3.5)."""

from __future__ import annotations

from typing import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import canonical
import ids
from ids import Position

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
SMALL_ORDER = frozenset(
    int.from_bytes(bytes.fromhex(octets), "little")
    for octets in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    )
)


class Signer:
    """A private key, made from its seed."""

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, signed: bytes) -> str:
        return ids.text(self._key.sign(signed))


def is_weak(key: bytes) -> bool:
    """Whether anybody can sign under the key, or it is written in a second way (3.4)."""
    y = int.from_bytes(key, "little") & (2**255 - 1)
    return y >= PRIME or y in SMALL_ORDER


def holds(key: bytes, signature: str, signed: bytes) -> bool:
    """The cofactorless equation, compared as bytes (3.5).

    OpenSSL computes [S]B - [k]A, encodes it and compares the octets with R, as the protocol
    asks; it does not ask whether the key is weak, and older versions took any S.
    """
    octets = ids.octets(signature, ids.SIGNATURE)
    if is_weak(key) or int.from_bytes(octets[32:], "little") >= ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(octets, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def head_text(diary: str, at: Position) -> bytes:
    return b"diary-head-v1\0" + ids.octets(diary, ids.ID) + _octets(at)


def continue_text(diary: str, old: Position, new: str) -> bytes:
    return (
        b"diary-continue-v1\0" + ids.octets(diary, ids.ID) + _octets(old)
        + ids.octets(new, ids.ID)
    )


def erased_text(diary: str, event: str) -> bytes:
    return b"diary-erased-v1\0" + ids.octets(diary, ids.ID) + ids.octets(event, ids.HASH)


def receipt_text(diary: str, ms: int, frontier: Iterable[Position]) -> bytes:
    """However the frontier was written, its hash is of the sorted form."""
    clock = canonical.write(sorted(set(frontier)))
    return (
        b"diary-receipt-v1\0" + ids.octets(diary, ids.ID)
        + (ms % 2**64).to_bytes(8, "big") + ids.digest(clock)
    )


def enrol_text(clinic: bytes, diary: str, replica: str, challenge: str) -> bytes:
    return (
        b"diary-enrol-v1\0" + clinic + ids.octets(diary, ids.ID)
        + ids.octets(replica, ids.ID) + ids.octets(challenge, ids.HASH)
    )


def member_text(diary: str, first: str) -> bytes:
    return b"diary-member-v1\0" + ids.octets(diary, ids.ID) + ids.octets(first, ids.ID)


def _octets(at: Position) -> bytes:
    return (
        ids.octets(at.replica, ids.ID) + at.seq.to_bytes(8, "big")
        + ids.octets(at.id, ids.HASH)
    )
