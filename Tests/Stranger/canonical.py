"""Canonical JSON (section 2): one value, one text."""

from __future__ import annotations

import json
import re
from typing import Any

LARGEST = 2**53 - 1
DEEPEST = 16
KEY = re.compile(r'[ !#-\[\]-~]*')  # 0x20 to 0x7E without " and \


class NotCanonical(ValueError):
    """The bytes are not the canonical form of any value."""


def write(value: Any) -> bytes:
    """The canonical bytes of a value that has allowed keys and numbers."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def read(octets: bytes) -> Any:
    """The value of canonical bytes; anything else is refused, never repaired."""
    try:
        value = json.loads(octets.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
        if write(value) != octets:
            raise NotCanonical("the bytes are not what a writer writes")
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    _check(value, DEEPEST)
    return value


def _refuse(text: str) -> None:
    raise NotCanonical(f"{text} is no number here")


def _check(value: Any, brackets_left: int) -> None:
    """What a comparison of bytes does not find: keys, range, U+0000 and depth."""
    if isinstance(value, str):
        if "\0" in value:
            raise NotCanonical("U+0000")
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical("a number beyond 2^53-1")
    elif isinstance(value, (list, dict)):
        if not brackets_left:
            raise NotCanonical(f"deeper than {DEEPEST}")
        if isinstance(value, dict):
            if not all(KEY.fullmatch(key) for key in value):
                raise NotCanonical("a key with other than plain ASCII")
            value = value.values()
        for item in value:
            _check(item, brackets_left - 1)
