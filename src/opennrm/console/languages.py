"""`./run languages`: renews the catalogues from the code and says what waits for translation."""

import argparse

from opennrm.console.catalogues import kept
from opennrm.console.catalogues.found import texts
from opennrm.console.machine import Machine
from opennrm.console.saying import say


def run(given: argparse.Namespace, _machine: Machine) -> int:
    """Renew every catalogue, say what is missing or wrong, and fail when something is wrong."""
    wanted, wrong = texts(), 0
    for language in kept.LANGUAGES:
        catalog = kept.renewed(language, wanted)
        path = kept.file_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept.written(catalog))
        waiting, faults = kept.missing(catalog), list(kept.faults(catalog))
        wrong += len(faults)
        say(f"{language}: {len(wanted) - len(waiting)} of {len(wanted)} texts translated.")
        for fault in faults:
            say(f"  {fault}")
        if given.show:
            for one in waiting:
                say(f"  waits: {one.id if isinstance(one.id, str) else one.id[0]}")
    return 1 if wrong else 0
