"""Tests of what the rights say about a case as it stands."""

from datetime import datetime

import pytest

from opennrm.casework import warnings as engine
from opennrm.casework.warnings import Warner, warnings
from opennrm.lifecycle.case import Case
from opennrm.rights.access import ServiceSituation
from opennrm.rights.jurisdictions import Presets, presets
from tests.casework.story import Story
from tests.cast import NOON

ALL = frozenset({"D1", "D9"})


def not_asked(case: Case, found: Presets, at: datetime) -> object | None:
    return ServiceSituation(is_child=False, person_agreed=False, provider_accepted=True)


def nothing(case: Case, found: Presets, at: datetime) -> object | None:
    return None


@pytest.fixture
def _warned(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Warner("R11", frozenset({"D9"}), not_asked)
    other = Warner("R11", frozenset({"D9"}), nothing)
    monkeypatch.setattr(engine, "WARNERS", (one, one, other))


@pytest.mark.usefixtures("_warned")
class TestWarnings:
    def test_say_once_what_does_not_hold(self, story: Story) -> None:
        found = warnings(story.case, presets=presets("MK"), at=NOON, compartments=ALL)

        assert [finding.rule for finding in found] == ["R11"]

    def test_say_nothing_of_parts_the_viewer_does_not_hold(self, story: Story) -> None:
        seen = frozenset({"D1"})

        assert warnings(story.case, presets=presets("MK"), at=NOON, compartments=seen) == ()
