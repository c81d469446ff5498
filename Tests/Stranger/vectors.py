#!/usr/bin/python3
"""Runs the conformance vectors: `vectors.py DIRECTORY`. One line a file; exit 1 on a failure."""

from __future__ import annotations

import json
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Any, Callable, Iterator

import canonical
import clinic
import codes
import ids
import judging
import signatures
from ids import Malformed, Position
from line import Event
from section import Head, Section
from signatures import Signer
from standing import Standing
from store import Store
from sync import Sync
from view import Candidate, view

# A case is a name and a check that raises if the case fails.
Case = tuple[str, Callable[[], None]]


def canonical_json(file: Any) -> Iterator[Case]:
    for text in file["good"]:
        yield text, partial(check_canonical, text.encode("utf-8"))
    for bad in file["bad"]:
        octets = bytes.fromhex(bad["hex"])
        yield bad["reason"], partial(refused, canonical.NotCanonical, canonical.read, octets)


def check_canonical(octets: bytes) -> None:
    equal(canonical.write(canonical.read(octets)), octets)


def ids_(file: Any) -> Iterator[Case]:
    for diary in file["diaries"]:
        yield diary["diary"], partial(check_diary, diary)
    for event in file["events"]:
        yield event["id"], partial(check_event, event)


def check_diary(given: Any) -> None:
    key = Signer(bytes.fromhex(given["seed"])).public
    nonce = ids.octets(given["nonce"], ids.ID)
    equal(ids.text(key), given["key"])
    equal(ids.diary_id(key, nonce), given["diary"])
    equal(ids.replica_id(given["diary"], key, nonce), given["replica"])
    equal(ids.fingerprint(key), given["fingerprint"])
    second = given["second"]
    key = Signer(bytes.fromhex(second["seed"])).public
    nonce = ids.octets(second["nonce"], ids.ID)
    equal(ids.text(key), second["key"])
    equal(ids.replica_id(given["diary"], key, nonce), second["replica"])


def check_event(given: Any) -> None:
    event = Event(given["line"].encode("utf-8"), given["diary"])
    equal(event.at.id, given["id"])
    equal(event.envelope["body"], given["body"])


def keys(file: Any) -> Iterator[Case]:
    for weak in file["refused"]:
        yield weak["why"], partial(check_key, bytes.fromhex(weak["hex"]), True)
    for sound in file["sound"]:
        yield sound, partial(check_key, ids.octets(sound, ids.HASH), False)


def check_key(key: bytes, weak: bool) -> None:
    equal(signatures.is_weak(key), weak)


def heads(file: Any) -> Iterator[Case]:
    for good in file["good"]:
        yield good["purpose"], partial(check_signed, good)
    for bad in file["bad"]:
        yield bad["why"], partial(check_unsigned, bad)


def check_signed(given: Any) -> None:
    equal(signed_text(given).hex(), given["text"])
    equal(signature_holds(given), True)
    signer = Signer(bytes.fromhex(given["seed"]))
    equal(ids.text(signer.public), given["key"])


def check_unsigned(given: Any) -> None:
    equal(signature_holds(given), False)


def signature_holds(given: Any) -> bool:
    key = ids.octets(given["key"], ids.HASH)
    return signatures.holds(key, given["signature"], bytes.fromhex(given["text"]))


def signed_text(given: Any) -> bytes:
    diary = given["diary"]
    match given["purpose"]:
        case "head":
            return signatures.head_text(diary, Position(*given["position"]))
        case "receipt":
            frontier = ids.clock(given["frontier"])
            return signatures.receipt_text(diary, given["ms"], frontier)
        case "erasure":
            return signatures.erased_text(diary, given["event"])
        case "continuation":
            return signatures.continue_text(diary, Position(*given["position"]), given["new"])
        case "enrolment":
            key = ids.octets(given["clinic"], ids.HASH)
            return signatures.enrol_text(key, diary, given["replica"], given["challenge"])
        case "membership":
            return signatures.member_text(diary, given["first"])
    raise AssertionError(f"nothing is signed for {given['purpose']}")


def lines(file: Any) -> Iterator[Case]:
    for good in file["good"]:
        yield good["name"], partial(check_line, good)
    for bad in file["bad"]:
        yield bad["name"], partial(check_bad_line, bad)


