"""Messages: a header line, then sections (section 12.1)."""

from __future__ import annotations

from typing import Any, Iterable

import canonical
import section
from ids import Malformed
from section import Section

HEADER = PAGE = 1024 * 1024
MESSAGE = 4 * 1024 * 1024


class Problem(Exception):
    """A whole request or answer that fails, under the name of a type of section 15."""

    def __init__(self, type_: str, detail: str = "") -> None:
        super().__init__(f"{type_}: {detail}" if detail else type_)
        self.type = type_


def write(header: dict[str, Any], sections: Iterable[Section]) -> bytes:
    lines = [canonical.write(header)]
    for each in sections:
        lines += section.write(each)
    return b"".join(octets + b"\n" for octets in lines)


def read(octets: bytes, version: str = "sync") -> tuple[dict[str, Any], list[Section]]:
    """A header and sections. What is wrong with an event line is not this reader's business."""
    if len(octets) > MESSAGE:
        raise Problem("too-large", "more than a whole message")
    header_line, newline, rest = octets.partition(b"\n")
    header = _object(header_line)
    if not newline or type(header.get(version)) is not int:
        raise Problem("malformed", "no header line that tells its version")
    # Before any other line is looked at: a newer version may have lines of another form.
    if header[version] != 1:
        raise Problem("version", "a version other than 1")
    if rest and not rest.endswith(b"\n"):
        raise Problem("malformed", "no newline at the end")
    return header, _sections(rest.split(b"\n")[:-1])


def _sections(lines: list[bytes]) -> list[Section]:
    sections: list[Section] = []
    events: list[bytes] = []
    page = 0
    for octets in lines:
        if octets.startswith((b'{"body":', b'{"erased":')):
            events.append(octets)
            page += len(octets) + 1
        elif octets.startswith(b'{"heads":'):
            sections.append(Section(events, _heads(octets)))
            events = []
        else:
            raise Problem("malformed", "a line that is neither an event nor heads")
    if events:
        raise Problem("malformed", "event lines after the last heads")
    if page > PAGE:
        raise Problem("too-large", "more than a page of event lines")
    return sections


def _heads(octets: bytes) -> list[section.Head]:
    try:
        return section.heads(_object(octets)["heads"])
    except Malformed as error:
        raise Problem("malformed", str(error)) from error


def _object(octets: bytes) -> dict[str, Any]:
    if len(octets) > HEADER:
        raise Problem("too-large", "a header of more than 1 MiB")
    try:
        value = canonical.read(octets)
    except canonical.NotCanonical as error:
        raise Problem("malformed", str(error)) from error
    if not isinstance(value, dict):
        raise Problem("malformed", "a header that is no object")
    return value
