"""Assessments: a draft is its team's, off the record stays off it, no row is another's."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import (
    Assessment,
    AssessmentComment,
    AssessmentFinding,
    AssessmentMeeting,
    Change,
    HeldElsewhere,
)
from tests import cast
from tests.database import signed_in
from tests.web.browsing import browser, fields_of, sent

OFFICER, NCO = cast.OSCE_OFFICER, cast.CO_ORDINATOR
DAYS = {
    **{f"agreed_on-{part}": value for part, value in (("day", 1), ("month", 2), ("year", 2026))},
    **{f"starts_on-{part}": value for part, value in (("day", 1), ("month", 3), ("year", 2026))},
}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def assessment(member: cast.Member = OFFICER, **more: Any) -> Assessment:
    """Open an assessment as a person."""
    given = {"title": "An assessment", "kind": "country", "state": "MK", "stage": "draft", **more}
    with at_coordination(signed_in(member)):
        return Assessment.objects.create(
            organisation_id=member.organisation.organisation,
            agreed_on=date(2026, 2, 1),
            starts_on=date(2026, 3, 1),
            **given,
        )


def finding(of: Assessment, lead: cast.Member = OFFICER, **more: Any) -> AssessmentFinding:
    """Write a finding as a person."""
    given = {"number": 1, "chapter": "05_data", "kind": "finding", "text": "T", "source": "S"}
    with at_coordination(signed_in(lead)):
        return AssessmentFinding.objects.create(
            assessment=of, lead_id=lead.organisation.organisation, **{**given, **more}
        )


class TestAnAssessment:
    def test_is_its_teams_until_the_state_is_asked_for_comments(self) -> None:
        row = assessment()
        found = finding(row)

        with at_coordination(signed_in(NCO)):
            assert not Assessment.objects.filter(ref=row.ref).exists()
            assert not AssessmentFinding.objects.filter(ref=found.ref).exists()
            assert not Change.objects.filter(row__in=[row.ref, found.ref]).exists()
        with at_coordination(signed_in(OFFICER)):
            Assessment.objects.filter(ref=row.ref).update(stage="comments")
        with at_coordination(signed_in(NCO)):
            assert AssessmentFinding.objects.filter(ref=found.ref).exists()

    def test_takes_comments_of_the_state_and_no_change_by_it(self) -> None:
        row = assessment(stage="comments")
        found = finding(row)

        with at_coordination(signed_in(NCO)):
            AssessmentComment.objects.create(
                assessment=row,
                finding=found,
                house_id=NCO.organisation.organisation,
                text="The law changed in May.",
            )
            assert AssessmentFinding.objects.filter(ref=found.ref).update(text="Other") == 0
            assert Assessment.objects.filter(ref=row.ref).update(summary="Fine") == 0

        with at_coordination(signed_in(OFFICER)):
            assert [one.text for one in row.comments.all()] == ["The law changed in May."]

    def test_takes_no_row_of_another_team(self) -> None:
        row = assessment(stage="comments")

        for lead in (NCO, OFFICER):
            refused = pytest.raises(Exception, match=r"row-level security|foreign key")
            with refused, at_coordination(signed_in(NCO)):
                AssessmentFinding.objects.create(
                    assessment=row,
                    lead_id=lead.organisation.organisation,
                    number=9,
                    chapter="05_data",
                    kind="finding",
                    text="Not ours",
                    source="Nobody",
                )

    def test_begins_only_after_the_state_agreed(self) -> None:
        refused = pytest.raises(IntegrityError, match="agreed_before_it_begins")
        with refused, at_coordination(signed_in(OFFICER)):
            Assessment.objects.create(
                title="Too early",
                kind="country",
                state="MK",
                organisation_id=OFFICER.organisation.organisation,
                agreed_on=date(2026, 3, 2),
                starts_on=date(2026, 3, 1),
            )

    def test_addresses_every_recommendation_to_somebody(self) -> None:
        row = assessment()

        with pytest.raises(IntegrityError, match="recommendation_is_addressed"):
            finding(row, kind="recommendation")


class TestAMeeting:
    def test_off_the_record_keeps_no_name_and_no_word_and_is_read_by_the_team_only(self) -> None:
        row = assessment(NCO, kind="visit", stage="published")
        given = {
            "assessment": row,
            "lead_id": NCO.organisation.organisation,
            "on": date(2026, 3, 4),
            "with_kind": "ngo",
            "is_off_record": True,
        }

        with at_coordination(signed_in(NCO)):
            kept = AssessmentMeeting.objects.create(**given)
        with (
            pytest.raises(IntegrityError, match="off_the_record"),
            at_coordination(signed_in(NCO)),
        ):
            AssessmentMeeting.objects.create(**given, whom="Green Door")
        with at_coordination(signed_in(OFFICER)):
            assert Assessment.objects.filter(ref=row.ref).exists()
            assert not AssessmentMeeting.objects.filter(ref=kept.ref).exists()
            assert not Change.objects.filter(row=kept.ref).exists()


class TestThePages:
    def test_open_an_assessment_write_findings_and_warn_of_what_is_held(self) -> None:
        office, nco = browser(OFFICER), browser(NCO)
        with at_coordination(signed_in(OFFICER)):
            HeldElsewhere.objects.create(
                monitor="A treaty body",
                state="RS",
                concept="data",
                address="Paragraph 7",
                published_on=date(2024, 5, 1),
            )
        typed = {"title": "Ours", "kind": "country", "state": "RS", "stage": "comments", **DAYS}

        made = sent(office, "/coordination/assessments/add/", **typed)
        page = str(made["Location"])
        ref = page.rstrip("/").rsplit("/", 1)[1]
        kept = fields_of(office.get(f"/coordination/assessment-findings/add/?of={ref}"))
        added = office.post(
            "/coordination/assessment-findings/add/",
            {
                **kept,
                "number": "1",
                "chapter": "05_data",
                "kind": "recommendation",
                "text": "Count permits",
                "source": "Meeting of 4 March",
            },
        )
        whole = office.post(
            "/coordination/assessment-findings/add/",
            {
                **kept,
                "number": "1",
                "chapter": "05_data",
                "kind": "recommendation",
                "text": "Count permits",
                "source": "Meeting of 4 March",
                "addressee": "Ministry of the Interior",
            },
        )
        shown = text(office.get(page))
        told = sent(
            nco, f"/coordination/assessment-comments/add/?of={ref}", text="We agree.", finding=""
        )

        assert added.status_code == 422 and "to whom the recommendation" in text(added)
        assert whole.status_code == 302
        assert "Paragraph 7" in shown and "R79" in shown
        assert "Chapters without a finding yet" in shown and "Compensation and assets" in shown
        assert told.status_code == 302, text(told)
        assert "We agree." in text(office.get(page))
        assert "/change/" not in text(nco.get(page)).split("Comments of the State")[0]
