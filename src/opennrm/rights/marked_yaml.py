"""Reads YAML and keeps with each value the line it stands on, so that a refusal can name it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, NoReturn

import yaml

DEEPEST = 20
TRUTH = re.compile(r"^(?:true|True|false|False|yes|no)$")


class FileRefused(ValueError):
    """A file cannot be used; the message names file, line, fault and remedy."""


class Loader(yaml.SafeLoader):
    """Reads plain values only, and NO and ON as the codes of countries and regions they are."""

    yaml_implicit_resolvers = {
        letter: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool"]
        for letter, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", TRUTH, list("tTfFyn"))


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with the file and the line on which it stands; parts of it are marked too."""

    file: str
    line: int
    value: Any
    key_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def plain(self) -> Any:
        """Return the value without its marks."""
        if isinstance(self.value, Mapping):
            return {name: part.plain for name, part in self.value.items()}
        if isinstance(self.value, list):
            return [part.plain for part in self.value]
        return self.value

    def refuse(self, says: str, *, at: str | None = None) -> NoReturn:
        """Refuse the file at this value, or at one of its keys.

        :raises FileRefused: always; `says` is the fault and what to write instead.
        """
        line = self.key_lines.get(at or "", self.line)
        raise FileRefused(f"{self.file}:{line}: {says}")

    def parts(self, says: str) -> Mapping[str, "Marked"]:
        """Return the named parts.

        :raises FileRefused: when the value has none.
        """
        if not isinstance(self.value, Mapping):
            self.refuse(says)
        return self.value

    def entries(self, says: str) -> list["Marked"]:
        """Return the entries of a list that is not empty.

        :raises FileRefused: when the value is not such a list.
        """
        if not isinstance(self.value, list) or not self.value:
            self.refuse(says)
        return self.value

    def require_keys(self, needed: frozenset[str], allowed: frozenset[str]) -> None:
        """Refuse a key that nobody knows, and a key that is missing.

        :raises FileRefused: naming the key and the nearest known one.
        """
        parts = self.parts(f"Write names with values here: {', '.join(sorted(needed))}.")
        for name in parts:
            if name not in allowed:
                self.refuse(f"{name} is no known key. {near(name, allowed)}", at=name)
        missing = sorted(needed - parts.keys())
        if missing:
            self.refuse(f"{' and '.join(missing)} is missing. Add it.")


def near(name: str, known: frozenset[str]) -> str:
    """Say which known word was probably meant, or which there are."""
    close = get_close_matches(name, known, n=1)
    return f"Write {close[0]}." if close else f"Use one of: {', '.join(sorted(known))}."


def read_marked(text: str, file: str) -> Marked:
    """Read one YAML document with the line of every value.

    :raises FileRefused: when it is no YAML, is empty, or names a key twice.
    """
    try:
        loader = Loader(text)
        node = loader.get_single_node()
        if node is None:
            raise FileRefused(f"{file}:1: The file is empty. Begin with a template.")
        return _marked(loader, node, file)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        says = fault.problem or "it cannot be read"
        raise FileRefused(
            f"{file}:{line}: This is not YAML: {says}. Check the spaces and quotes."
        ) from fault
    except (yaml.YAMLError, ValueError) as fault:
        if isinstance(fault, FileRefused):
            raise
        raise FileRefused(f"{file}:1: This is not YAML: {fault}. Check the letters.") from fault


def _marked(loader: yaml.SafeLoader, node: yaml.Node, file: str, depth: int = 0) -> Marked:
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        raise FileRefused(f"{file}:{line}: This is too deep. Write it flatter.")
    if isinstance(node, yaml.SequenceNode):
        inside = [_marked(loader, one, file, depth + 1) for one in node.value]
        return Marked(file, line, inside)
    if isinstance(node, yaml.MappingNode):
        parts: dict[str, Marked] = {}
        lines: dict[str, int] = {}
        for name, at, value in _pairs(loader, node, file):
            parts[name], lines[name] = _marked(loader, value, file, depth + 1), at
        return Marked(file, line, parts, lines)
    return Marked(file, line, _scalar(loader, node, file))


def _scalar(loader: yaml.SafeLoader, node: yaml.Node, file: str) -> object:
    try:
        value = loader.construct_object(node)
    except ValueError as fault:
        line = node.start_mark.line + 1
        raise FileRefused(f"{file}:{line}: {fault}. Write a day as 2026-03-02.") from fault
    known = value is None or isinstance(value, str | bool | int | float | date)
    if not known:
        line = node.start_mark.line + 1
        raise FileRefused(f"{file}:{line}: Write a word, a number or a day, such as 2026-03-02.")
    return value


def _pairs(
    loader: yaml.SafeLoader, node: yaml.MappingNode, file: str
) -> Iterator[tuple[str, int, yaml.Node]]:
    seen: set[str] = set()
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in seen:
            raise FileRefused(f"{file}:{line}: {name} stands here twice. Keep one of them.")
        seen.add(name)
        yield name, line, value
