"""`./run status`: what runs, and where the data are."""

import argparse

from opennrm.console.machine import Machine
from opennrm.console.saying import say
from opennrm.console.serving import serving_now


def run(_given: argparse.Namespace, machine: Machine) -> int:
    """Say what runs; exit 1 when the database does not."""
    state = machine.state()
    serving = serving_now(machine.home)
    say(f"Data folder: {machine.home}")
    say(f"Pages:       {serving.address if serving else 'not running'}")
    kind = "embedded" if state.embedded else "a server of your own"
    standing = f"PostgreSQL {state.version}" if state.running else "not running"
    say(f"Database:    {standing} ({kind})")
    return 0 if state.running else 1
