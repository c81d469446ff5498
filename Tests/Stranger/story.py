#!/usr/bin/python3
"""Two devices of one patient, against a real clinic.

    story.py --url URL --fingerprint F --code C1 --code C2 [--code C3]

Prints a sentence for each step and `ok` at the end; exits 1 at the first failed expectation. A
third code lets the device that went on as a new replica join again.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from typing import Any

import enrol
from device import Device
from ids import Position
from message import Problem
from sync import Sync
from transport import Transport
from view import View

KIB = 1024


class Expected(Exception):
    """Something was not as the protocol says; the text says what was expected."""


def expect(met: bool, expected: str) -> None:
    if not met:
        raise Expected(expected)


class Story:
    def __init__(self, clinic: Transport, fingerprint: str, codes: list[str]) -> None:
        self.clinic = clinic
        self.fingerprint = fingerprint
        self.codes = codes
        self.written: list[Position] = []

    def tell(self) -> None:
        self.compare_fingerprints()
        phone, tablet = self.join()
        infusion = self.write(phone, tablet)
        self.conflict(phone, tablet, infusion)
        self.settle(phone, tablet, infusion)
        self.turn_pages(phone, tablet)
        copy = self.fork(phone, infusion)
        self.go_on(copy, infusion)
        devices = {"phone": phone, "copy": copy, "tablet": tablet}
        self.agree(devices)
        self.find_nothing_new(devices)
        if len(self.codes) > 2:
            self.join_again(copy)

    def compare_fingerprints(self) -> None:
        other = " ".join(f"{secrets.randbelow(100_000):05}" for _ in range(6))
        try:
            enrol.join(self.clinic, other, self.codes[0], "phone")
            raise Expected("a device with another fingerprint in its letter does not join")
        except enrol.Stopped:
            say("A device whose letter shows another fingerprint stops before the code leaves it.")

    def join(self) -> tuple[Device, Device]:
        phone = enrol.join(self.clinic, self.fingerprint, self.codes[0], "phone")
        self.sync(phone)
        expect(phone.known is not None, "the first sync tells what the clinic holds")
        say(f"The phone joins diary {phone.store.diary} with the first code and syncs.")
        tablet = enrol.join(self.clinic, self.fingerprint, self.codes[1], "tablet")
        expect(tablet.store.diary == phone.store.diary, "both codes lead to the same diary")
        self.sync(tablet)
        say("The tablet joins the same diary with the second code and syncs.")
        try:
            enrol.join(self.clinic, self.fingerprint, self.codes[0], "a stranger's")
            raise Expected("a code works once")
        except Problem as problem:
            expect(problem.type == "wrong-code", f"wrong-code for a used code, not {problem.type}")
            say("A third device is refused with a code that was used: wrong-code.")
        return phone, tablet

    def write(self, phone: Device, tablet: Device) -> Position:
        infusion = self.keep(phone.record("infusion", {"outcome": "completed", "site": "belly"}))
        note = self.keep(tablet.record("note", {"note": "tired in the evening"}))
        self.sync(phone)
        self.sync(tablet)
        self.sync(phone)
        expect_value(phone.view(note), "note", "tired in the evening")
        expect_value(tablet.view(infusion), "outcome", "completed")
        for device in (phone, tablet):
            reviewed = [device.view(entry).review for entry in (infusion, note)]
            expect(reviewed == [[], []], "both devices are trusted, so nothing is to review")
        say("Each writes an entry, both sync, and each reads what the other wrote; all counts.")
        return infusion

    def conflict(self, phone: Device, tablet: Device, infusion: Position) -> None:
        self.keep(phone.amend(phone.view(infusion), {"outcome": "stopped"}))
        self.keep(tablet.amend(tablet.view(infusion), {"outcome": "not-done"}))
        self.sync(phone)
        self.sync(tablet)
        self.sync(phone)
        for device in (phone, tablet):
            shown = device.view(infusion)
            expect(shown.conflicts == ["outcome"], "the two corrections are in conflict")
            values = {candidate.value for candidate in shown.fields["outcome"]}
            expect(values == {"stopped", "not-done"}, "both values stand side by side")
        expect(phone.view(infusion) == tablet.view(infusion), "both show the same view")
        say("Both correct the outcome at once; after a sync both show the two values in conflict.")

    def settle(self, phone: Device, tablet: Device, infusion: Position) -> None:
        self.keep(tablet.amend(tablet.view(infusion), {"outcome": "stopped"}))
        expect(not tablet.view(infusion).conflicts, "who has seen both values settles them")
        self.sync(tablet)
        self.sync(phone)
        expect_value(phone.view(infusion), "outcome", "stopped")
        say("The tablet settles it, both sync, and the phone sees it settled.")

    def turn_pages(self, phone: Device, tablet: Device) -> None:
        for _ in range(28):
            self.keep(phone.record("note", {"note": secrets.token_hex(20 * KIB)}))
        pushed = self.sync(phone).round_trips
        expect(pushed > 1, "more than a page is sent in several round trips")
        pulled = self.sync(tablet).round_trips
        expect(pulled > 1, "more than a page is fetched in several round trips")
        say(
            f"The phone writes more than a page: {pushed} round trips to send it, "
            f"{pulled} for the tablet to fetch it."
        )

    def fork(self, phone: Device, infusion: Position) -> Device:
        copy = Device.restore(phone.save())
        self.keep(phone.amend(phone.view(infusion), {"site": "left thigh"}))
        self.keep(phone.record("note", {"note": "written on the phone"}))
        self.keep(copy.amend(copy.view(infusion), {"site": "right thigh"}))
        expect(copy.replica == phone.replica, "a copy goes on in the same log, not knowing better")
        self.sync(phone)
        self.sync(copy)
        expect(len(copy.store.logs.tips_of(copy.replica)) == 2, "the copy sees two branches")
        expect(copy.view(infusion).conflicts == ["site"], "what the branches say is in conflict")
        say("The phone is copied and both go on writing in one log; the copy syncs and sees both.")
        return copy

    def go_on(self, copy: Device, infusion: Position) -> None:
        old = copy.written
        self.keep(copy.amend(copy.view(infusion), {"site": "right thigh"}))
        expect(copy.replica != old.replica, "a store that sees another tip takes a new replica")
        introduction = copy.store.logs.introductions[copy.replica][0]
        expect(introduction.continues == old, "the new replica continues what the old one wrote")
        self.sync(copy)
        expect(copy.view(infusion).review == [], "what a continuing replica writes is trusted")
        say("The copy notices, goes on as a new replica, and settles what the branches said.")

    def agree(self, devices: dict[str, Device]) -> None:
        for device in devices.values():
            self.sync(device)
        phone = devices["phone"].store
        for name, device in devices.items():
            store = device.store
            for at in self.written:
                expect(at in store.logs.events, f"the {name} holds {at}")
            expect(lines(store) == lines(phone), f"phone and {name} hold the same lines")
            expect(
                store.logs.frontier() == phone.logs.frontier(),
                f"phone and {name} have the same frontier",
            )
            expect(views(device) == views(devices["phone"]), f"phone and {name} show the same")
        say(
            f"All three sync; they hold the same {len(phone.logs.events)} lines, nothing is "
            f"lost, and frontier and views are the same."
        )

    def find_nothing_new(self, devices: dict[str, Device]) -> None:
        most = 0
        for device in devices.values():
            done = self.sync(device)
            expect(done.round_trips == 1, "a sync with nothing new is one round trip")
            most = max(most, self.clinic.sent, self.clinic.received)
        expect(most < KIB, f"a sync with nothing new stays under 1 KiB each way, not {most} bytes")
        say(f"With nothing new, each syncs in one round trip of at most {most} bytes each way.")

    def join_again(self, copy: Device) -> None:
        code, before = self.codes[2], copy.token
        enrol.join_again(copy, self.clinic, self.fingerprint, code, "phone, copied")
        expect(copy.token != before, "a new code gives a new token")
        self.sync(copy)
        say("With a third code the copy joins again, proving its chain of replicas.")

    def sync(self, device: Device) -> Sync:
        """Syncs, and expects that it ends equal. Receipts are checked on the way."""
        done = device.sync(self.clinic)
        expect(done.ending == "equal", f"the sync ends equal, not {done.ending}")
        expect(
            device.store.logs.order(device.known, device.store.logs.frontier()) == "equal",
            "after a sync the clinic is known to hold all",
        )
        return done

    def keep(self, at: Position) -> Position:
        self.written.append(at)
        return at


def expect_value(shown: View, field: str, value: Any) -> None:
    found = [candidate.value for candidate in shown.fields.get(field, [])]
    expect(found and all(each == value for each in found), f"{field} says {value}, not {found}")


def lines(store: Any) -> set[bytes]:
    return {event.octets for event in store.logs.events.values()}


def views(device: Device) -> dict[Position, View]:
    return {entry: device.view(entry) for entry in device.store.logs.entries}


def say(sentence: str) -> None:
    print(sentence, flush=True)


def tell(url: str, fingerprint: str, codes: list[str]) -> bool:
    """Tells the whole story and says whether it went as expected."""
    try:
        Story(Transport(url), fingerprint, codes).tell()
    except Expected as expected:
        say(f"Expected: {expected}.")
        return False
    except Exception as error:
        say(f"Expected no failure, but met {type(error).__name__}: {error}")
        return False
    say("ok")
    return True


def main() -> int:
    options = argparse.ArgumentParser(description="Two devices of one patient.")
    options.add_argument("--url", required=True)
    options.add_argument("--fingerprint", required=True)
    options.add_argument("--code", action="append", required=True, dest="codes")
    given = options.parse_args()
    if len(given.codes) < 2:
        options.error("two devices need two codes")
    return 0 if tell(given.url, given.fingerprint, given.codes) else 1


if __name__ == "__main__":
    sys.exit(main())
