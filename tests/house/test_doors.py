"""The doors between the rooms are locked where the house says so, and every module opens."""

import configparser
import os
import re
import subprocess
import sys

from tests.house.tree import ROOT, name_of, python_files

PURE = {
    "vocabulary",
    "rights",
    "indicators",
    "consent",
    "statistics",
    "lifecycle",
    "exchange",
    "casework",
}
WRITES_SQL = re.compile(r"\bnrm\.[a-z_]+\b")
MAY_WRITE_SQL = ("src/opennrm/records/",)
IMPORT_ALL = """
import importlib, pkgutil, django
django.setup()
import opennrm
for module in pkgutil.walk_packages(opennrm.__path__, "opennrm."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def contracts() -> configparser.ConfigParser:
    """Read the contracts between the rooms."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return parser


class TestContracts:
    def test_keep_every_pure_room_pure(self) -> None:
        listed = contracts()["importlinter:contract:pure"]["source_modules"].split()
        there = {path.parent.name for path in (ROOT / "src" / "opennrm").glob("*/__init__.py")}

        assert {name.removeprefix("opennrm.") for name in listed} == PURE & there

    def test_have_no_exception(self) -> None:
        excepted = [
            name for name in contracts().sections() if "ignore_imports" in contracts()[name]
        ]

        assert excepted == []


class TestSql:
    def test_on_the_record_is_written_in_its_own_room_only(self) -> None:
        elsewhere = [
            name_of(path)
            for path in python_files("src/opennrm")
            if not name_of(path).startswith(MAY_WRITE_SQL)
            if WRITES_SQL.search(path.read_text(encoding="utf-8"))
        ]

        assert elsewhere == []


class TestModules:
    def test_can_all_be_imported(self) -> None:
        answer = subprocess.run(
            [sys.executable, "-c", IMPORT_ALL],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "opennrm.config.settings"},
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT / "src",
        )

        assert answer.returncode == 0, answer.stderr[-2000:]
