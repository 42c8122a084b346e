"""A newsletter is put together from a period's changes, and of what its readers may read."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.db import DatabaseError
from django.test import Client

from opennrm.coordination.desk import ChangeRefused, at_coordination, because
from opennrm.coordination.models import (
    Action,
    Clipping,
    Event,
    LibraryItem,
    Newsletter,
    Publication,
    Recommendation,
)
from opennrm.coordination.newsletters import FOR_THE_MECHANISM, assembled, document_of
from opennrm.coordination.permissions import Area
from opennrm.coordination.publishing import publish_newsletter
from opennrm.coordination.reports.document import Items
from tests import cast
from tests.coordination.test_plan_cycle import entry_of, planned
from tests.database import NOW, as_administrator, signed_in
from tests.web.browsing import browser, sent

TODAY = NOW.date()
WEEK = timedelta(days=7)
OFFICE = cast.CO_ORDINATOR


def edition(*, for_everybody: bool = False, until: date = TODAY + timedelta(days=1)) -> Newsletter:
    return Newsletter(
        title="News [news]",
        from_on=until - WEEK,
        until_on=until,
        for_everybody=for_everybody,
        organisation_id=OFFICE.organisation.organisation,
    )


def told(made: Newsletter) -> str:
    with at_coordination(signed_in(OFFICE)):
        return assembled(made)


@pytest.fixture(scope="module", autouse=True)
def _news() -> Iterator[None]:
    """Let news happen, and take away afterwards what other tests would count."""
    _happened()
    yield
    with as_administrator() as connection:
        for table in ("event", "libraryitem", "clipping", "publication", "newsletter"):
            connection.execute(f"DELETE FROM coordination_{table} WHERE title LIKE '%[news]%'")
        connection.execute("DELETE FROM coordination_recommendation WHERE number = 'NEWS-1'")


def _happened() -> None:
    """Let one thing of each kind happen today, and things that no newsletter tells."""
    plan = planned("A plan that moves", status="draft")
    entry = entry_of(cast.CASE_MANAGER.organisation)
    with at_coordination(signed_in(OFFICE)):
        with because("It began"):
            for status in ("on_track", "delayed"):
                action = Action.objects.get(objective__plan=plan)
                action.text, action.status = "Talk to moving employers", status
                action.save()
        Recommendation.objects.create(
            number="NEWS-1", body="osce", document="A report", text="Pay for it", addressee="State"
        )
        Event.objects.create(
            title="A day of [news]", kind="conference", entry=entry, from_on=TODAY, until_on=TODAY
        )
        Event.objects.create(
            title="A day of [news] ahead",
            kind="conference",
            entry=entry,
            from_on=TODAY + WEEK,
            until_on=TODAY + WEEK,
        )
        LibraryItem.objects.create(title="A new law [news]", kind="law", source="Gazette 7")
        for title, harms in (("Good press [news]", False), ("Press that shows her [news]", True)):
            Clipping.objects.create(
                title=title,
                outlet="Gazette",
                language="en",
                published_on=TODAY,
                summary="In\nshort",
                harms=harms,
            )
        Publication.objects.create(
            kind="media_item",
            about=entry.pk,
            area=Area.CAMPAIGNS.value,
            title="A piece for everybody [news]",
            at=NOW,
            content={},
        )


class TestTheEditionForTheMechanism:
    def test_says_what_changed_in_the_period(self) -> None:
        text = told(edition())
        assert "1.1 Talk to moving employers: Delayed (before: Not started)" in text
        assert "- NEWS-1: Pay for it (State)" in text
        assert "- A new law [news] (Law) [^Gazette 7]" in text
        assert "Good press [news], Gazette. In short" in text
        assert "A piece for everybody" in text
        held, ahead = text.index("A day of [news]"), text.index("[news] ahead")
        assert held < text.index("# Coming up") < ahead

    def test_leaves_out_what_shows_or_blames_a_person(self) -> None:
        assert "shows her" not in told(edition())

    def test_leaves_out_what_an_installation_brought(self) -> None:
        every = set(Recommendation.objects.using("owner").values_list("number", flat=True))
        section = told(edition()).partition("# Recommendations")[2].partition("#")[0]
        named = {line.split(":")[0] for line in section.split("- ")[1:]}
        assert "NEWS-1" in named
        assert len(named) <= len(every) - 25  # those of the reference data, which are brought

    def test_of_another_period_says_nothing_of_it(self) -> None:
        text = told(edition(until=TODAY - timedelta(days=300)))
        for news in ("moving employers", "NEWS-1", "A day of [news]", "A new law", "Good press"):
            assert news not in text

    def test_looks_at_no_register_with_readers_of_its_own(self) -> None:
        titles = {str(title) for title, _lines in FOR_THE_MECHANISM}
        assert titles & {"Conduct", "Field desk", "Labour"} == set()


class TestTheEditionForEverybody:
    def test_says_only_what_was_published(self) -> None:
        text = told(edition(for_everybody=True))
        assert "A piece for everybody" in text
        for inside in ("moving employers", "NEWS-1", "A day", "A new law", "Good press"):
            assert inside not in text

    def test_says_what_moved_between_two_publications_of_a_plan(self) -> None:
        plan = planned("A plan for everybody [news]")
        step = {"number": "9.9", "text": "Open a line"}
        for day, status in ((30, "not_started"), (1, "on_track")):
            content = {"aims": [{"steps": [{**step, "status": status}]}]}
            with at_coordination(signed_in(OFFICE)):
                Publication.objects.create(
                    kind="plan",
                    about=plan.pk,
                    area=Area.PLAN.value,
                    title=plan.title,
                    at=NOW - timedelta(days=day),
                    content=content,
                )
        text = told(edition(for_everybody=True))
        assert "9.9 Open a line: On track (before: Not started)" in text


class TestTheText:
    def test_becomes_chapters_at_its_headings(self) -> None:
        made = edition()
        made.organisation.name = "Office"
        made.text = "Hello\n\n# One\n\n- a\n- b\n# Two\nWords."
        first, one, two = document_of(made).chapters
        assert (first.title, one.title, two.title) == ("Foreword", "One", "Two")
        assert isinstance(one.sections[0].blocks[0], Items)


@pytest.fixture(scope="module")
def made(_news: None) -> tuple[Client, str]:
    """A newsletter put together on its page, and who did it."""
    client = browser(OFFICE)
    until = TODAY + timedelta(days=1)
    typed: dict[str, Any] = {"title": "The week [news]", "text": ""}
    for name, day in (("from_on", until - WEEK), ("until_on", until)):
        typed |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    answer = sent(client, "/coordination/newsletters/add/", **typed)
    assert answer.status_code == 302, answer.content.decode()
    return client, str(answer["Location"])


class TestThePages:
    def test_keep_what_was_put_together_and_then_edited(self, made: tuple[Client, str]) -> None:
        client, page = made
        assert "<li>NEWS-1: Pay for it (State)</li>" in client.get(page).content.decode()
        answer = sent(client, f"{page}change/", text="# Ours\n\n- Our word", why="Shorter")
        assert answer.status_code == 302
        shown = client.get(page).content.decode()
        assert "<li>Our word</li>" in shown

    def test_send_it_in_four_forms(self, made: tuple[Client, str]) -> None:
        client, page = made
        plain = client.get(f"{page}newsletter.txt")
        assert "The week [news]" in plain.content.decode()
        assert "<h1>The week [news]</h1>" in client.get(f"{page}newsletter.html").content.decode()
        file = docx.Document(io.BytesIO(client.get(f"{page}newsletter.docx").content))
        assert file.paragraphs[0].text == "The week [news]"
        assert client.get(f"{page}newsletter.pdf").content.startswith(b"%PDF")
        assert client.get(f"{page}newsletter.exe").status_code == 404

    def test_are_closed_to_other_organisations(self, made: tuple[Client, str]) -> None:
        _client, page = made
        for other in (cast.OSCE_OFFICER, cast.CASE_MANAGER):
            assert browser(other).get(page).status_code == 404
            assert browser(other).get(f"{page}newsletter.txt").status_code == 404


class TestThePublicPages:
    def test_show_what_was_published_as_it_then_stood_until_it_is_taken_back(self) -> None:
        with at_coordination(signed_in(OFFICE)):
            made = edition(for_everybody=True)
            made.text = "# Ours\n\n- Said to all"
            made.save()
        client, everybody = browser(OFFICE), Client(headers={"host": "localhost"})
        inside, outside = (
            f"/coordination/newsletters/{made.pk}/",
            f"/public/newsletters/{made.pk}/",
        )

        assert everybody.get(outside).status_code == 404
        assert sent(client, f"{inside}publish/", why="The year is over").status_code == 302
        sent(client, f"{inside}change/", text="# Ours\n\n- Changed later", why="Slip")

        shown = everybody.get(outside).content.decode()
        assert "<li>Said to all</li>" in shown and "Changed later" not in shown
        assert "News [news]" in everybody.get("/public/newsletters/").content.decode()
        assert sent(client, f"{inside}take-back/", why="An error").status_code == 302
        assert everybody.get(outside).status_code == 404

    def test_never_show_the_edition_for_the_mechanism(self) -> None:
        with at_coordination(signed_in(OFFICE)):
            made = edition()
            made.save()
            with pytest.raises(ChangeRefused, match="for everybody"):
                publish_newsletter(made, at=NOW, why="All may know")

        page = f"/coordination/newsletters/{made.pk}/publish/"
        assert browser(OFFICE).get(page).status_code == 404


class TestTheDatabase:
    def test_keeps_a_newsletter_to_the_organisation_that_writes_it(self) -> None:
        with at_coordination(signed_in(OFFICE)):
            made = edition()
            made.save()
        with at_coordination(signed_in(cast.OSCE_OFFICER)):
            assert not Newsletter.objects.filter(pk=made.pk).exists()
        with pytest.raises(DatabaseError), at_coordination(signed_in(cast.OSCE_OFFICER)):
            edition().save()
        with as_administrator() as connection:
            connection.execute("DELETE FROM coordination_newsletter WHERE ref = %s", [made.pk])
