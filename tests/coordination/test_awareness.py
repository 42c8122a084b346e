"""Campaigns are evaluated, the media kit shows nobody, the Rapporteur gets her data."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError

from opennrm.coordination import awareness, feeds
from opennrm.coordination.desk import ChangeRefused, at_coordination
from opennrm.coordination.field_desk import for_the_police
from opennrm.coordination.models import (
    Campaign,
    Clipping,
    DataFeed,
    FieldReport,
    MediaItem,
    OutreachVisit,
    Publication,
    RegisterEntry,
    Report,
    SceneReport,
)
from tests import cast
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser

TODAY = NOW.date()
PRESS, SHELTER, RAPPORTEUR = cast.PRESS_OFFICER, cast.CASE_MANAGER, cast.RAPPORTEUR


def entry_of(member: cast.Member) -> RegisterEntry:
    """Find the entry of a member's house, made once by the co-ordinator."""
    with at_coordination(signed_in(cast.CO_ORDINATOR)):
        found = RegisterEntry.objects.filter(member_id=member.actor.organisation).first()
        return found or RegisterEntry.objects.create(
            name=f"Entry of {member.organisation.name}",
            kind="ngo",
            jurisdiction="MK",
            member_id=member.actor.organisation,
        )


def campaign(**more: Any) -> Campaign:
    """Make a running campaign of the press office, as who is bound."""
    given = {
        "title": "Go safely",
        "from_on": TODAY,
        "status": "running",
        "message": "Ask before you go.",
        "forms": ["labour"],
        "groups": ["seasonal_workers"],
    } | more
    return Campaign.objects.create(**given)


EVALUATED = {"reach": 900, "asked": 60, "change_before": 20, "change_after": 45, "method": "Asked"}


class TestACampaign:
    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({}, "Nobody has said whom"),
            (EVALUATED | {"asked": 0}, "not known what this campaign changed"),
            (EVALUATED | {"method": " "}, "not known what this campaign changed"),
            (EVALUATED | {"forms": []}, "forms of exploitation"),
            (EVALUATED | {"groups": []}, "groups at risk"),
        ],
    )
    def test_is_not_closed_before_it_was_evaluated(self, given: Any, says: str) -> None:
        entry = entry_of(PRESS)
        with at_coordination(signed_in(PRESS)):
            made = campaign(entry=entry, **given)
            with pytest.raises(ChangeRefused, match=says):
                awareness.close_campaign(made, on=TODAY, why="It is over")

            assert Campaign.objects.get(pk=made.pk).status == "running"

    @pytest.mark.parametrize("given", [EVALUATED, {"not_evaluated_because": "Broken off"}])
    def test_is_closed_evaluated_or_with_its_reason(self, given: Any) -> None:
        entry = entry_of(PRESS)
        with at_coordination(signed_in(PRESS)):
            made = campaign(entry=entry, **given)
            awareness.close_campaign(made, on=TODAY, why="It is over")

            assert Campaign.objects.get(pk=made.pk).status == "closed"

    @pytest.mark.parametrize(
        ("review", "says"),
        [("", "Nobody has reviewed"), ("discourages", "not to migrate"), ("safe_ways", "")],
    )
    def test_warns_of_a_message_that_keeps_people_at_home(self, review: str, says: str) -> None:
        entry = entry_of(PRESS)
        with at_coordination(signed_in(PRESS)):
            made = campaign(entry=entry, review=review)

        page = browser(PRESS).get(f"/coordination/campaigns/{made.pk}/").content.decode()

        assert (says in page) if says else ("/rules/R74/" not in page)

    def test_of_an_ngo_is_its_own(self) -> None:
        ours, other = entry_of(SHELTER), entry_of(PRESS)
        with at_coordination(signed_in(SHELTER)):
            made = campaign(entry=ours)
            refused = pytest.raises(ProgrammingError, match="row-level security")
            with refused:
                campaign(entry=other)
        with at_coordination(signed_in(cast.LAWYER)):
            assert Campaign.objects.filter(pk=made.pk).update(title="Taken over") == 0


