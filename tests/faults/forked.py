"""A writer forked from the process that will stop it: each fact is told once it is recorded."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connections

from tests.database import stay_awake
from tests.faults.writer import POLICE, described
from tests.stories import contact

CASES = 3


@dataclass
class Writer:
    """A process that appends facts of two parts, and what it has acknowledged so far."""

    pid: int
    heard_on: int
    acknowledged: list[UUID] = field(default_factory=list)
    _rest: bytes = b""

    def hear(self, *, until: int = 0, seconds: float = 60) -> None:
        """Take in what was acknowledged, waiting until there are so many."""
        end = time.monotonic() + seconds
        while True:
            with suppress(BlockingIOError):
                while chunk := os.read(self.heard_on, 65_536):
                    self._rest += chunk
            *lines, self._rest = self._rest.split(b"\n")
            self.acknowledged += [UUID(line.decode()) for line in lines]
            if len(self.acknowledged) >= until or time.monotonic() > end:
                return
            time.sleep(0.002)

    def end(self) -> None:
        """Kill the process, and take in the last of what it said."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.hear()
        os.close(self.heard_on)


def writing(*, pause: float = 0.0) -> Writer:
    """Fork a writer, which writes until it is stopped or its database is."""
    stay_awake()
    cases = [contact(POLICE, words="Before the fault.") for _ in range(CASES)]
    connections.close_all()
    heard_on, said_on = os.pipe()
    pid = os.fork()
    if pid == 0:
        _write(said_on, cases, pause)
    os.close(said_on)
    os.set_blocking(heard_on, False)
    return Writer(pid, heard_on)


def _write(said_on: int, cases: list[UUID], pause: float) -> None:
    """Write for ever; the process ends here, without the endings of its parent."""
    try:
        for number in range(1_000_000):
            fact = described(cases[number % CASES])
            os.write(said_on, f"{fact}\n".encode())
            time.sleep(pause)
    finally:
        os._exit(0)
