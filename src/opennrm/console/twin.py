"""`./run twin`: two installations hand an adult and a child over to each other, told aloud."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serving import HOST, ServingRefused, free_port, pages
from opennrm.exchange.crossborder.card import read_card

FIRST_PORTS = {"north": 8100, "south": 8200}


class TwinFailed(Exception):
    """The two sides did not do what they should; the message says what."""


class Twin:
    """One side as this command speaks to it."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        self.name, self._process = name, process

    def heard(self) -> dict[str, Any]:
        """Read one answer.

        :raises TwinFailed: when the side has ended.
        """
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise TwinFailed(f"The {self.name} side has ended.")
        told: dict[str, Any] = json.loads(line)
        return told

    def do(self, step: str, **given: str) -> Any:
        """Let it take a step.

        :raises TwinFailed: when the step is refused.
        """
        if self._process.stdin is None:
            raise TwinFailed(f"The {self.name} side does not listen.")
        self._process.stdin.write(json.dumps({"step": step, "with": given}) + "\n")
        self._process.stdin.flush()
        told = self.heard()
        if "refused" in told:
            raise TwinFailed(f"The {self.name} side refused {step}: {told['refused']}")
        return told["done"]

    def tell(self, step: str, **given: str) -> None:
        """Let it take a step, and say what it did."""
        say(f"  {self.name.capitalize()}: {self.do(step, **given)}.")


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Play both hand-overs; as a side, obey the command that started it."""
    if given.side:
        machine.open()
        # Models can be imported only now.
        from opennrm.console.twins.side import obey  # noqa: PLC0415

        return obey(given.side)
    try:
        with both() as (north, south):
            introduced(north, south)
            held = [played(north, south, who) for who in ("adult", "child")]
    except TwinFailed as failed:
        say(str(failed), to=sys.stderr)
        return 1
    say()
    say("Both sides tell the same story." if all(held) else "The stories DIFFER.")
    return 0 if all(held) else 1


@contextmanager
def both() -> Iterator[tuple[Twin, Twin]]:
    """Start two installations, each with a home, a database and a port, and end them."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="opennrm-twin-")))
        scratch.chmod(0o711)
        north, south = (stack.enter_context(_side(scratch, name)) for name in FIRST_PORTS)
        yield north, south


def introduced(north: Twin, south: Twin) -> None:
    """Exchange cards and let each side trust the other."""
    say("Two installations that do not know each other exchange cards.")
    for one, other in ((north, south), (south, north)):
        card = other.do("card")
        # Two people would read this out on the telephone.
        one.tell("trust", card=card, fingerprint=read_card(card).fingerprint)


def played(north: Twin, south: Twin, who: str) -> bool:
    """Play one hand-over to its end, and tell whether both sides tell it alike."""
    say()
    say(f"A hand-over of a{'n adult' if who == 'adult' else ' child'}")
    say("---------------------------")
    kept = north.do("offer", who=who, to=south.do("card"))
    say("  North: takes her consent for exactly this focal point, and offers a preview.")
    carried(north, south)
    ref = kept["hand_over"]
    south.tell("preview", hand_over=ref)
    south.tell("answer", hand_over=ref, answer="accepted")
    carried(north, south)
    north.tell("send", case=kept["case"], hand_over=ref, who=who)
    carried(north, south)
    south.tell("take_over", hand_over=ref)
    carried(north, south)
    if who == "adult":
        north.tell("withdraw", case=kept["case"], consent=kept["consent"])
        carried(north, south)
        south.tell("confirm", hand_over=ref, done="kept_as_she_agreed")
        carried(north, south)
    return told_alike(north, south, ref)


def carried(*sides: Twin) -> None:
    """Send what is due between both."""
    for side in sides:
        sent = side.do("carry")
        if sent["taken"]:
            say(f"  {side.name.capitalize()}: {sent['taken']} sealed message sent and receipted.")


def told_alike(north: Twin, south: Twin, ref: str) -> bool:
    """Print the story of both sides, and tell whether they are the same."""
    stories = {side.name: side.do("story", hand_over=ref) for side in (north, south)}
    for name, story in stories.items():
        words = [f"{'North' if line[0] else 'South'} {line[2]}" for line in story["lines"]]
        said = ", ".join(words)
        say(f"  Story in the {name.capitalize()}: {said}. It stands: {story['stands']}.")
    same = stories["north"]["lines"] == stories["south"]["lines"]
    once = bool(stories["south"]["case"])
    say(f"  One case in the South: {'yes' if once else 'NO'}.")
    stand_alike = bool(stories["north"]["stands"] == stories["south"]["stands"])
    return same and once and stand_alike


@contextmanager
def _side(scratch: Path, name: str) -> Iterator[Twin]:
    home = scratch / name
    home.mkdir(mode=0o700)
    port = _port_from(FIRST_PORTS[name])
    changed = {
        "OPENNRM_HOME": str(home),
        "OPENNRM_ADDRESS": f"http://{HOST}:{port}/",
        "OPENNRM_PRIVATE_HOSTS": HOST,
        # Nothing of it is kept, and nothing of another installation gets in.
        "OPENNRM_THROW_AWAY": "1",
        "OPENNRM_DATABASE": "",
        "OPENNRM_DATABASE_URL": "",
        "PYTHONUTF8": "1",
    }
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
        [sys.executable, "-m", "opennrm", "twin", "--side", name],
        env={**os.environ, **changed},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    side = Twin(name, process)
    try:
        side.heard()
        say(f"The {name} is at {changed['OPENNRM_ADDRESS']}")
        with pages(port, changed):
            yield side
    finally:
        if process.stdin:
            process.stdin.close()
        process.wait(timeout=30)
        _ended(changed)


def _port_from(first: int) -> int:
    for port in range(first, first + 50):
        try:
            return free_port(port)
        except ServingRefused:
            continue
    raise TwinFailed(f"No port from {first} on is free.")


def _ended(changed: Mapping[str, str]) -> None:
    """Stop the database server of a side."""
    subprocess.run(
        [sys.executable, "-m", "opennrm", "stop"],
        env={**os.environ, **changed},
        stdout=subprocess.DEVNULL,
        check=False,
    )
