"""Changes rights/ and consent/ in every small way there is, and counts the changes no test sees.

    .venv/bin/python benchmarks/mutation.py            # all modules; prints a table and survivors
    .venv/bin/python benchmarks/mutation.py rights/access.py

The work is done in a folder of its own by mutmut: one process, the tests of both rooms only.
Changes that change nothing anybody could see are listed with their reason in
benchmarks/equivalent_mutants.yaml, and counted apart.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
ROOMS = ("rights", "consent")
LEAST = 95.0
# Reads the source of other rooms as text, which the changes would disturb.
LEFT_OUT = ("test_enforced_at.py",)
EQUIVALENT = ROOT / "benchmarks" / "equivalent_mutants.yaml"
CONFTEST = '''"""Few examples, always the same, with no limit of time: a change is found or not."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")
'''
SETTINGS = """
[tool.mutmut]
source_paths = ["src/"]
only_mutate = [{only}]
pytest_add_cli_args_test_selection = ["tests/rights", "tests/consent"]
also_copy = ["docs/"]

[tool.pytest.ini_options]
addopts = "-q -p no:cacheprovider"
pythonpath = ["src", "."]
"""
LINE = re.compile(r"^\s*(?P<name>opennrm\.\S+?): (?P<status>[a-z ]+)$")


def prepared(folder: Path, modules: list[str]) -> None:
    """Copy what is changed and what looks at it into a folder of its own."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs", folder / "docs")
    for room in ROOMS:
        shutil.copytree(
            ROOT / "tests" / room,
            folder / "tests" / room,
            ignore=shutil.ignore_patterns("__pycache__", *LEFT_OUT),
        )
    shutil.copy(ROOT / "tests" / "__init__.py", folder / "tests" / "__init__.py")
    (folder / "tests" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    only = ", ".join(f'"src/opennrm/{one}"' for one in modules)
    (folder / "pyproject.toml").write_text(SETTINGS.format(only=only), encoding="utf-8")


def mutmut(folder: Path, *words: str) -> str:
    """Run mutmut in the folder and return what it says."""
    python = str(ROOT / ".venv" / "bin" / "python")
    answer = subprocess.run(
        [python, "-m", "mutmut", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return answer.stdout + answer.stderr


def statuses(folder: Path) -> dict[str, str]:
    """Return what became of every change."""
    lines = mutmut(folder, "results", "--all", "true").splitlines()
    return {found["name"]: found["status"].strip() for one in lines if (found := LINE.match(one))}


def module_of(name: str) -> str:
    """Return the module of a change, as a path below the source."""
    return re.sub(r"\.[^.]*$", "", name.split("__mutmut", maxsplit=1)[0]).removeprefix("opennrm.")


def change_of(folder: Path, name: str) -> str:
    """Return the lines a change takes out and puts in."""
    shown = mutmut(folder, "show", name).splitlines()
    return "\n".join(one for one in shown if re.match(r"[-+](?![-+])", one))


def equivalents() -> dict[str, str]:
    """Read the changes that change nothing, each with its reason."""
    if not EQUIVALENT.exists():
        return {}
    listed = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or []
    return {squeezed(one["change"]): one["reason"] for one in listed}


def squeezed(text: str) -> str:
    """Return a text with every run of spaces as one."""
    return " ".join(text.split())


def report(folder: Path, seconds: float) -> int:
    """Print the table and the survivors; answer 1 when too few changes were seen."""
    found = statuses(folder)
    known = equivalents()
    total: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    same: Counter[str] = Counter()
    survivors: list[tuple[str, str]] = []
    for name, status in sorted(found.items()):
        module = module_of(name)
        total[module] += 1
        if status in ("killed", "timeout", "suspicious", "segfault", "caught by type check"):
            killed[module] += 1
            continue
        change = change_of(folder, name)
        if squeezed(change) in known:
            same[module] += 1
        else:
            survivors.append((name, change))
    print("| module | changes | seen | same in effect | share seen |")
    print("| --- | --- | --- | --- | --- |")
    for module in sorted(total):
        row(module, total[module], killed[module], same[module])
    share = row("together", total.total(), killed.total(), same.total())
    print(f"\n{seconds:.0f} seconds, one process.\n")
    for name, change in survivors:
        print(f"{name}\n{change}\n")
    return 0 if share >= LEAST else 1


def row(name: str, total: int, killed: int, same: int) -> float:
    """Print one line of the table; what is the same in effect counts for neither side."""
    share = 100 * killed / max(1, total - same)
    print(f"| {name} | {total} | {killed} | {same} | {share:.1f} % |")
    return share


def main() -> int:
    """Change, test, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=[f"{room}/*" for room in ROOMS])
    modules = parser.parse_args().modules
    with tempfile.TemporaryDirectory(prefix="opennrm-mutation-") as name:
        folder = Path(name)
        prepared(folder, modules)
        began = time.monotonic()
        said = mutmut(folder, "run", "--max-children", "1")
        seconds = time.monotonic() - began
        if "failed to collect" in said or "FAILED" in said:
            print(said[-2000:])
            return 2
        return report(folder, seconds)


if __name__ == "__main__":
    sys.exit(main())
