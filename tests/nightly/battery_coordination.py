"""Situations for the rules on plans, surveys, campaigns, reports and conduct, told in a database.

Everything is undone at the end of a situation: each is played many times.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from opennrm.coordination import awareness, conduct, feeds, plan, plan_check, structures
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.models import (
    Action,
    Campaign,
    ConductReport,
    DataFeed,
    Indicator,
    Objective,
    Plan,
    RegisterEntry,
    Report,
    Seat,
    Structure,
)
from opennrm.coordination.surveys.monitors import HeldAnswer, already_held
from opennrm.coordination.surveys.totals import TotalRefused, total_of
from tests import cast, database
from tests.coordination.asking import LAW, PERSONS, number, reply
from tests.database import signed_in
from tests.nightly.recording import note

ON = date(2026, 3, 2)
FIRST, LAST = date(2026, 1, 1), date(2029, 1, 1)
FIVE_YEARS = (date(2021, 1, 1), date(2026, 1, 1))


@pytest.fixture(scope="session", autouse=True)
def _database() -> None:
    database.prepared()


@contextmanager
def undone(member: cast.Member) -> Iterator[None]:
    """Sit somebody at the co-ordination, and leave nothing of it behind."""
    with at_coordination(signed_in(member)), transaction.atomic():
        yield
        transaction.set_rollback(True)


def tried(act: Callable[[], Any]) -> None:
    """Do a step and note what came of it."""
    try:
        act()
    except (ChangeRefused, TotalRefused) as no:
        note("refused", type(no).__name__, str(no))
    else:
        note("done")


def warned(findings: list[Any]) -> None:
    """Note what a page would warn of."""
    note("warned", *(one.reason for one in findings))


def entry() -> RegisterEntry:
    """Write an organisation into the register."""
    return RegisterEntry.objects.create(name="Of the battery", kind="court", jurisdiction="MK")


def draft(**more: Any) -> tuple[Plan, Action]:
    """Write a plan with one action that names all it needs but money."""
    made = Plan.objects.create(
        title="Of the battery",
        level="national",
        jurisdiction="MK",
        from_on=FIRST,
        until_on=LAST,
        currency="EUR",
        **more,
    )
    aim = Objective.objects.create(plan=made, number="1", pillar="prevention", text="Less of it")
    action = Action.objects.create(
        objective=aim, number="1.1", text="Do it", lead=entry(), from_on=FIRST, until_on=LAST
    )
    Indicator.objects.create(action=action, text="Done", unit="times", target=1, target_on=LAST)
    return made, action


class TestAPlan:
    def test_starts_an_action_without_money(self) -> None:
        with undone(cast.CO_ORDINATOR):
            _plan, action = draft()
            tried(lambda: plan.activate_action(action, on=ON, why="It is time"))

    def test_is_proposed_without_looking_at_human_rights(self) -> None:
        with undone(cast.CO_ORDINATOR):
            made, _action = draft()
            tried(lambda: plan.propose_plan(made, on=ON, why="It is time"))

    def test_is_checked_without_a_basis_and_without_demand(self) -> None:
        with undone(cast.CO_ORDINATOR):
            made, _action = draft()
            for line in plan_check.check_plan(made, on=ON):
                if line.rule:
                    note("checked", line.rule, line.is_well)


class TestACommission:
    def test_has_no_seat_for_civil_society(self) -> None:
        with undone(cast.CO_ORDINATOR):
            made = Structure.objects.create(name="Of the battery", kind="commission")
            Seat.objects.create(structure=made, entry=entry(), function="chair", from_on=FIRST)
            warned(structures.check_structure(made, on=ON))


class TestASurvey:
    def test_asks_what_another_monitor_holds(self) -> None:
        held = HeldAnswer("A monitor", "2", "MK", "law", (), "", FIRST)

        asked = already_held([LAW], "MK", [held], on=ON)

        note("warned", *(one.says for one in asked))

    def test_adds_up_one_year_and_five(self) -> None:
        replies = [reply("A", number(3)), reply("B", number(4, FIVE_YEARS))]

        tried(lambda: total_of(PERSONS, replies, on=ON))


class TestTheRapporteur:
    def test_is_given_data_too_late(self) -> None:
        # The Rapporteur writes no register: the body that owes her data stands there before.
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            body, _made = RegisterEntry.objects.get_or_create(
                name="Late with its data", kind="court", jurisdiction="MK"
            )
        with undone(cast.RAPPORTEUR):
            DataFeed.objects.create(
                entry=body, what="Cases", level="local", last_on=date(2020, 1, 1)
            )
            warned(feeds.check_feeds(on=ON))

    def test_keeps_her_report_to_herself(self) -> None:
        with undone(cast.RAPPORTEUR):
            report = Report.objects.create(
                title="Of the battery",
                model="activities",
                organisation_id=cast.RAPPORTEUR.actor.organisation,
                period_from=date(2022, 1, 1),
                period_until=date(2023, 1, 1),
                due_on=date(2023, 6, 1),
            )
            warned(feeds.check_report(report, on=ON))


class TestACampaign:
    def test_is_closed_and_nobody_was_asked(self) -> None:
        with undone(cast.CO_ORDINATOR):
            made = Campaign.objects.create(
                title="Of the battery", entry=entry(), from_on=FIRST, status="running", message="x"
            )
            tried(lambda: awareness.close_campaign(made, on=ON, why="It is over"))

    def test_tells_people_to_stay_at_home(self) -> None:
        warned(awareness.check_message(Campaign(review="discourages"), on=ON))


class TestConduct:
    def test_of_which_the_head_was_not_told_is_closed(self) -> None:
        who = cast.OSCE_OFFICER
        with undone(who):
            conduct.name_reader(signed_in(who), who.account, on=ON, why="The first")
            report = ConductReport(
                house_id=who.actor.organisation,
                received_on=ON,
                kind="labour",
                outcome="disciplined",
            )
            conduct.write_report(signed_in(who), report, "Told")
            tried(lambda: conduct.close_conduct_report(report, on=ON, why="It is over"))