class TestTheMediaKit:
    @pytest.mark.parametrize("shows", ["", "somebody"])
    def test_publishes_nothing_that_may_show_a_person(self, shows: str) -> None:
        with at_coordination(signed_in(PRESS)):
            item = MediaItem.objects.create(title="A", kind="picture", text="x", shows=shows)
            with pytest.raises(ChangeRefused):
                awareness.publish_media(item, at=NOW, on=TODAY, why="For the press")

            assert not Publication.objects.filter(about=item.pk).exists()

    def test_publishes_what_shows_nobody(self) -> None:
        with at_coordination(signed_in(PRESS)):
            item = MediaItem.objects.create(
                title="How to report", kind="guidance", text="Ask first.", shows="nobody"
            )
            awareness.publish_media(item, at=NOW, on=TODAY, why="For the press")

        page = browser(PRESS).get("/public/media-kit/").content.decode()

        assert "How to report" in page and "Ask first." in page

    def test_gathers_a_week_of_clippings_by_language(self) -> None:
        with at_coordination(signed_in(PRESS)):
            for days, title in ((0, "Today"), (6, "Six days ago"), (7, "A week ago")):
                Clipping.objects.create(
                    title=title,
                    outlet="A paper",
                    language="sq",
                    published_on=TODAY - timedelta(days=days),
                    summary="In short",
                )

            titles = [one.title for one in awareness.week_of_clippings(until=TODAY)]
        page = browser(PRESS).get("/coordination/press-week/").content.decode()

        assert titles == ["Today", "Six days ago"]
        assert "Six days ago" in page and "A week ago" not in page and "Albanian" in page


class TestTheRapporteur:
    @pytest.fixture
    def entry(self) -> Any:
        yield entry_of(PRESS)
        with as_administrator() as connection:
            connection.execute("DELETE FROM coordination_datafeed")

    def feed(self, entry: RegisterEntry, **more: Any) -> DataFeed:
        given = {"what": "Cases", "level": "local", "last_on": TODAY, "forms": feeds.FORMS} | more
        return DataFeed.objects.create(entry=entry, **given | {"forms": sorted(given["forms"])})

    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            (None, "feeds_not_named"),
            ({"last_on": TODAY - timedelta(days=367)}, "feeds_overdue"),
            ({"last_on": None}, "feeds_overdue"),
            ({"level": "national"}, "nothing_local"),
            ({"forms": ["labour"]}, "forms_left_out"),
            ({}, ""),
        ],
    )
    def test_is_told_what_is_missing(self, entry: Any, given: Any, reason: str) -> None:
        with at_coordination(signed_in(RAPPORTEUR)):
            if given is not None:
                self.feed(entry, **given)

            assert [one.reason for one in feeds.check_feeds(on=TODAY)] == [reason] * bool(reason)

    def test_alone_writes_what_is_owed_to_her(self, entry: Any) -> None:
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with at_coordination(signed_in(cast.CO_ORDINATOR)), refused:
            self.feed(entry)

    def report(self, until: date, **more: Any) -> Report:
        return Report.objects.create(
            title="A year",
            model="activities",
            organisation_id=RAPPORTEUR.actor.organisation,
            period_from=until - timedelta(days=365),
            period_until=until,
            due_on=until,
            **more,
        )

    def test_owes_a_report_to_parliament_within_a_year(self) -> None:
        with at_coordination(signed_in(RAPPORTEUR)):
            late = self.report(date(2024, 1, 1))
            said = self.report(date(2024, 1, 1), delayed_because="An election")
            early = self.report(TODAY)

            assert [one.reason for one in feeds.check_report(late, on=TODAY)] == [
                "not_with_parliament"
            ]
            assert feeds.check_report(said, on=TODAY) == []
            assert feeds.check_report(early, on=TODAY) == []
        page = browser(RAPPORTEUR).get(f"/coordination/reports/{late.pk}/").content.decode()
        assert "did not go to Parliament" in page

    def test_gives_an_approved_report_to_parliament_and_to_everybody(self) -> None:
        with at_coordination(signed_in(RAPPORTEUR)):
            report = self.report(date(2024, 1, 1))
            with pytest.raises(ChangeRefused, match="draft"):
                feeds.give_to_parliament(report, day=TODAY, why="Too soon")
            report.approved_at = NOW
            report.save()
            feeds.give_to_parliament(report, day=TODAY, why="Given")
            half = [one.reason for one in feeds.check_report(report, on=TODAY)]
            feeds.make_public(report, day=TODAY, why="Printed")

            assert half == ["not_public"] and feeds.check_report(report, on=TODAY) == []

    def test_of_another_body_owes_nothing_to_parliament(self) -> None:
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            other = Report.objects.create(
                title="Of the co-ordinator",
                model="activities",
                organisation_id=cast.CO_ORDINATOR.actor.organisation,
                period_from=date(2020, 1, 1),
                period_until=date(2021, 1, 1),
                due_on=date(2021, 1, 1),
            )

            assert feeds.check_report(other, on=TODAY) == []


