"""Damaged files given to every importer: read, or refused by its own refusal, and never broken.

OPENNRM_FUZZ says how often each importer is given one, ten times over.
"""

import gzip
import os
import random
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from opennrm.exchange.htcds.reading import read_workbook
from opennrm.exchange.htcds.refusals import WorkbookRefused as HtcdsRefused
from opennrm.exchange.questionnaires.question import QuestionnaireRefused
from opennrm.exchange.questionnaires.workbook import reply_workbook
from opennrm.exchange.questionnaires.workbook_back import WorkbookRefused, replies_in
from opennrm.exchange.questionnaires.yaml_file import from_yaml, shipped
from opennrm.rapporteur.ctdc.reading import ImportRefused, Rows, opened
from opennrm.rights import jurisdictions
from opennrm.rights.jurisdictions.preset import PresetRefused
from opennrm.rights.jurisdictions.reading import read
from tests.attacks.figures import told
from tests.attacks.odd import changed_bytes
from tests.exchange.workbooks import person, template
from tests.rapporteur.test_importing import KANON_HEADER, KANON_ROWS

TIMES = 10 * int(os.environ.get("OPENNRM_FUZZ", "2"))
LONGEST_S = 5.0
Importer = tuple[Callable[[Path], bytes], Callable[[Path, bytes], object], type[Exception]]
_given = 0
_slowest = 0.0


def as_text(read_text: Callable[[str], object]) -> Callable[[Path, bytes], object]:
    return lambda path, content: read_text(content.decode("utf-8", errors="replace"))


def read_htcds(path: Path, content: bytes) -> object:
    path.write_bytes(content)
    return list(read_workbook(path).rows)


def read_ctdc(path: Path, content: bytes) -> object:
    path.write_bytes(content)
    with opened(path) as stream:
        return list(Rows(stream))


def ctdc(folder: Path) -> bytes:
    return "\n".join(",".join(row) for row in [KANON_HEADER, *KANON_ROWS]).encode()


def shipped_file(package: object, name: str) -> Callable[[Path], bytes]:
    return lambda folder: (files(package) / name).read_bytes()  # type: ignore[call-overload]


QUESTIONS = "opennrm.exchange.questionnaires"
IMPORTERS: dict[str, Importer] = {
    "case data workbook": (
        lambda folder: template(folder / "good.xlsx", [person(), person()]).read_bytes(),
        read_htcds,
        HtcdsRefused,
    ),
    "public file": (ctdc, read_ctdc, ImportRefused),
    "packed public file": (lambda folder: gzip.compress(ctdc(folder)), read_ctdc, ImportRefused),
    "reply workbook": (
        lambda folder: reply_workbook(shipped("monitoring"), ()),
        lambda path, content: replies_in(content, shipped("monitoring")),
        WorkbookRefused,
    ),
    "questionnaire": (
        shipped_file(QUESTIONS, "shipped/monitoring.yaml"),
        as_text(from_yaml),
        QuestionnaireRefused,
    ),
    "national periods": (
        shipped_file(jurisdictions, "mk.yaml"),
        as_text(lambda text: read(text, file="mk.yaml")),
        PresetRefused,
    ),
}


class TestADamagedFile:
    @pytest.mark.parametrize("name", IMPORTERS)
    def test_is_read_or_refused(self, tmp_path, name):
        global _given, _slowest  # noqa: PLW0603 - counts for the figures
        make, take, refusal = IMPORTERS[name]
        good, path = make(tmp_path), tmp_path / "given"
        draw = random.Random(name)  # noqa: S311 - a repeatable choice, no secret
        refused = 0

        for _ in range(TIMES):
            begin = time.perf_counter()
            try:
                take(path, changed_bytes(draw, good))
            except refusal as said:
                refused += 1
                assert str(said).strip()
            _slowest = max(_slowest, time.perf_counter() - begin)
            _given += 1

        assert refused
        assert _slowest < LONGEST_S

    @pytest.mark.parametrize("name", IMPORTERS)
    def test_would_be_read_whole(self, tmp_path, name):
        """The control: the same file undamaged is read, or refused for being empty only."""
        make, take, refusal = IMPORTERS[name]
        good = make(tmp_path)
        if name == "reply workbook":
            with pytest.raises(refusal):
                take(tmp_path / "given", b"not a workbook")
        take(tmp_path / "given", good)


def test_says_what_was_given():
    told(
        "fuzzed_imports",
        importers=len(IMPORTERS),
        files=_given,
        broke=0,
        slowest_s=round(_slowest, 2),
    )
