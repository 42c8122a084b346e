"""An agreement binds once all have signed, and only the database brings it into force."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError
from django.test import Client

from opennrm.accounts.models import Agreement as AccountsAgreement
from opennrm.accounts.models import Organisation
from opennrm.coordination.agreements import ending_soon, winding_up
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import Agreement, Party, RegisterEntry, Signature
from tests import cast
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, sent

TODAY = NOW.date()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def entry_of(house: Any) -> RegisterEntry:
    """Find or write the entry of a member."""
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        found, _made = RegisterEntry.objects.get_or_create(
            member_id=house.organisation,
            defaults={"name": f"{house.name} (entry)", "kind": "ngo", "jurisdiction": "MK"},
        )
    return found


def drafted(title: str, *houses: Any) -> Agreement:
    """Write a draft that binds some houses."""
    entries = [entry_of(house) for house in houses]
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        made = Agreement.objects.create(
            title=title,
            kind="memorandum",
            text="We work together.",
            in_force_from=TODAY - timedelta(days=1),
            in_force_until=TODAY + timedelta(days=30),
            wind_up_days=14,
        )
        for entry in entries:
            Party.objects.create(agreement=made, entry=entry, roles=["CM"], scopes=["D1"])
    return made


def step(client: Client, page: str, name: str, **typed: Any) -> Any:
    return sent(client, f"{page}{name}/", why="Agreed at the meeting", **typed)


def signature(party: UUID, **more: Any) -> dict[str, Any]:
    day = {
        "signed_on-day": TODAY.day,
        "signed_on-month": TODAY.month,
        "signed_on-year": TODAY.year,
    }
    return {"party": party, "signed_by": "A director", "how": "here", **day, **more}


def terms_of(house: Any, title: str) -> list[AccountsAgreement]:
    wanted = Organisation.objects.using("owner").get(ref=house.organisation)
    return list(wanted.agreements.filter(title__startswith=title))


class TestAnAgreement:
    def test_comes_into_force_when_all_have_signed_and_ends_early(self) -> None:
        made = drafted("Both sign", cast.GREEN_DOOR, cast.QUIET_HOUSE)
        client, page = browser(cast.CO_ORDINATOR), f"/coordination/agreements/{made.pk}/"
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            green, quiet = (
                made.parties.get(entry__member_id=house.organisation).pk
                for house in (cast.GREEN_DOOR, cast.QUIET_HOUSE)
            )
        add = "/coordination/signatures/add/"

        early = sent(browser(cast.CASE_MANAGER), add, **signature(green))
        step(client, page, "open")
        own = sent(browser(cast.CASE_MANAGER), add, **signature(green))
        foreign = sent(browser(cast.CASE_MANAGER), add, **signature(quiet))
        half = step(client, page, "bring-into-force")
        sent(client, add, **signature(quiet, how="on_paper"))
        whole = step(client, page, "bring-into-force")

        assert (early.status_code, own.status_code, foreign.status_code) == (422, 302, 422)
        assert half.status_code == 422 and "Not signed yet: Quiet House" in text(half)
        assert whole.status_code == 302
        assert [one.in_force_until for one in terms_of(cast.GREEN_DOOR, "Both sign")] == [
            made.in_force_until
        ]

        day = {"day-day": TODAY.day, "day-month": TODAY.month, "day-year": TODAY.year}
        step(client, page, "end", **day)
        assert [one.in_force_until for one in terms_of(cast.GREEN_DOOR, "Both sign")] == [
            TODAY + timedelta(days=1)
        ]
        assert [one.wind_up_days for one in terms_of(cast.GREEN_DOOR, "Both sign")] == [14]

        step(client, page, "close-cases")
        assert [one.wind_up_days for one in terms_of(cast.GREEN_DOOR, "Both sign")] == [0]
        assert client.get(f"{page}close-cases/").status_code == 404

    def test_is_not_rewritten_once_it_is_open(self) -> None:
        made = drafted("Stays as it is", cast.GREEN_DOOR)
        client, page = browser(cast.CO_ORDINATOR), f"/coordination/agreements/{made.pk}/"
        step(client, page, "open")

        assert client.get(f"{page}change/").status_code == 404
        for change in (
            lambda: Agreement.objects.filter(pk=made.pk).update(text="Something else"),
            lambda: Agreement.objects.filter(pk=made.pk).update(status="in_force"),
            lambda: Party.objects.filter(agreement=made).update(scopes=["D5"]),
            lambda: Party.objects.filter(agreement=made).delete(),
        ):
            refused = pytest.raises(DatabaseError, match=r"rewritten|named while")
            with refused, at_coordination(signed_in(cast.CO_ORDINATOR)):
                change()

    def test_is_signed_for_another_by_nobody(self) -> None:
        made = drafted("Signed for others", cast.CALL_LINE)
        step(browser(cast.CO_ORDINATOR), f"/coordination/agreements/{made.pk}/", "open")
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            party = made.parties.get()

        refused = pytest.raises(DatabaseError, match="row-level security")
        with refused, at_coordination(signed_in(cast.CASE_MANAGER)):
            Signature.objects.create(
                party_id=party.pk, signed_by="Not hers", signed_on=TODAY, how="here"
            )

    def test_is_brought_into_force_by_the_co_ordinator_alone(self) -> None:
        made = drafted("Not yours to decide", cast.GREEN_DOOR)
        client = browser(cast.CASE_MANAGER)

        answer = client.post(f"/coordination/agreements/{made.pk}/bring-into-force/", {"why": "x"})

        assert answer.status_code == 404
        with as_administrator() as connection:
            row = connection.execute(
                "SELECT has_function_privilege('opennrm_statistics', "
                "'nrm.bring_into_force(uuid)', 'EXECUTE')"
            ).fetchone()
        assert row == (False,)

    def test_warns_before_it_ends_unless_a_newer_one_stands(self) -> None:
        made = drafted("Ends soon", cast.GREEN_DOOR)
        Agreement.objects.using("owner").filter(pk=made.pk).update(status="in_force")
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            before = ending_soon(TODAY)
            newer = Agreement.objects.create(
                title="Ends soon",
                version=2,
                kind="memorandum",
                text="We go on.",
                in_force_from=TODAY,
                in_force_until=TODAY + timedelta(days=900),
                replaces=made,
            )
        Agreement.objects.using("owner").filter(pk=newer.pk).update(status="in_force")
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            after = ending_soon(TODAY)

        assert made in before and made not in after and newer not in after

    def test_still_warns_while_cases_are_wound_up(self) -> None:
        made = drafted("Ran out", cast.GREEN_DOOR)
        rows = Agreement.objects.using("owner").filter(pk=made.pk)
        rows.update(
            status="in_force", in_force_until=TODAY, in_force_from=TODAY - timedelta(days=9)
        )

        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            found = dict(winding_up(TODAY))
            later = dict(winding_up(TODAY + timedelta(days=14)))
        page = text(browser(cast.CO_ORDINATOR).get("/coordination/"))

        assert found[made] == TODAY + timedelta(days=14) and made not in later
        assert "Ran out (1)" in page and "has ended; its cases close after" in page
