"""Tests of the order in which a decider reads what was said about a person."""

from datetime import timedelta

from opennrm.casework.reading_order import in_reading_order
from opennrm.lifecycle.facts import Fact
from tests import cast
from tests.casework.story import Story
from tests.casework.test_screening import screened
from tests.cast import NOON
from tests.rights.removing import without

KINDS = {one.organisation: one.kind for one in cast.ORGANISATIONS}


def told(story: Story) -> tuple[Fact, ...]:
    """Let an organisation of civil society speak first, the police after it."""
    story.contact(cast.HELPLINE_WORKER)
    screened(story, cast.HELPLINE_WORKER)
    consent = story.consent(
        cast.POLICE_OFFICER, "FR", scopes=("D4",), who=cast.HELPLINE_WORKER, purpose="safety"
    )
    sent = story.refer(
        cast.POLICE_OFFICER, "FR", consent, who=cast.HELPLINE_WORKER, purpose="safety"
    )
    story.answer(cast.POLICE_OFFICER, sent)
    story.at = NOON + timedelta(hours=1)
    screened(story, cast.POLICE_OFFICER)
    return story.case.standing


class TestReadingOrder:
    def test_begins_with_those_who_stand_by_her(self, story: Story) -> None:
        said = [one.organisation for one in in_reading_order(told(story), KINDS)]

        line, police = cast.CALL_LINE.organisation, cast.TOWN_POLICE.organisation
        assert said == [line, police]

    def test_is_that_of_time_without_the_rule(self, story: Story) -> None:
        facts = told(story)

        with without("R14"):
            said = [one.organisation for one in in_reading_order(facts, KINDS)]

        line, police = cast.CALL_LINE.organisation, cast.TOWN_POLICE.organisation
        assert said == [police, line]

    def test_leaves_out_what_is_not_about_what_happened(self, story: Story) -> None:
        kinds = {one.kind for one in in_reading_order(told(story), KINDS)}

        assert kinds == {"screening_recorded"}
