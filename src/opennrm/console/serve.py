"""`./run serve`: the pages for real use, without the demonstration."""

from __future__ import annotations

import argparse
from pathlib import Path
from subprocess import Popen

from opennrm.accounts.models import Account
from opennrm.console import stopping
from opennrm.console.demonstration.enrolling import holds_demonstration
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serving import HOST, free_port, pages, serving_now, the_only_one
from opennrm.console.ticking import ticking


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Serve the pages until somebody stops them."""
    stopping.listen()
    if already_served(machine.home):
        return 0
    faults = machine.faults()
    if faults:
        say("This installation is not sound enough for real people:")
        for fault in faults:
            say(f"- {fault}")
        return 1
    machine.leave_no_memory_behind()
    port = free_port(given.port)
    address = f"http://{HOST}:{port}/"
    shown = {"OPENNRM_DEMONSTRATION": "1"} if holds_demonstration() else {}
    with the_only_one(machine.home, address), pages(port, shown) as server:
        say(f"OpenNRM is at {address}")
        if not Account.objects.exists():
            say("Nobody is enrolled yet. Run: ./run enrol FILE.yaml")
        say("Press Ctrl+C to stop.")
        with ticking():
            return until_it_ends(server)


def already_served(home: Path) -> bool:
    """Say where the pages are, when another command serves them."""
    serving = serving_now(home)
    if serving is None:
        return False
    say(f"OpenNRM is running already, at {serving.address}")
    say("Stop it with: ./run stop")
    return True


def until_it_ends(server: Popen[bytes]) -> int:
    """Wait for the web server; it ends by itself only when something is wrong."""
    status = server.wait()
    say(f"The pages have stopped by themselves (status {status}).")
    return 1
