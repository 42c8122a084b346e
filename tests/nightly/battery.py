"""Situations for rules asked outside a case: figures, enrolment, the log, closed words."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from opennrm.casework.access_log import require_log_open
from opennrm.casework.refusals import Refused
from opennrm.casework.service import require_unconditional
from opennrm.lifecycle.case import Case
from opennrm.rapporteur.releasing import ReleaseRefused, require_publishable
from opennrm.records.separation import RolesClash, require_account_apart
from opennrm.statistics import TableShape, protect
from tests import cast
from tests.casework.story import Story
from tests.nightly.recording import note
from tests.statistics.tables_drawn import SCOPE, population

ON = date(2026, 3, 2)
NOBODYS = UUID(int=1)


def tried(act: Callable[[], Any]) -> None:
    """Do a step and note what came of it."""
    try:
        act()
    except (Refused, ReleaseRefused, RolesClash) as no:
        note("refused", type(no).__name__, str(no))
    else:
        note("done")


class TestOutsideACase:
    def test_help_is_refused_for_a_link_to_organised_crime(self, story: Story) -> None:
        grounds = frozenset({"organised_crime"})

        tried(
            lambda: require_unconditional(
                story.case, "shelter", is_given=False, on=ON, grounds=grounds
            )
        )

    def test_a_referral_is_turned_down_because_no_signs_are_seen(self, story: Story) -> None:
        consent = story.consent(
            cast.DECIDING_OFFICER, "CA", purpose="identification", scopes=("D2", "D4", "D14")
        )
        sent = story.refer(cast.DECIDING_OFFICER, "CA", consent, purpose="identification")

        tried(
            lambda: story.answer(cast.DECIDING_OFFICER, sent, "declined", reason="no_signs_seen")
        )

    def test_the_log_is_opened_to_somebody_without_her_consents(self) -> None:
        tried(lambda: require_log_open(Case(NOBODYS), frozenset({"D1", "D9"}), on=ON))

    def test_a_table_without_its_break_downs_goes_out(self) -> None:
        told = population((60, {"scope": "internal"}), (40, {"scope": "cross_border"}))
        found = protect((TableShape("scope", (SCOPE,)),), told)

        tried(lambda: require_publishable(found, on=ON))

    def test_the_rapporteur_is_given_cases(self) -> None:
        tried(lambda: require_account_apart("somebody", ("NR", "VW"), on=ON))
