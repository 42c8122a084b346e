"""What happened to rules reaches the copy for figures, and no identity goes with it."""

from typing import Any
from uuid import UUID

from opennrm.casework.breach import Breach, observe_breach
from opennrm.casework.overrides import Overriding, require_rule_unless
from opennrm.casework.ports import Change, Entry
from opennrm.casework.referral import ReferralAnswer, acknowledge_referral
from opennrm.records import rebuilding
from opennrm.records.desk import at_work
from opennrm.rights.access import ServiceSituation
from tests import cast, stories
from tests.database import NOW, as_administrator, signed_in
from tests.records.test_holds import CHIEF, held, said, waiting
from tests.records.test_rebuilding import differing, presumed, quiet

POLICE = cast.POLICE_OFFICER
UNASKED = ServiceSituation(is_child=False, person_agreed=False, provider_accepted=True)
COUNTED = (
    "SELECT rule, event, nth FROM statistics.rule_event JOIN nrm.rule_event_link "
    "USING (event_ref) WHERE case_ref = %s ORDER BY rule, event, nth"
)
REDRESS = (
    "SELECT compensation, assets FROM statistics.redress JOIN nrm.redress_link "
    "USING (row_ref) WHERE case_ref = %s"
)
FORGET = (
    "CREATE TEMPORARY TABLE gone ON COMMIT DROP AS "
    "SELECT row_ref FROM nrm.redress_link WHERE case_ref = %(case)s",
    "DELETE FROM nrm.redress_link WHERE case_ref = %(case)s",
    "DELETE FROM statistics.redress WHERE row_ref IN (SELECT row_ref FROM gone)",
)
COLUMNS = (
    "SELECT column_name FROM information_schema.columns "
    "WHERE table_schema = 'statistics' AND table_name = %s"
)


def counted(case_ref: UUID, query: str = COUNTED) -> list[tuple[Any, ...]]:
    """Read what the copy keeps of one case, through the link that statistics cannot read."""
    with as_administrator() as connection:
        return connection.execute(query, [case_ref]).fetchall()


def broken(who: cast.Member, case_ref: UUID, **more: Any) -> None:
    """Record a breach."""
    breach = Breach(**({"observed_on": stories.TODAY} | more))
    stories.do(observe_breach, who, case_ref=case_ref, breach=breach)


def overridden(who: cast.Member, case_ref: UUID) -> None:
    """Go on in spite of a rule, with a reason the rule knows."""
    why = Overriding(rule="R11", reason="imminent_danger_to_life", text="she was not conscious")
    session = signed_in(who)
    with at_work(session, at=NOW) as desk:
        case = desk.cases.load(case_ref)
        given = {"actor": session.actor, "at": NOW, "desk": desk}
        done = require_rule_unless("R11", UNASKED, stories.TODAY, why, case=case, **given)
        change = Change(facts=done.facts, notices=done.notices)
        desk.cases.append(case_ref, change, audit=Entry("test", who.account, NOW))


def turned_away(case_ref: UUID) -> None:
    """Refer her to a house that has no place for people of her sex."""
    sent = stories.referred(POLICE, case_ref, cast.CASE_MANAGER, "CM", ("D1", "D4", "D10"))
    answer = ReferralAnswer(referral=sent, answer="declined", reason="no_place_for_sex")
    stories.do(acknowledge_referral, cast.CASE_MANAGER, case_ref=case_ref, answer=answer)


class TestRuleEvents:
    def test_a_hold_and_a_second_person_who_disagrees_are_counted(self) -> None:
        case_ref = waiting()

        said(case_ref, held(case_ref), opinion="disagrees")

        assert counted(case_ref) == [("R23", "hold", 1), ("R23", "refusal", 1)]
        assert differing(case_ref) == []

    def test_breaches_are_numbered_so_that_a_case_counts_once(self) -> None:
        case_ref = stories.contact(POLICE)

        broken(POLICE, case_ref, breach="child_refused")
        broken(POLICE, case_ref, breach="child_refused")
        broken(POLICE, case_ref, breach="child_detained", rule="R35")

        assert counted(case_ref) == [
            ("R35", "breach", 1),
            ("R38", "breach", 1),
            ("R38", "breach", 2),
        ]
        assert differing(case_ref) == []

    def test_an_override_is_counted(self) -> None:
        case_ref = stories.contact(POLICE)

        overridden(POLICE, case_ref)

        assert counted(case_ref) == [("R11", "override", 1)]

    def test_a_house_that_turns_her_away_is_counted_as_a_refusal(self) -> None:
        case_ref = stories.contact(POLICE)

        turned_away(case_ref)

        assert counted(case_ref) == [("R05", "refusal", 1)]

    def test_the_check_notices_a_count_that_does_not_follow_from_facts(self) -> None:
        case_ref = waiting()
        held(case_ref)
        with as_administrator() as connection:
            connection.execute(
                "UPDATE statistics.rule_event SET rule = 'R01' WHERE event_ref IN "
                "(SELECT event_ref FROM nrm.rule_event_link WHERE case_ref = %s)",
                [case_ref],
            )

        assert differing(case_ref) == ["rule_events"]

        broken(CHIEF, case_ref, breach="child_refused")

        assert ("R23", "hold", 1) in counted(case_ref)
        assert differing(case_ref) == []


class TestTheCopyOfEvents:
    def test_has_no_column_of_a_case_a_person_a_house_or_a_moment(self) -> None:
        with as_administrator() as connection:
            found = {
                table: {name for (name,) in connection.execute(COLUMNS, [table]).fetchall()}
                for table in ("rule_event", "redress")
            }

        assert found["rule_event"] == {
            *("event_ref", "jurisdiction", "rule", "event", "year", "quarter", "nth")
        }
        assert found["redress"] == {"row_ref", "jurisdiction", "year", "compensation", "assets"}

    def test_is_read_by_statistics_and_its_links_are_not(self) -> None:
        ask = "SELECT has_table_privilege('opennrm_statistics', %s, 'SELECT')"
        tables = ("rule_event", "redress")
        with as_administrator() as connection:
            for table in tables:
                copied = connection.execute(ask, [f"statistics.{table}"]).fetchone()
                linked = connection.execute(ask, [f"nrm.{table}_link"]).fetchone()
                assert (copied, linked) == ((True,), (False,))


class TestRedress:
    def test_is_kept_for_a_person_in_the_figures_and_for_no_other(self) -> None:
        no_signs, case_ref = stories.contact(POLICE), presumed()

        assert counted(case_ref, REDRESS) == [("none", "none")]
        assert counted(no_signs, REDRESS) == []

    def test_is_checked_and_put_right(self) -> None:
        case_ref = presumed()
        with as_administrator() as connection:
            connection.execute(
                "UPDATE statistics.redress SET compensation = 'received' WHERE row_ref IN "
                "(SELECT row_ref FROM nrm.redress_link WHERE case_ref = %s)",
                [case_ref],
            )

        found = differing(case_ref)
        broken(POLICE, case_ref, breach="child_refused")

        assert found == ["redress"]
        assert differing(case_ref) == []
        assert counted(case_ref, REDRESS) == [("none", "none")]

    def test_of_a_case_recorded_before_it_was_kept_is_filled_by_the_rebuilding(self) -> None:
        case_ref = presumed()
        with as_administrator() as connection:
            for statement in FORGET:
                connection.execute(statement, {"case": case_ref})

        found = differing(case_ref)
        rebuilding.rebuild(quiet)

        assert found == ["redress"]
        assert counted(case_ref, REDRESS) == [("none", "none")]
        assert differing(case_ref) == []