def check_line(given: Any) -> None:
    event = Event(given["line"].encode("utf-8"), given["diary"])
    equal(event.at, Position(*given["position"]))
    equal(event.entry, Position(*given["entry"]))
    equal(event.fields, given["fields"])
    equal(event.set, given.get("set"))
    equal(event.erasure is not None, given["erased"])
    if event.erasure:
        signed = signatures.erased_text(given["diary"], event.at.id)
        equal(signatures.holds(ids.octets(given["clinic"], ids.HASH), event.erasure, signed), True)


def check_bad_line(given: Any) -> None:
    found = verdict(empty_store(given), Section([given["line"].encode("utf-8")], []))
    equal(found, {"verdict": "refused", "line": 0, "type": given["reason"]})


def sections(file: Any) -> Iterator[Case]:
    for given in file:
        yield given["name"], partial(check_section, given)


def check_section(given: Any) -> None:
    store = filled_store(given, given["held"])
    expected = {
        name: given[name] for name in ("verdict", "stored", "line", "type") if name in given
    }
    equal(verdict(store, read_section(given["section"])), expected)
    if "frontier" in given:
        equal(store.logs.frontier(), ids.clock(given["frontier"]))


def clocks(file: Any) -> Iterator[Case]:
    for given in file:
        store = filled_store(given, given["sections"])
        frontier = ids.clock(given["frontier"])
        yield given["name"], partial(equal, store.logs.frontier(), frontier)
        for pair in given["pairs"]:
            yield given["name"], partial(check_pair, store, pair)


def check_pair(store: Store, pair: Any) -> None:
    left, right = ids.clock(pair["left"]), ids.clock(pair["right"])
    equal(store.logs.order(left, right), pair["order"])
    equal(store.logs.tops(left + right), ids.clock(pair["merged"]))


def merges(file: Any) -> Iterator[Case]:
    """Also the file of counts, which tells of devices, too."""
    for given in file:
        yield given["name"], partial(check_views, given)


def check_views(given: Any) -> None:
    store = filled_store(given, given["sections"])
    standing = Standing(store.logs, store.pin)
    for device in given.get("devices", []):
        replica = device["replica"]
        equal(standing.trust(replica), device["trusted"])
        equal(standing.is_closed(replica), device["closed"])
    for expected in given["entries"]:
        shown = view(store, Position(*expected["entry"]))
        equal(
            {
                "conflicts": shown.conflicts,
                "context": shown.context,
                "entry": shown.entry,
                "fields": {
                    name: [written(candidate) for candidate in candidates]
                    for name, candidates in shown.fields.items()
                },
                "kind": shown.kind,
                "questions": [
                    {"unseen": unseen, "void": void}
                    for void, unseen in sorted(shown.questions.items())
                ],
                "review": shown.review,
                "status": shown.status,
            },
            expected,
        )


def written(candidate: Candidate) -> Any:
    if candidate.erased:
        return {"erased": True, "event": candidate.event}
    return {"event": candidate.event, "value": candidate.value}


def conversations(file: Any) -> Iterator[Case]:
    for given in file:
        yield f"{given['name']}, device", partial(play_device, given)
        yield f"{given['name']}, clinic", partial(play_clinic, given)


def play_device(given: Any) -> None:
    device = given["device"]
    store = filled_store({"diary": given["diary"], "clinic": device["pin"]}, device["sections"])
    store.set_pin(ids.octets(given["clinic"]["pin"], ids.HASH))
    known = ids.clock(given["known"]) if "known" in given else None
    signers = {
        replica: Signer(bytes.fromhex(seed)) for replica, seed in device["seeds"].items()
    }
    sync = Sync(store, known, signers, given["page"])
    for each in given["rounds"]:
        equal(sync.ending, None)
        equal(sync.request(), each["request"].encode("utf-8"))
        sync.answer(each["answer"].encode("utf-8"))
    equal(sync.ending, given["ending"])
    equal(sync.aside, [Position(*at) for at in given["refused"]])
    equal(sync.known, ids.clock(given["after"]["known"]))
    equal(store.logs.frontier(), ids.clock(given["after"]["device"]))


