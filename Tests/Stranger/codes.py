"""One-time codes of a clinic's letter (section 16.2)."""

from __future__ import annotations

from ids import Malformed

ALPHABET = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def read(typed: str) -> tuple[str, str]:
    """Name and secret of a code as a person typed it."""
    plain = typed.upper().replace("-", "").replace(" ", "")
    plain = plain.replace("I", "1").replace("L", "1").replace("O", "0")
    if len(plain) != 14 or not ALPHABET.issuperset(plain):
        raise Malformed("not a code")
    return plain[:4], plain[4:]
