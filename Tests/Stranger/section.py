"""Sections and their heads (section 5), as they are sent and as a store takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import canonical
import line
from ids import Malformed, Position

LONGEST = 64 * 1024


class Head(NamedTuple):
    at: Position
    signature: str


@dataclass(frozen=True)
class Section:
    lines: list[bytes]
    heads: list[Head]

    @property
    def size(self) -> int:
        return sum(len(octets) + 1 for octets in self.lines)


def heads(value: Any) -> list[Head]:
    if not isinstance(value, list):
        raise Malformed("heads are no array")
    return [Head(*line.signed_position(item)) for item in value]


def write(section: Section) -> list[bytes]:
    """The lines of a section in a message, the one that closes it last."""
    closing = {"heads": [[*head.at, head.signature] for head in sorted(section.heads)]}
    return [*section.lines, canonical.write(closing)]