def play_clinic(given: Any) -> None:
    side = given["clinic"]
    store = filled_store({"diary": given["diary"], "clinic": side["pin"]}, side["sections"])
    signer = Signer(bytes.fromhex(side["seed"]))
    player = clinic.Clinic(store, signer, given["asker"], side["unconfirmed"], given["page"])
    for number, each in enumerate(given["rounds"]):
        ms = given["ms"] + 1000 * number
        answer = player.answer(each["request"].encode("utf-8"), ms)
        equal(answer, each["answer"].encode("utf-8"))
    equal(store.logs.frontier(), ids.clock(given["after"]["clinic"]))


def enrolment(file: Any) -> Iterator[Case]:
    for good in file["codes"]["good"]:
        yield good["typed"], partial(check_code, good)
    for bad in file["codes"]["malformed"]:
        yield bad, partial(refused, Malformed, codes.read, bad)
    for joining in file["joinings"]:
        yield joining["name"], partial(check_joining, joining)


def check_joining(given: Any) -> None:
    finish, key = given["finish"].encode("utf-8"), ids.octets(given["clinic"], ids.HASH)
    clinic.check_finish(finish, key, given["challenge"])
    header, introduction, _ = finish.split(b"\n", 2)
    first = Event(introduction.split(b"\n")[0], given["diary"]).at.replica
    signed = signatures.member_text(given["diary"], first)
    equal(signatures.holds(key, given["answer"]["member"], signed), True)
    shown = canonical.read(header).get("member")
    if shown is not None:
        equal(signatures.holds(key, shown, signed), True)


def check_code(given: Any) -> None:
    equal(codes.read(given["typed"]), (given["name"], given["secret"]))


FILES: dict[str, Callable[[Any], Iterator[Case]]] = {
    "canonical-json": canonical_json,
    "clocks": clocks,
    "conversations": conversations,
    "counts": merges,
    "enrolment": enrolment,
    "heads": heads,
    "ids": ids_,
    "keys": keys,
    "lines": lines,
    "merges": merges,
    "sections": sections,
}


def empty_store(given: Any) -> Store:
    pin = ids.octets(given["clinic"], ids.HASH) if "clinic" in given else None
    return Store(given["diary"], pin)


def filled_store(given: Any, held: list[Any]) -> Store:
    store = empty_store(given)
    for section in held:
        store.take(read_section(section))
    return store


def read_section(given: Any) -> Section:
    heads = [Head(Position(*head[:3]), head[3]) for head in given["heads"]]
    return Section([line.encode("utf-8") for line in given["lines"]], heads)


def verdict(store: Store, section: Section) -> dict[str, Any]:
    try:
        return {"verdict": "accepted", "stored": store.take(section)}
    except judging.RestsOnUnheld:
        return {"verdict": "rests-on-unheld"}
    except judging.Refused as error:
        return {"verdict": "refused", "line": error.line, "type": error.type}


def equal(found: Any, expected: Any) -> None:
    """Whether two values are the same JSON, so that a position is what it is written as."""
    if not isinstance(found, bytes):
        found, expected = canonical.write(found), canonical.write(expected)
    if found != expected:
        raise AssertionError(f"expected {expected!r},\n  found {found!r}")


def refused(error: type[Exception], function: Callable[..., Any], *arguments: Any) -> None:
    try:
        function(*arguments)
    except error:
        return
    raise AssertionError(f"expected a refusal of {arguments!r}")


def run(directory: Path) -> bool:
    """Runs all files and prints a line for each. A file that nobody knows is a failure."""
    present = {path.stem for path in directory.glob("*.json")}
    for name in sorted(present ^ set(FILES)):
        print(f"{name}: {'no such file' if name in FILES else 'nobody here runs it'}")
    all_pass = present == set(FILES)
    for name in sorted(present & set(FILES)):
        file = json.loads((directory / f"{name}.json").read_text(encoding="utf-8"))
        passed = failed = 0
        for case, check in FILES[name](file):
            try:
                check()
                passed += 1
            except Exception:
                failed += 1
                print(f"{name}, {case!r}: {traceback.format_exc()}")
        print(f"{name}: {passed} passed, {failed} failed")
        all_pass = all_pass and passed > 0 and failed == 0
    return all_pass


if __name__ == "__main__":
    sys.exit(0 if run(Path(sys.argv[1])) else 1)
