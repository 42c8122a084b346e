"""Says things to the person at the terminal: plain lines, and progress that does not flood."""

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

EVERY_SECONDS = 2.0
UNKNOWN = sys.maxsize


def say(text: str = "", *, to: TextIO | None = None) -> None:
    """Print a line at once, also where the output is a file or a pipe."""
    print(text, file=to or sys.stdout, flush=True)


@dataclass(slots=True)
class Progress:
    """Tells how far a long piece of work is: one line every two seconds, and one at the end."""

    doing: str
    things: str
    _began: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int) -> None:
        """Note how many are done, and say so when it is time."""
        now = time.monotonic()
        if done < total and now - self._told < EVERY_SECONDS:
            return
        self._told = now
        of = f" of {total}" if total < UNKNOWN else ""
        say(f"{self.doing}: {done}{of} {self.things}, {now - self._began:.0f} s")
