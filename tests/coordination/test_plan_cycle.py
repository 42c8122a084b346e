"""A co-ordinator runs a plan from its draft to what everybody can read of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import (
    Action,
    Budget,
    Indicator,
    Objective,
    Plan,
    RegisterEntry,
)
from opennrm.coordination.plan import light_of
from opennrm.coordination.plan_check import check_plan
from tests import cast
from tests.database import NOW, signed_in
from tests.web.browsing import browser, sent

TODAY = NOW.date()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def planned(title: str, **more: Any) -> Plan:
    """Write a draft with one objective and one action into the database."""
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        plan = Plan.objects.create(
            title=title,
            jurisdiction="MK",
            from_on=date(TODAY.year, 1, 1),
            until_on=date(TODAY.year + 3, 1, 1),
            currency="EUR",
            **more,
        )
        aim = Objective.objects.create(
            plan=plan, number="1", pillar="prevention", text="Fewer are at risk"
        )
        Action.objects.create(objective=aim, number="1.1", text="Talk to employers")
    return plan


def readied(plan: Plan, lead: RegisterEntry) -> Action:
    """Give the action of a plan all that it needs to start."""
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        action = Action.objects.get(objective__plan=plan)
        action.lead, action.topics = lead, ["demand"]
        action.from_on, action.until_on = plan.from_on, plan.until_on
        action.save()
        Budget.objects.create(
            action=action, source="state", year=TODAY.year, currency="EUR", planned=120_000
        )
        Indicator.objects.create(
            action=action, text="Employers met", unit="employers", target="40", target_on=TODAY
        )
    return action


def entry_of(house: Any, kind: str = "ngo") -> RegisterEntry:
    """Find or write the entry of a member."""
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        found, _made = RegisterEntry.objects.get_or_create(
            member_id=house.organisation,
            defaults={"name": f"{house.name} (entry)", "kind": kind, "jurisdiction": "MK"},
        )
    return found


def step(client: Client, page: str, name: str, **typed: Any) -> Any:
    return sent(client, f"{page}{name}/", why="It is time", **typed)


def on_day(day: date) -> dict[str, str]:
    return {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}


class TestAnAction:
    def test_starts_only_with_owner_days_indicator_and_money(self) -> None:
        plan = planned("Starting slowly")
        client = browser(cast.CO_ORDINATOR)
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            page = f"/coordination/actions/{Action.objects.get(objective__plan=plan).pk}/"

        early = step(client, page, "activate")
        readied(plan, entry_of(cast.GREEN_DOOR))
        later = step(client, page, "activate")

        assert early.status_code == 422
        assert "who leads it, its first and last day, an indicator" in text(early)
        assert later.status_code == 302 and "On track" in text(client.get(page))

    def test_without_money_says_why_and_counts_as_unfunded(self) -> None:
        plan = planned("Without money")
        action = readied(plan, entry_of(cast.GREEN_DOOR))
        client, page = browser(cast.CO_ORDINATOR), f"/coordination/actions/{action.pk}/"
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            Budget.objects.filter(action=action).update(planned=0)

        refused = step(client, page, "activate")
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            Action.objects.filter(pk=action.pk).update(unfunded_why="Volunteers do it")
        step(client, page, "activate")

        assert refused.status_code == 422 and "no money" in text(refused)
        assert "Without money" in text(client.get(page))

    @pytest.mark.parametrize(
        ("fields", "light"),
        [
            ({"status": "done"}, "done"),
            ({"status": "on_track", "until_on": TODAY - timedelta(days=1)}, "late"),
            ({"status": "not_started", "from_on": TODAY}, "watch"),
            ({"status": "not_started", "from_on": TODAY + timedelta(days=1)}, "not_started"),
            ({"status": "on_track", "active_on": TODAY, "until_on": TODAY}, "well"),
        ],
    )
    def test_stands_under_a_light(self, fields: dict[str, Any], light: str) -> None:
        assert light_of(Action(**fields), on=TODAY) == light

    def test_takes_amounts_as_people_write_them(self) -> None:
        plan = planned("Money")
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            action = Action.objects.get(objective__plan=plan)
        typed = {"action": action.pk, "source": "donor", "year": "2027", "allocated": "0"}
        client = browser(cast.CO_ORDINATOR)

        fine = sent(client, "/coordination/budgets/add/", planned="1250.50", spent="0", **typed)
        odd = sent(client, "/coordination/budgets/add/", planned="1.005", spent="0", **typed)

        assert fine.status_code == 302 and odd.status_code == 422
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            assert Budget.objects.get(action=action).planned == 125_050


class TestAPlan:
    def test_is_proposed_approved_adopted_and_published(self) -> None:
        lead = entry_of(cast.GREEN_DOOR)
        plan = planned("The whole way", adopting_body="Government")
        readied(plan, lead)
        client, page = browser(cast.CO_ORDINATOR), f"/coordination/plans/{plan.pk}/"

        unassessed = step(client, page, "propose")
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            Plan.objects.filter(pk=plan.pk).update(
                rights_impact="Looked at with two NGOs", rights_impact_on=TODAY
            )
        proposed = step(client, page, "propose")
        unapproved = step(client, page, "adopt", **on_day(TODAY))
        approval = {"plan": plan.pk, "outcome": "approved", "says": "Unanimous"}
        said = {f"decided_on-{name[4:]}": value for name, value in on_day(TODAY).items()}
        of_others = client.get("/coordination/approvals/add/")
        sent(browser(cast.COMMISSIONER), "/coordination/approvals/add/", **approval, **said)
        adopted = step(client, page, "adopt", **on_day(TODAY))
        published = step(client, page, "publish")

        assert unassessed.status_code == 422 and "human rights" in text(unassessed)
        assert proposed.status_code == 302 and unapproved.status_code == 422
        assert of_others.status_code == 404
        assert (adopted.status_code, published.status_code) == (302, 302)
        public = text(Client(headers={"host": "localhost"}).get(f"/public/plans/{plan.pk}/"))
        assert "Talk to employers" in public and "Government" in public
        assert lead.name in public

    def test_is_not_public_before(self) -> None:
        plan = planned("Nobody reads this yet")

        answer = Client(headers={"host": "localhost"}).get(f"/public/plans/{plan.pk}/")

        assert answer.status_code == 404

    def test_is_adopted_by_nobody_past_the_commission(self) -> None:
        plan = planned("Past the commission")

        refused = pytest.raises(DatabaseError, match="commission has not approved")
        with refused, at_coordination(signed_in(cast.CO_ORDINATOR)):
            Plan.objects.filter(pk=plan.pk).update(status="adopted")

    def test_is_checked_and_shown_on_one_page(self) -> None:
        plan = planned("Checked")
        readied(plan, entry_of(cast.GREEN_DOOR))
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            lines = {line.title: line for line in check_plan(plan, on=TODAY)}

        board = text(browser(cast.CASE_MANAGER).get(f"/coordination/plans/{plan.pk}/board/"))

        assert lines["Acts on demand"].is_well
        assert not lines["Rests on an assessment of the situation"].is_well
        assert lines["Pillar: Protection and assistance"].is_well is False
        assert lines["Actions with money"].found == "1 of 1 (100%)"
        assert "rests on no assessment" in board and "<svg" in board and "€1,200.00" in board


class TestTheWordsOfOthers:
    def test_a_lead_reports_on_its_own_actions_only(self) -> None:
        ours, theirs = entry_of(cast.GREEN_DOOR), entry_of(cast.CALL_LINE)
        mine = readied(planned("Led by us"), ours)
        other = readied(planned("Led by others"), theirs)
        client = browser(cast.CASE_MANAGER)
        typed = {"half_year": "2026-1", "status": "on_track", "says": "Met ten", "percent": "25"}

        own = sent(client, "/coordination/progress/add/", action=mine.pk, entry=ours.pk, **typed)
        foreign = sent(
            client, "/coordination/progress/add/", action=other.pk, entry=theirs.pk, **typed
        )
        odd = {**typed, "half_year": "spring"}
        wrong = sent(client, "/coordination/progress/add/", action=mine.pk, entry=ours.pk, **odd)

        assert (own.status_code, foreign.status_code, wrong.status_code) == (302, 422, 422)
        assert "2026-1 or 2026-2" in text(wrong)

    def test_civil_society_comments_and_ministries_do_not(self) -> None:
        ours = entry_of(cast.GREEN_DOOR)
        plan = planned("Commented on")
        days = {"said_on-day": "1", "said_on-month": "3", "said_on-year": "2026"}
        typed = {"plan": plan.pk, "text": "Shelters for men are missing", **days}

        said = sent(
            browser(cast.CASE_MANAGER), "/coordination/comments/add/", entry=ours.pk, **typed
        )
        office = sent(
            browser(cast.DECIDING_OFFICER), "/coordination/comments/add/", entry=ours.pk, **typed
        )

        assert (said.status_code, office.status_code) == (302, 422)
