"""Measures the explorer: every walk by itself, one after another, on one core.

.venv/bin/python benchmarks/explorer.py
"""

import os
import platform
import resource
import time

from opennrm.casework.exploring.explorer import explore
from opennrm.casework.exploring.walks import FULL, SHORT


def measured(walks: tuple, name: str) -> None:
    """Walk and print a table of what was found and how long it took."""
    print(f"\n{name}\n")
    print("| walk | states | transitions | depth | broken | CPU s |")
    print("| --- | --- | --- | --- | --- | --- |")
    whole = time.process_time()
    for bounds in walks:
        began = time.process_time()
        walk = explore(bounds)
        took = time.process_time() - began
        figures = f"{walk.states:,} | {walk.transitions:,} | {walk.depth} | {len(walk.broken)}"
        print(f"| {bounds.name} | {figures} | {took:.1f} |", flush=True)
    print(f"\n{time.process_time() - whole:.1f} s of one core together.")


if __name__ == "__main__":
    print(
        f"{platform.python_implementation()} {platform.python_version()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    measured(FULL, "Full")
    measured(SHORT, "In the tests")
    print(f"Most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
