"""Tests that every rule called enforced is asked by a use case, or kept by the structure."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import opennrm
from opennrm.rights.registry import ENFORCED

PLACES = (
    "casework/*.py",
    "lifecycle/due_*.py",
    "rapporteur/*.py",
    "records/separation.py",
    "coordination/*.py",
    "coordination/surveys/*.py",
)
STRUCTURAL = {"R17": "each track is folded from its own kinds of facts; tracks import no other"}
RULE = re.compile(r"R[0-9]{2}")


def asked_in(tree: ast.AST) -> Iterator[str]:
    """Find the rules a module asks; those it only names beside a refusal do not count."""
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id == "found":
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield from RULE.findall(tree.value) if RULE.fullmatch(tree.value) else ()
    for child in ast.iter_child_nodes(tree):
        yield from asked_in(child)


def asked_by_use_cases() -> set[str]:
    """Find the rules all modules of the use cases, the timers and the release desk ask."""
    folder = Path(opennrm.__path__[0])
    files = (file for place in PLACES for file in folder.glob(place))
    sources = (file.read_text(encoding="utf-8") for file in files)
    return {rule for source in sources for rule in asked_in(ast.parse(source))}


class TestEnforcedRules:
    def test_are_each_asked_by_a_use_case_or_kept_by_structure(self) -> None:
        assert set(ENFORCED) - asked_by_use_cases() == set(STRUCTURAL)

    def test_are_the_only_rules_a_use_case_asks(self) -> None:
        assert asked_by_use_cases() <= set(ENFORCED)