class TestTheField:
    def report(self, **more: Any) -> FieldReport:
        given = {
            "house_id": SHELTER.actor.organisation,
            "told_on": TODAY,
            "where": "town",
            "majority": "adult",
            "forms": ["labour"],
            "signs": ["guarded"],
            "consent": "not_asked",
        } | more
        return FieldReport.objects.create(**given)

    @pytest.mark.parametrize(
        "given",
        [
            {"consent": "no", "status": "handed_on"},
            {"consent": "no", "follow_up_on": TODAY},
            {"consent": "not_asked", "status": "handed_on"},
        ],
    )
    def test_follows_up_only_what_she_wants(self, given: Any) -> None:
        refused = pytest.raises(IntegrityError, match="followed_up_as_she_wishes")
        with at_coordination(signed_in(SHELTER)), refused:
            self.report(**given)

    def test_hands_on_what_she_wants(self) -> None:
        with at_coordination(signed_in(SHELTER)):
            self.report(consent="yes", status="handed_on", follow_up_on=TODAY)

    def test_is_read_by_its_own_house_alone(self) -> None:
        with at_coordination(signed_in(SHELTER)):
            made = self.report()
        with at_coordination(signed_in(cast.CO_ORDINATOR)):
            assert not FieldReport.objects.exists()
        assert browser(SHELTER).get(f"/coordination/field-reports/{made.pk}/").status_code == 200

    def test_tells_the_police_codes_and_no_day(self) -> None:
        with at_coordination(signed_in(SHELTER)):
            made = self.report()

        told = for_the_police(made)
        assert set(told) == {"where", "majority", "forms", "signs", "month"}
        assert TODAY.isoformat() not in str(told) and str(made.pk) not in str(told)

    def test_counts_no_more_than_were_met(self) -> None:
        entry = entry_of(SHELTER)
        refused = pytest.raises(IntegrityError, match="no_more_than_were_met")
        with at_coordination(signed_in(SHELTER)), refused:
            OutreachVisit.objects.create(
                entry=entry,
                went_on=TODAY,
                place="farm",
                area="North",
                team=2,
                met=3,
                told_rights=4,
            )

    def test_passes_signs_of_places_to_those_who_inspect(self) -> None:
        with at_coordination(signed_in(cast.LABOUR_INSPECTOR)):
            SceneReport.objects.create(
                seen_on=TODAY, place="farm", area="North", signs=["guarded"]
            )
        seen = {}
        for member in (cast.DETECTIVE, cast.PROSECUTOR, SHELTER):
            with at_coordination(signed_in(member)):
                seen[member] = SceneReport.objects.exists()

        assert seen == {cast.DETECTIVE: True, cast.PROSECUTOR: True, SHELTER: False}
