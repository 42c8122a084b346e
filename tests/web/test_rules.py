"""The pages on the rules: open to all, linked from each refusal, honest on standing."""

import pytest
from django.test import Client

from opennrm.rights.registry import ENFORCED, RULES
from opennrm.rights.rule import Chapter
from tests import cast
from tests.rights.test_jurisdictions_reading import FILE
from tests.web.browsing import browser, sent
from tests.web.test_decisions import at_the_authority, decide, place


def anyone() -> Client:
    """Somebody without an account."""
    return Client(headers={"host": "localhost"})


class TestTheRules:
    """All rules, for everyone."""

    def test_are_listed_by_chapter_with_a_link_each(self):
        page = anyone().get("/rules/").content.decode()

        assert all(f'href="/rules/{name}/"' in page for name in RULES)
        assert all(chapter.value in page for chapter in Chapter)
        assert page.count("Not asked yet") == len(RULES) - len(ENFORCED)

    def test_are_reached_from_the_foot_of_every_page(self):
        assert 'href="/rules/"' in anyone().get("/help/").content.decode()


class TestARule:
    """One rule, on a page of its own."""

    @pytest.mark.parametrize("name", list(RULES))
    def test_can_be_read_without_an_account(self, name: str):
        answer = anyone().get(f"/rules/{name}/")

        assert answer.status_code == 200
        assert RULES[name].label.split("'")[0] in answer.content.decode()

    def test_says_what_it_does_where_it_comes_from_and_what_was_asked_of_it(self):
        page = anyone().get("/rules/R25/").content.decode()

        assert "The act cannot be saved." in page
        assert "CETS 197, art. 13(1) (read in a public text)" in page
        assert "Twenty-nine days are too short. <strong>Broken</strong>" in page
        assert "lasts at least until 2026-04-01. Make it longer." in page

    def test_shows_no_unread_source_as_law(self):
        page = anyone().get("/rules/R01/").content.decode()

        assert "12(6) (known, not read again; to be confirmed before it is shown as law)" in page

    def test_tells_the_person_what_it_means_for_her_where_that_is_written(self):
        told = [rule for rule in RULES.values() if rule.tells_her]

        for rule in told:
            page = anyone().get(f"/rules/{rule.rule}/").content.decode()
            assert "What it means for you" in page

    @pytest.mark.parametrize("name", ["R99", "r25", "x"])
    def test_that_is_not_there_is_not_found(self, name: str):
        assert anyone().get(f"/rules/{name}/").status_code == 404


class TestPeriods:
    """The periods of the place where the viewer works."""

    def test_stand_with_their_source_their_standing_and_when_they_were_confirmed(self):
        page = browser(cast.POLICE_OFFICER).get("/periods/").content.decode()

        assert "North Macedonia" in page
        assert "Shortest recovery and reflection period: 30 days" in page
        assert "Law, not yet confirmed here; treated as a floor" in page
        assert "Project default, not law" in page
        assert "Last confirmed: not confirmed here." in page

    def test_are_for_those_who_work_here(self):
        assert anyone().get("/periods/").status_code == 302


class TestADraft:
    """A file of periods that somebody writes."""

    def test_in_order_is_read_back_with_its_standing(self):
        page = sent(browser(cast.DECIDING_OFFICER), "/periods/check/", text=FILE)

        assert page.status_code == 200
        assert "Nowhere: the file is in order." in page.content.decode()
        assert "Last confirmed: 1 February 2026." in page.content.decode()

    def test_below_the_minimum_is_refused_with_its_line_and_the_rule(self):
        short = FILE.replace("value: 45", "value: 20")

        page = sent(browser(cast.DECIDING_OFFICER), "/periods/check/", text=short)

        assert page.status_code == 422
        assert "line:9: recovery_period_min is 20 calendar_days: below" in page.content.decode()
        assert 'href="/rules/R25/"' in page.content.decode()

    def test_is_asked_for_when_nothing_was_written(self):
        page = sent(browser(cast.DECIDING_OFFICER), "/periods/check/", text="")

        assert page.status_code == 422


class TestARefusal:
    """What a worker reads when a rule stops an act."""

    def test_links_to_the_page_of_its_rule(self):
        case_ref = at_the_authority()
        decide(case_ref, outcome="positive", reasons="It agrees.", language="sq")
        address = place("open_recovery_period", case_ref)

        page = sent(browser(cast.DECIDING_OFFICER), address, language="sq", days=10)

        assert page.status_code == 422
        assert 'rel="noopener" href="/rules/R25/">Rule R25' in page.content.decode()
