"""Joining a clinic with the code of its letter (section 16)."""

from __future__ import annotations

from typing import Any

import codes
import ids
import message
import signatures
from device import Device
from line import Event
from section import Head, Section
from transport import Transport


class Stopped(Exception):
    """The device joins no further: this is not the clinic of the letter, or not its version."""


def join(clinic: Transport, fingerprint: str, code: str, label: str) -> Device:
    """A new device, in the patient's diary or, if there is none yet, in one that it founds."""
    key = _compare(clinic, fingerprint)
    started = _start(clinic, code)
    device = Device.begin(label, started.get("diary"))
    _finish(device, clinic, key, started["challenge"], label)
    return device


def join_again(device: Device, clinic: Transport, fingerprint: str, code: str, label: str) -> None:
    """Joins with the diary and the replicas that the device has (`not-enrolled`, a new clinic)."""
    key = _compare(clinic, fingerprint)
    started = _start(clinic, code)
    _finish(device, clinic, key, started["challenge"], label)


def _compare(clinic: Transport, fingerprint: str) -> bytes:
    """The clinic's key, if it is that of the letter. No code has left the device before."""
    about = clinic.clinic()
    key = ids.octets(about.get("key"), ids.HASH)
    if ids.fingerprint(key) != fingerprint:
        raise Stopped("the clinic's key is not that of the letter")
    if 1 not in about.get("versions", []):
        raise Stopped("the clinic does not speak version 1")
    return key


def _start(clinic: Transport, code: str) -> dict[str, Any]:
    codes.read(code)  # a slip of the hand need not count as an attempt
    started = clinic.start(code)
    ids.octets(started.get("challenge"), ids.HASH)
    if "diary" in started:
        ids.octets(started["diary"], ids.ID)
    return started


def _finish(
    device: Device, clinic: Transport, key: bytes, challenge: str, label: str
) -> None:
    diary = device.store.diary
    first, *later = _chain(device)
    signed = signatures.enrol_text(key, diary, device.replica, challenge)
    header = {
        "challenge": challenge, "diary": diary, "enrol": 1, "label": label,
        "replica": device.replica, "signature": device.keys[device.replica].sign(signed),
    }
    if later:
        header["chain"] = [
            {name: event.envelope[name] for name in ("continues", "key", "nonce")}
            for event in later
        ]
    if device.member:
        header["member"] = device.member
    head = device.keys[first.at.replica].sign(signatures.head_text(diary, first.at))
    section = Section([first.octets], [Head(first.at, head)])
    finished = clinic.finish(message.write(header, [section]))
    if finished.get("diary") != diary:
        raise Stopped("the clinic answers for another diary")
    ids.octets(finished.get("token"), ids.HASH)
    joined = signatures.member_text(diary, first.at.replica)
    if not signatures.holds(key, finished.get("member"), joined):
        raise Stopped("the clinic does not sign that the device joined")
    device.token, device.member = finished["token"], finished["member"]
    if key != device.store.pin:
        device.known = None  # another clinic is another peer
        device.store.set_pin(key)


def _chain(device: Device) -> list[Event]:
    """The introductions of the device's replicas, the first one first."""
    chain: list[Event] = []
    replica: str | None = device.replica
    while replica:
        introduction = device.store.logs.introductions[replica][0]
        chain.insert(0, introduction)
        replica = introduction.continues.replica if introduction.continues else None
    return chain
