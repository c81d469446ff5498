"""Requests to a clinic over HTTP (section 15), and what a failure says."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

import canonical
from message import MESSAGE, Problem

JSON, NDJSON = "application/json", "application/x-ndjson"
PROBLEM = "urn:home-infusion-diary:problem:"
PATIENCE = 60  # seconds without a byte


class Unreachable(Exception):
    """No answer came. Whether the request arrived is unknown; the next one finds out."""


class Transport:
    """One clinic's address. No redirect is followed and no content is encoded."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.path not in ("", "/"):
            raise ValueError(f"not the address of a clinic: {url}")
        secure = parts.scheme == "https"
        self._kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._host, self._port = parts.hostname or "", parts.port
        self.sent = self.received = 0  # bytes of the last request's and answer's content

    def clinic(self) -> dict[str, Any]:
        return _object(self._exchange("GET", "/v1/clinic", JSON))

    def start(self, code: str) -> dict[str, Any]:
        request = canonical.write({"code": code})
        return _object(self._exchange("POST", "/v1/enrol/start", JSON, JSON, request))

    def finish(self, request: bytes) -> dict[str, Any]:
        return _object(self._exchange("POST", "/v1/enrol/finish", JSON, NDJSON, request))

    def sync(self, diary: str, token: str, request: bytes) -> bytes:
        path = f"/v1/diaries/{diary}/sync"
        return self._exchange("POST", path, NDJSON, NDJSON, request, token)

    def _exchange(
        self, method: str, path: str, expected: str,
        content_type: str | None = None, content: bytes | None = None, token: str | None = None,
    ) -> bytes:
        headers = {"Content-Type": content_type} if content_type else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = self._kind(self._host, self._port, timeout=PATIENCE)
        try:
            connection.request(method, path, content, headers)
            response = connection.getresponse()
            answer = response.read(MESSAGE + 1)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(str(error)) from error
        finally:
            connection.close()
        self.sent, self.received = len(content or b""), len(answer)
        if response.status != 200:
            raise _problem(response.status, answer)
        found = (response.getheader("Content-Type") or "").split(";")[0].strip().lower()
        if found != expected or response.getheader("Content-Encoding"):
            raise Problem("media-type", f"the answer is {found}")
        return answer


def _object(octets: bytes) -> dict[str, Any]:
    try:
        value = canonical.read(octets)
    except canonical.NotCanonical as error:
        raise Problem("malformed", str(error)) from error
    if not isinstance(value, dict):
        raise Problem("malformed", "not an object")
    return value


def _problem(status: int, octets: bytes) -> Problem:
    """What a problem document says; of anything else, a proxy's page say, only the status.

    When to ask again (15, point 6) is for whoever asked; this client asks once.
    """
    try:
        document = _object(octets)
    except Problem:
        document = {}
    type_ = str(document.get("type", f"status {status}")).removeprefix(PROBLEM)
    return Problem(type_, str(document.get("detail", "")))
