#!/usr/bin/python3
"""The whole test: the vectors, then the story against a clinic of its own.

    run.py --diary PATH [--vectors DIRECTORY]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator

import story
import vectors

HERE = Path(__file__).resolve().parent
STOPPING = 30  # seconds


class Server:
    """A clinic in a directory of its own, run by the project's binary."""

    def __init__(self, diary: Path, directory: Path) -> None:
        self._diary = diary
        self._environment = {**os.environ, "DIARY_CLINIC": str(directory / "clinic")}
        self._run(
            "init", "--name", "Stranger Immunology", "--administrator", "A. Obi",
            "--staff", "a.obi",
        )

    def enrol(self, role: str) -> tuple[str, str]:
        """A letter for a device of the one patient: its code, and the key's fingerprint."""
        letter = json.loads(
            self._run("enrol", "P07", "--role", role, "--staff", "a.obi", "--json")
        )
        return letter["code"], letter["fingerprint"]

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """Serves on a free port of this machine, and stops by the process's own id."""
        process = subprocess.Popen(
            [self._diary, "clinic", "serve", "--port", "0"],
            env=self._environment, stdout=subprocess.PIPE, text=True,
        )
        try:
            listening = process.stdout.readline()
            if " listens at " not in listening:
                raise RuntimeError(f"the server says where it listens, not {listening!r}")
            yield listening.split(" listens at ")[1].split()[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=STOPPING)

    def _run(self, *arguments: str) -> str:
        command = [self._diary, "clinic", *arguments]
        done = subprocess.run(
            command, env=self._environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout


def run_story(diary: Path) -> bool:
    with tempfile.TemporaryDirectory(prefix="stranger-") as directory:
        server = Server(diary, Path(directory))
        with server.serving() as url:
            letters = [server.enrol(role) for role in ("patient", "carer", "patient")]
            codes = [code for code, _ in letters]
            return story.tell(url, letters[0][1], codes)


def main() -> int:
    options = argparse.ArgumentParser(description="A stranger's client against the project.")
    options.add_argument("--diary", type=Path, required=True)
    options.add_argument("--vectors", type=Path, default=HERE.parent / "ConformanceVectors")
    given = options.parse_args()
    passed = vectors.run(given.vectors)
    told = run_story(given.diary.resolve())
    return 0 if passed and told else 1


if __name__ == "__main__":
    sys.exit(main())
