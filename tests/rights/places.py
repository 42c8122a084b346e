"""Follows names through the code, to tell whether a place said to ask a rule reaches it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import opennrm
from opennrm.lifecycle.deadline import TIMERS

SOURCE = Path(opennrm.__file__).parent
ROOMS = (
    "casework",
    "lifecycle",
    "consent",
    "records",
    "rapporteur",
    "accounts",
    "web",
    "indicators",
    "coordination",
)
CODE = re.compile(r"R[0-9]{2}|T[0-9]{2}[A-Z]?")
Named = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
Place = tuple[str, str]


@cache
def modules() -> dict[str, ast.Module]:
    """Read every module of the rooms that may ask rules, by its name."""
    files = (file for room in ROOMS for file in (SOURCE / room).rglob("*.py"))
    return {_name(file): ast.parse(file.read_text(encoding="utf-8")) for file in files}


def _name(file: Path) -> str:
    parts = file.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def defined(module: str) -> dict[str, ast.AST]:
    """Return what a module defines at its top, by name; methods by their class and alone."""
    found: dict[str, ast.AST] = {}
    for node in modules()[module].body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id: node for one in targets if isinstance(one, ast.Name)}
    return found


@cache
def imported(module: str) -> dict[str, Place]:
    """Return the names a module brings in, each with where it comes from."""
    found: dict[str, Place] = {}
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                inside = whole in modules()
                found[one.asname or one.name] = (whole, "") if inside else (node.module, one.name)
    return found


def reached(place: Place, seen: set[Place] | None = None) -> set[str]:
    """Return every rule and timer named on the way from a place, through all it calls."""
    seen = set() if seen is None else seen
    module, name = place
    if place in seen or module not in modules():
        return set()
    seen.add(place)
    node = defined(module).get(name)
    if node is None:
        again = imported(module).get(name)
        return reached(again, seen) if again else set()
    found = set(_codes(node))
    for used in _used(module, node):
        found |= reached(used, seen)
    return found


def _codes(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield from (one.value,) if CODE.fullmatch(one.value) else ()


def _used(module: str, node: ast.AST) -> Iterator[Place]:
    here, brought = defined(module), imported(module)
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and one.id in here:
            yield module, one.id
        elif isinstance(one, ast.Name) and one.id in brought:
            yield brought[one.id]
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            source = brought.get(one.value.id)
            if source and not source[1]:
                yield source[0], one.attr


@cache
def places_named(name: str) -> tuple[Place, ...]:
    """Find the functions, tables and classes of this name, or those that make this timer."""
    if name in TIMERS:
        return tuple(_timers(name))
    wanted = "WARNERS" if name == "warnings" else name
    found = [(module, wanted) for module in modules() if wanted in defined(module)]
    return tuple(found)


def _timers(timer: str) -> Iterator[Place]:
    for module in modules():
        if module.startswith("opennrm.lifecycle.due_"):
            for name, node in defined(module).items():
                if timer in set(_codes(node)):
                    yield module, name
