"""Runs the attacker machine alone: `python -m tests.attacks.machine STORIES STEPS SEED`.

The home it works in is named by OPENNRM_HOME; what it did goes to the standard output as JSON.
"""

import json
import sys
from dataclasses import asdict

from tests import database

database.prepared()

from tests.attacks.machine.running import attack  # noqa: E402

done = attack(int(sys.argv[1]), int(sys.argv[2]), number=int(sys.argv[3]), shrinks=False)
sys.stdout.write(json.dumps(asdict(done)) + "\n")
