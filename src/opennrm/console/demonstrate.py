"""`./run`: the pages with the demonstration, its cases made in the background."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext

from django.utils import timezone

from opennrm.console import stopping
from opennrm.console.demonstration.coordination import make_coordination
from opennrm.console.demonstration.enrolling import RealPeopleHere, enrol_demonstration
from opennrm.console.demonstration.organisations import HOUSE, PASSPHRASE, WORKERS
from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serve import already_served, until_it_ends
from opennrm.console.serving import HOST, child, free_port, pages, the_only_one
from opennrm.console.ticking import ticking

SHOWN = {"OPENNRM_DEMONSTRATION": "1"}


def run(given: argparse.Namespace, machine: Machine) -> int:
    """Enrol the invented people, serve the pages, and make the cases meanwhile."""
    stopping.listen()
    if already_served(machine.home):
        return 0
    machine.leave_no_memory_behind()
    try:
        enrol_demonstration()
        make_coordination(on=timezone.now().date())
    except RealPeopleHere as refused:
        say(str(refused), to=sys.stderr)
        return 1
    port = free_port(given.port)
    address = f"http://{HOST}:{port}/"
    making = [sys.executable, "-m", "opennrm", "make-cases", "--cases", str(given.cases)]
    cases = child(making, SHOWN) if given.cases else nullcontext()
    with the_only_one(machine.home, address), pages(port, SHOWN) as server:
        tell_who_may_sign_in(address)
        with cases, ticking():
            return until_it_ends(server)


def tell_who_may_sign_in(address: str) -> None:
    """Print where to look and who may sign in."""
    say()
    say(f"OpenNRM is at {address}")
    say("This is a DEMONSTRATION: every person, organisation and case in it is invented.")
    say("Do not put real people into it.")
    say()
    say(f"Passphrase of everybody: {PASSPHRASE}")
    say()
    say(f"{'Sign-in name':<13} {'Role':<6} {'Name':<18} {'Organisation':<36} What they do")
    for worker in WORKERS:
        house = HOUSE[worker.house].name
        line = f"{worker.sign_in_name:<13} {worker.roles:<6} {worker.name:<18} {house:<36}"
        say(f"{line} {worker.does}")
    say()
    say("Invented people need no second factor. To try a passkey, open the pages under the name")
    say(f"{address.replace(HOST, 'localhost')} instead.")
    say("Without an account anyone may ask for help from the sign-in page.")
    say("Other commands: ./run help. Press Ctrl+C to stop.")
    say()
