"""She is asked again whether a consent still says what she wants."""

from datetime import date, timedelta

import pytest

from opennrm.casework.consent import Withdrawal, withdraw_consent
from opennrm.casework.consent_recheck import Recheck, recheck_consent
from opennrm.casework.refusals import ConsentMissing
from opennrm.lifecycle.deadlines import deadlines
from opennrm.rights.jurisdictions import presets
from tests import cast
from tests.casework.story import NEXT_YEAR, TODAY, Story

OFFICER, MANAGER = cast.POLICE_OFFICER, cast.CASE_MANAGER
SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=60)


@pytest.fixture()
def told(story: Story) -> Story:
    """A case that is begun."""
    return story.contact()


def due(story: Story) -> list[str]:
    every = deadlines(story.case, presets(cast.JURISDICTION))
    return [str(one.due_at) for one in every if one.kind == "T13R"]


class TestRecheck:
    def test_comes_up_on_its_day(self, told: Story) -> None:
        told.consent(MANAGER, "CM", recheck_on=SOON)

        assert len(due(told)) == 1

    def test_moves_the_day_when_the_consent_stands(self, told: Story) -> None:
        consent = told.consent(MANAGER, "CM", recheck_on=SOON)
        before = due(told)

        again = Recheck(consent=consent, asked_on=TODAY, next_on=LATER)
        recheck_consent(recheck=again, **told.by(OFFICER))

        assert due(told) != before
        assert len(due(told)) == 1

    def test_ends_where_no_next_day_is_set_or_the_consent_is_taken_back(self, told: Story) -> None:
        first = told.consent(MANAGER, "CM", recheck_on=SOON)
        second = told.consent(cast.LAWYER, "LA", scopes=("D4",), recheck_on=SOON)

        done = Recheck(consent=first, asked_on=TODAY)
        recheck_consent(recheck=done, **told.by(OFFICER))
        back = Withdrawal(consent=second, withdrawn_on=TODAY)
        withdraw_consent(withdrawal=back, **told.by(OFFICER))

        assert due(told) == []

    @pytest.mark.parametrize("day", (TODAY, NEXT_YEAR))
    def test_lies_within_the_term(self, told: Story, day: date) -> None:
        with pytest.raises(ConsentMissing, match="asking again"):
            told.consent(MANAGER, "CM", recheck_on=day)

    def test_is_not_said_of_a_consent_that_was_taken_back(self, told: Story) -> None:
        consent = told.consent(MANAGER, "CM")
        back = Withdrawal(consent=consent, withdrawn_on=TODAY)
        withdraw_consent(withdrawal=back, **told.by(OFFICER))

        with pytest.raises(ConsentMissing):
            recheck_consent(recheck=Recheck(consent=consent, asked_on=TODAY), **told.by(OFFICER))
