"""Files stay short, finished, reachable and free of what belongs to one machine."""

import os
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name_of, project_files, python_files, text_files

WALL = 500
# Written in pieces, so that this file does not find itself.
PLACES = re.compile(r"(?<![\w.*])/(?:ro" + r"ot|home/\w+|Users/\w+|wo" + r"rk)/")
REGISTRIES = re.compile(
    r"pypi\." + r"org|pythonhosted\." + r"org|registry\.npm" + r"js|--index" + "-url"
)
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b|pragma: no " + r"cover"
    r"|raise NotImplemented" + r"Error|mark\.(?:sk" + r"ip|xf" + r"ail)\b"
)
HOMELESS = {"utils", "helpers", "common", "core", "misc"}
NOT_TRACKED = re.compile(r"(?i)ctdc[^/]*\.(?:csv|gz)$|\.sqlite3?$|node_modules/|(?:^|/)\.venv/")
COMMANDS = ("run", "test", "bin/lock", "bin/nightly", ".ci/run")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def found(pattern: re.Pattern[str], paths: tuple[Path, ...]) -> list[str]:
    """Say where a pattern stands, as file:line."""
    return [
        f"{name_of(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


class TestFiles:
    def test_python_files_end_before_the_wall(self) -> None:
        lengths = {
            name_of(path): len(path.read_text(encoding="utf-8").splitlines())
            for path in project_files()
            if path.suffix == ".py"
        }

        assert {name: lines for name, lines in lengths.items() if lines > WALL} == {}

    def test_name_no_place_on_one_machine(self) -> None:
        assert found(PLACES, text_files()) == []

    def test_name_no_package_registry(self) -> None:
        assert found(REGISTRIES, text_files()) == []

    def test_are_finished(self) -> None:
        code = tuple(
            path for path in text_files() if path.suffix in {".py", ".sql", ".js", ".mjs"}
        )

        assert found(UNFINISHED, code) == []

    def test_have_a_word_for_what_they_hold(self) -> None:
        homeless = [
            name_of(path)
            for path in project_files()
            if HOMELESS.intersection((*path.relative_to(ROOT).parts[:-1], path.stem))
        ]

        assert homeless == []

    def test_hold_no_data_set_and_nothing_made(self) -> None:
        assert [name for name in map(name_of, project_files()) if NOT_TRACKED.search(name)] == []


class TestCommands:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_can_be_run(self, command: str) -> None:
        assert os.access(ROOT / command, os.X_OK)


class TestLinks:
    def test_of_the_documents_lead_somewhere(self) -> None:
        broken = [
            f"{name_of(page)} -> {target}"
            for page in text_files()
            if page.suffix == ".md"
            for target in LINK.findall(page.read_text(encoding="utf-8"))
            if not target.startswith(("http://", "https://", "mailto:", "#"))
            if not (page.parent / target.partition("#")[0]).exists()
        ]

        assert broken == []


class TestPackages:
    def test_every_folder_of_code_says_what_it_is(self) -> None:
        folders = {path.parent for path in python_files("src/opennrm")}

        assert [name_of(path) for path in folders if not (path / "__init__.py").is_file()] == []
