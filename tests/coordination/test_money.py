"""How long the money of a service lasts, and what warns before rest outlives it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.urls import reverse

from opennrm.casework.service import OfferReply, answer_offer
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.models import Grant, GrantPayment, RegisterEntry, ServiceProvided
from opennrm.coordination.money import Cover, covers, paid_until, rest_promised
from opennrm.records.queries.gaps import own_recovery_ends
from tests import cast, stories
from tests.database import as_administrator, signed_in
from tests.web.browsing import browser, fields_of

TODAY, CO = stories.TODAY, cast.CO_ORDINATOR
HOUSE = cast.CASE_MANAGER


def service() -> ServiceProvided:
    """A shelter of a house of its own name."""
    entry = RegisterEntry.objects.using("owner").create(
        name=f"House {uuid4().hex[:8]}", kind="ngo", jurisdiction="MK"
    )
    return ServiceProvided.objects.using("owner").create(entry=entry, service="shelter")


def granted(of: ServiceProvided, *, paid: int, begun: int, days: int = 365, **other) -> Grant:
    """A grant begun some days ago, of which something was paid; a day costs 100."""
    begins = TODAY - timedelta(days=begun)
    told = {"source": "state", "currency": "EUR", "amount": 50_000, "cost_a_day": 100, **other}
    made = Grant.objects.using("owner").create(
        service=of, from_on=begins, until_on=begins + timedelta(days=days), **told
    )
    GrantPayment.objects.using("owner").create(grant=made, paid_on=begins, amount=paid)
    connections["owner"].close()
    return made


def cover_of(of: ServiceProvided, ends=None) -> Cover:
    """Return the cover of one service as the co-ordinator's page has it."""
    with at_coordination(signed_in(CO)):
        found = covers(on=TODAY, jurisdiction="MK", recovery_ends=ends or {})
    return next(one for one in found if one.service == of.ref)


class TestTheCover:
    def test_counts_the_days_left_from_what_was_paid(self) -> None:
        shelter = service()
        granted(shelter, paid=10_000, begun=60)

        cover = cover_of(shelter)

        assert (cover.paid, cover.granted, cover.days_left) == (10_000, 50_000, 40)

    def test_adds_what_several_grants_paid(self) -> None:
        shelter = service()
        granted(shelter, paid=10_000, begun=60)
        granted(shelter, paid=5_000, begun=10)

        assert cover_of(shelter).days_left == 90

    def test_is_nothing_once_the_money_is_used_up(self) -> None:
        shelter = service()
        granted(shelter, paid=1_000, begun=60)

        assert cover_of(shelter).days_left == 0

    def test_ends_with_the_grant(self) -> None:
        assert paid_until(
            begins=TODAY, ends=TODAY + timedelta(days=5), paid=10**9, cost_a_day=1
        ) == (TODAY + timedelta(days=5))

    def test_warns_when_rest_that_begins_today_outlives_it(self) -> None:
        short, long = service(), service()
        promised = (rest_promised("MK", TODAY) - TODAY).days
        granted(short, paid=100 * (promised - 1), begun=0)
        granted(long, paid=100 * promised, begun=0)

        assert cover_of(short).outlived_by == TODAY + timedelta(days=promised)
        assert cover_of(long).outlived_by is None

    def test_warns_when_the_rest_of_somebody_who_lives_there_outlives_it(self) -> None:
        shelter = service()
        granted(shelter, paid=100 * 200, begun=0)
        later = TODAY + timedelta(days=201)

        assert cover_of(shelter, {shelter.ref: later}).outlived_by == later


class TestThePage:
    def test_says_paid_to_date_days_left_and_the_warning(self) -> None:
        shelter = service()
        granted(shelter, paid=1_000, begun=5)

        page = browser(CO).get(reverse("money_lasts")).content.decode()

        assert shelter.entry.name in page
        assert "outlives this money" in page

    def test_takes_a_payment_in_the_currency_of_the_grant(self) -> None:
        shelter = service()
        made = granted(shelter, paid=1_000, begun=5)
        client = browser(CO)
        address = reverse("coordination_grant-payments_add") + f"?of={made.ref}"
        typed = fields_of(client.get(address)) | {"grant": str(made.ref), "amount": "12.50"}
        typed |= {f"paid_on-{part}": getattr(TODAY, part) for part in ("day", "month", "year")}

        client.post(address, typed)

        assert cover_of(shelter).paid == 2_250

    def test_is_closed_to_who_does_not_read_the_directory(self) -> None:
        assert browser(cast.CONSUL).get(reverse("money_lasts")).status_code == 404


class TestTheRestOfThoseWhoLiveThere:
    def test_is_told_to_their_house_where_that_part_is_open(self) -> None:
        listed = stories.listed(HOUSE, places=1)
        case_ref = stories.contact(cast.POLICE_OFFICER)
        offer = stories.offered(cast.POLICE_OFFICER, case_ref, HOUSE, listed)
        reply = OfferReply(offer=offer, by="provider", answer="accepted")
        stories.do(answer_offer, HOUSE, case_ref=case_ref, reply=reply)
        ends = TODAY + timedelta(days=60)
        for part in ("D9", "D14"):
            with as_administrator() as connection:
                connection.execute("DELETE FROM nrm.deadline WHERE case_ref = %s", [case_ref])
                connection.execute(
                    "INSERT INTO nrm.deadline (case_ref, compartment, kind, fact_ref, "
                    "organisation, due_at) VALUES (%s, %s, 'T06', %s, %s, %s)",
                    [case_ref, part, offer, HOUSE.actor.organisation, f"{ends} 12:00+00"],
                )
            told = own_recovery_ends(signed_in(HOUSE))
            assert told.get(listed) == (ends if part == "D9" else None)
        assert own_recovery_ends(signed_in(CO)) == {}


@pytest.mark.parametrize("who", [cast.LAWYER, cast.CASE_MANAGER])
def test_another_house_writes_no_grant_of_a_service(who: cast.Member) -> None:
    made = granted(service(), paid=1_000, begun=5)
    address = reverse("coordination_grants_change", kwargs={"ref": made.ref})

    assert browser(who).get(address).status_code == 404
