"""Tests of data breaches: recorded by anyone, reported in time, told to the person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from opennrm.casework.incident import (
    BreachReport,
    DataBreach,
    record_data_breach,
    report_data_breach,
)
from opennrm.casework.overrides import Telling, tell_person
from opennrm.casework.refusals import AccessMissing, CaseNotFound, MoveRefused
from opennrm.casework.warnings import warnings
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import TODAY, Story
from tests.cast import NOON
from tests.rights.removing import without

OFFICER = cast.POLICE_OFFICER


def record(story: Story, who: cast.Member = OFFICER, **more: Any) -> Any:
    """Record a lost laptop."""
    known: dict[str, Any] = {"breach": "lost_or_stolen", "found_on": TODAY, "scopes": ("D2",)}
    return record_data_breach(breach=DataBreach(**(known | more)), **story.by(who))


def due(story: Story) -> dict[str, datetime]:
    """Return the deadlines that come from data breaches."""
    found = deadlines(story.case, presets("MK"))
    return {one.kind: one.due_at for one in found if one.kind in ("T18B", "T18P")}


def warned(story: Story, days: int = 0) -> list[str]:
    """Return the reasons of the warnings on data breaches some days later."""
    at = NOON + timedelta(days=days)
    parts = frozenset({"D1"})
    found = warnings(story.case, presets=presets("MK"), at=at, compartments=parts)
    return [finding.reason for finding in found if finding.rule == "R52"]


class TestRecordDataBreach:
    def test_runs_the_term_of_72_hours_from_when_it_was_found(self, story: Story) -> None:
        record(story, high_risk=False)

        assert due(story) == {"T18B": NOON + timedelta(hours=72)}

    def test_counts_from_the_start_of_an_earlier_day(self, story: Story) -> None:
        record(story, high_risk=False, found_on=TODAY - timedelta(days=1))

        assert due(story)["T18B"] < NOON + timedelta(hours=60)

    def test_asks_to_tell_her_only_where_the_risk_is_high(self, story: Story) -> None:
        record(story, high_risk=True)

        assert set(due(story)) == {"T18B", "T18P"}
        assert warned(story) == ["person_not_told"]

    def test_asks_for_the_risk_and_warns_when_nobody_reports(self, story: Story) -> None:
        record(story)

        assert warned(story) == ["risk_not_known"]
        assert warned(story, days=4) == ["not_reported"]

    def test_is_scheduled_and_warned_by_its_rule_only(self, story: Story) -> None:
        record(story, high_risk=True)

        with without("R52"):
            assert due(story) == {}
            assert warned(story, days=4) == []

    def test_tells_who_must_act_and_keeps_the_words_sealed(self, story: Story) -> None:
        story.with_case_manager()

        fact = record(story, description="left in a taxi")

        told = {one.organisation for one in story.office.notices if one.kind.startswith("data_")}
        assert cast.GREEN_DOOR.organisation in told
        assert story.case.fact(fact).open.keys() == {"breach", "found_on", "scopes"}  # type: ignore[union-attr]
        assert story.case.newest("data_breach_described").compartment == "D8"  # type: ignore[union-attr]

    def test_is_for_whoever_holds_anything_and_for_nobody_else(self, story: Story) -> None:
        with pytest.raises(CaseNotFound):
            record(story, who=cast.LAWYER)
        offered = story.consent(cast.LAWYER, "LA", scopes=("D9",))
        story.refer(cast.LAWYER, "LA", offered)
        with pytest.raises(AccessMissing):
            record(story, who=cast.LAWYER)

    def test_names_no_day_ahead(self, story: Story) -> None:
        with pytest.raises(MoveRefused):
            record(story, found_on=TODAY + timedelta(days=1))


class TestReportDataBreach:
    def test_ends_the_term_and_is_done_once(self, story: Story) -> None:
        about = record(story, high_risk=False)
        report = BreachReport(about=about, reported_on=TODAY)

        report_data_breach(report=report, **story.by(OFFICER))

        assert due(story) == {}
        assert warned(story, days=30) == []
        with pytest.raises(MoveRefused):
            report_data_breach(report=report, **story.by(OFFICER))

    def test_leaves_her_still_to_be_told(self, story: Story) -> None:
        about = record(story, high_risk=True)
        report = BreachReport(about=about, reported_on=TODAY)
        report_data_breach(report=report, **story.by(OFFICER))

        assert set(due(story)) == {"T18P"}

        told = Telling(about=about, told_on=TODAY, language="sq")
        tell_person(telling=told, **story.by(OFFICER))
        assert due(story) == {}
        assert warned(story) == []
