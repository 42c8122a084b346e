"""The guided path without scripts: every screen, the child's way, drafts, one sending."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from opennrm.consent import aloud
from opennrm.records import drafts
from opennrm.records.same_person import answers_of, standing
from tests import cast, stories
from tests.database import NOW, as_administrator, as_role, signed_in
from tests.web.browsing import browser, fields_of

UNTIL = (NOW + timedelta(days=60)).date()
TERM = {"until-day": UNTIL.day, "until-month": UNTIL.month, "until-year": UNTIL.year}
MANAGER = f"{cast.CASE_MANAGER.actor.organisation}:CM"
PROTECTION = f"{cast.CHILD_SERVICE.organisation}:CP"
ADULT: Mapping[str, Mapping[str, Any]] = {
    "now": {"danger": "medium", "services": ["shelter", "medical"]},
    "talk": {"alone": "on", "language": "sq", "interpreter": "on"},
    "how": {"route": "own_detection", "channel": "inspection"},
    "age": {"majority": "adult", "sex": "female", "age_group": "adult_24_26"},
    "reach": {"called": "Lina", "safe_channel": "she_will_call"},
    "about": {"words": "Papers are held by another.", "forms": ["labour"]},
    "seen": {"seen": ["UNODC-GEN-13"]},
    "heard": {"heard": ["DEL-AL-DR-01", "DEL-AL-EX-04"]},
    "asked": {},
    "view": {"presumed": "on", "reason": "Papers held, debt, fear."},
    "wish": {"wish": "refer"},
    "names": {"names": "Lina Example", "citizenship_first": "AL"},
    "agreed": {"recipient": MANAGER, "scopes": ["D1", "D2", "D4"], "form": "spoken", **TERM},
}

CHILD: Mapping[str, Mapping[str, Any]] = {
    "age": {"majority": "child"},
    "seen": {"seen": ["UNODC-CHI-11"]},
    "heard": {},
}


def walked(client: Client, answers: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Answer each screen as it comes; return the addresses seen, the last one to be checked."""
    seen = ["/steps/"]
    while not seen[-1].endswith("/check/"):
        page = client.get(seen[-1])
        assert page.status_code == 200, (seen[-1], page.content)
        name = "now" if seen[-1] == "/steps/" else seen[-1].rstrip("/").rpartition("/")[2]
        after = client.post(seen[-1], {**fields_of(page), **answers.get(name, {})})
        assert after.status_code == 302, (name, problems(after))
        seen.append(after["Location"])
    return seen


def problems(page: Any) -> list[str]:
    """List what a page says is to be put right."""
    return re.findall(r'<a href="#[^"]*">([^<]*)</a>', page.content.decode())


def names_of(seen: list[str]) -> list[str]:
    """Name the screens that were walked through."""
    return [place.rstrip("/").rpartition("/")[2] for place in seen[1:]]


def kinds(case_ref: UUID, who: cast.Member = cast.POLICE_OFFICER) -> list[str]:
    """List the kinds of facts of a case."""
    return [fact.kind for fact in stories.folded(who, case_ref).facts]


def finished(client: Client, check: str) -> UUID:
    """Send what was checked; return the case that came of it."""
    sent = client.post(check, fields_of(client.get(check)))
    assert sent.status_code == 302, sent.content.decode()
    page = client.get(sent["Location"]).content.decode()
    found = re.search(r'href="/case/([0-9a-f-]{36})/"', page)
    assert found, page
    return UUID(found[1])


@pytest.fixture
def officer() -> Client:
    """A police officer's browser."""
    return browser(cast.POLICE_OFFICER)


class TestAnAdult:
    """Contact, screening, consent and referral."""

    def test_is_referred_in_fifteen_screens_at_most(self, officer: Client):
        seen = walked(officer, ADULT)

        case_ref = finished(officer, seen[-1])

        assert len(seen) + 1 <= 15  # the receipt is one more
        assert {
            "contact_recorded",
            "screening_recorded",
            "person_described",
            "consent_given",
            "referral_sent",
        } <= set(kinds(case_ref))

    def test_is_offered_case_managers_first_and_no_childs_file(self, officer: Client):
        check = walked(officer, ADULT)[-1]

        page = officer.get(check.replace("/check/", "/agreed/")).content.decode()
        offered = re.findall(r':([A-Z]{2,3})"', page.split("<select")[1].split("</select>")[0])

        assert offered[0] == "CM"
        assert offered.index("CA") < offered.index("LE")
        assert 'value="D4"' in page
        assert 'value="D9"' in page
        assert 'value="D11"' not in page

    def test_keeps_what_was_seen_told_and_not_asked_apart(self, officer: Client):
        case_ref = finished(officer, walked(officer, ADULT)[-1])

        fact = stories.folded(cast.POLICE_OFFICER, case_ref).newest("screening_recorded")
        assert fact is not None
        assert fact.texts("seen") == ("UNODC-GEN-13",)
        assert set(fact.texts("told")) == {"DEL-AL-DR-01", "DEL-AL-EX-04"}
        assert "DEL-AL-CD-04" in fact.texts("not_asked")

    def test_sends_no_more_than_was_agreed_to(self, officer: Client):
        case_ref = finished(officer, walked(officer, ADULT)[-1])

        offered = {
            row.compartment
            for row in stories.folded(cast.POLICE_OFFICER, case_ref).access
            if row.organisation == cast.CASE_MANAGER.actor.organisation
        }
        assert {"D1", "D2", "D4"} <= offered
        assert not offered & {"D3", "D3S", "D8", "D10"}

    def test_is_not_asked_with_care_beside_a_companion(self, officer: Client):
        beside = {**ADULT, "talk": {"language": "sq"}}

        assert "asked" not in names_of(walked(officer, beside))

    def test_who_must_leave_is_asked_little_and_referred_nowhere(self, officer: Client):
        leaving = {**ADULT, "now": {"danger": "high", "left_early": "on"}}

        seen = walked(officer, leaving)
        case_ref = finished(officer, seen[-1])

        assert names_of(seen) == ["how", "age", "reach", "check"]
        assert "contact_recorded" in kinds(case_ref)
        assert not {"consent_given", "referral_sent"} & set(kinds(case_ref))

    def test_who_wants_no_referral_is_notified_of_without_identity(self, officer: Client):
        coarse = {
            "coarse_main_form": "labour",
            "coarse_citizenship_group": "unknown",
            "coarse_reporting_entity": "police",
        }
        seen = walked(officer, {**ADULT, "wish": {"wish": "notify"}, "coarse": coarse})

        case_ref = finished(officer, seen[-1])

        assert "notification_sent" in kinds(case_ref)
        assert not {"consent_given", "referral_sent"} & set(kinds(case_ref))
        with as_administrator() as connection:
            row = connection.execute(
                "SELECT string_agg(n::text, ' ') FROM nrm.notification AS n"
            ).fetchone()
        assert row is not None
        assert "Lina" not in row[0]
        assert "Papers" not in row[0]


class TestAPersonWhoMayBeKnown:
    """Shown with what agrees before she is saved; nothing is decided and nothing stopped."""

    def test_is_shown_line_by_line_and_saved_all_the_same(self, officer: Client):
        known = stories.contact(cast.POLICE_OFFICER, words="Met before.")
        stories.described(cast.POLICE_OFFICER, known, names="Зорица Измислена")
        answers = {**ADULT, "names": {"names": "Zorica Izmislena", "citizenship_first": "AL"}}

        check = walked(officer, answers)[-1]
        page = officer.get(check).content.decode()
        shown = page.split('id="op-alike"')[1].split("</div>")[0]

        assert f"/case/{known}/" in shown
        assert "Зорица Измислена" in shown
        assert "Zorica Izmislena" in shown
        assert finished(officer, check) != known
        assert standing(answers_of(signed_in(cast.POLICE_OFFICER), known)) == []

    def test_is_answered_about_before_saving_and_the_answer_stands_on_both(self, officer: Client):
        known = stories.contact(cast.POLICE_OFFICER, words="Met before.")
        stories.described(cast.POLICE_OFFICER, known, names="Snežana Dvaput")
        answers = {**ADULT, "names": {"names": "Снежана Двапут", "citizenship_first": "AL"}}

        check = walked(officer, answers)[-1]
        sent = {**fields_of(officer.get(check)), f"person-{known}": "maybe"}
        made = officer.post(check, sent)

        assert made.status_code == 302
        (one,) = standing(answers_of(signed_in(cast.POLICE_OFFICER), known))
        assert one.answer == "maybe"
        assert one.reference in officer.get(made["Location"]).content.decode()

    def test_is_not_shown_to_who_may_not_see_her(self, officer: Client):
        hidden = stories.contact(cast.BORDER_OFFICER, words="Met elsewhere.")
        stories.described(cast.BORDER_OFFICER, hidden, names="Quirina Xyxtova")
        answers = {**ADULT, "names": {"names": "Quirina Xyxtova"}}

        page = officer.get(walked(officer, answers)[-1]).content.decode()

        assert 'id="op-alike"' not in page


class TestAChild:
    """Presumed wherever the age is in doubt."""

    def test_of_doubtful_age_walks_the_childs_way(self, officer: Client):
        doubtful = {
            **ADULT,
            "age": {"majority": "adult", "age_in_doubt": "on"},
            "beside": {"guardian_missing": "on", "companion": "Somebody who says to be an aunt"},
            "view": {"act_noted": "on", "reason": "Brought by others"},
            "seen": {"seen": ["UNODC-CHI-11"]},
            "heard": {},
            "wish": {"wish": "protect"},
            "agreed": {
                "recipient": PROTECTION,
                "scopes": ["D1", "D2", "D11"],
                "duty_reason": "A child alone with people who are not family",
                "until-day": "",
            },
        }
        soon = (NOW + timedelta(days=20)).date()
        doubtful["agreed"] |= {
            "until-day": soon.day,
            "until-month": soon.month,
            "until-year": soon.year,
        }

        seen = walked(officer, doubtful)
        case_ref = finished(officer, seen[-1])

        assert "beside" in names_of(seen)
        assert "asked" not in names_of(seen)
        assert {"guardian_asked_for", "legal_duty_relied_on", "referral_sent"} <= set(
            kinds(case_ref)
        )
        assert "consent_given" not in kinds(case_ref)

    def test_is_asked_nothing_that_may_harm(self, officer: Client):
        child = {**ADULT, **CHILD, "wish": {"wish": "later"}}
        seen = walked(officer, child)
        heard = officer.get(next(place for place in seen if place.endswith("/heard/")))

        assert b"Do not ask a child" in heard.content
        assert not any(place.endswith("/asked/") for place in seen)

    def test_cannot_be_referred_on_a_consent_without_a_guardian(self, officer: Client):
        alone = {**ADULT, **CHILD}
        seen = walked(officer, alone)

        refused = officer.post(seen[-1], fields_of(officer.get(seen[-1])))

        assert refused.status_code == 422
        assert b"Nothing was sent" in refused.content
        assert b"/agreed/" in refused.content


class TestADraft:
    """What was begun: nobody else's, saved at every step, sent once."""

    def test_is_saved_as_it_is_and_found_again(self, officer: Client):
        begun = officer.post(
            "/steps/", {**fields_of(officer.get("/steps/")), "danger": "high", "later": "yes"}
        )
        listed = officer.get(begun["Location"]).content.decode()
        found = re.search(r'href="(/steps/[0-9a-f-]{36}/)talk/"', listed)
        assert found, listed

        again = fields_of(officer.get(f"{found[1]}now/"))

        assert again["danger"] == "high"

    def test_that_cannot_be_read_is_kept_all_the_same(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]
        how = begun.replace("/talk/", "/how/")
        typed = {**fields_of(officer.get(how)), "route": "self", "contact_on-month": "Smarch"}

        refused = officer.post(how, typed)

        assert refused.status_code == 422
        assert b"the date must be a real date" in refused.content
        assert fields_of(officer.get(how))["contact_on-month"] == "Smarch"

    def test_is_sent_once_however_often(self, officer: Client):
        check = walked(officer, ADULT)[-1]
        form = fields_of(officer.get(check))

        first = officer.post(check, form)
        again = officer.post(check, form)

        assert first["Location"] == again["Location"]
        page = officer.get(first["Location"]).content
        assert len(set(re.findall(rb'href="/case/([0-9a-f-]{36})/"', page))) == 1

    def test_begun_twice_by_a_broken_line_is_one(self, officer: Client):
        form = {**fields_of(officer.get("/steps/")), "danger": "high"}

        first = officer.post("/steps/", form)
        again = officer.post("/steps/", form)

        assert first["Location"] == again["Location"]

    def test_changed_in_two_windows_is_shown_field_by_field(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]
        reach = begun.replace("/talk/", "/reach/")
        here, there = fields_of(officer.get(reach)), fields_of(officer.get(reach))
        officer.post(reach, {**there, "called": "Mira"})

        changed = officer.post(reach, {**here, "called": "Lina"})

        page = changed.content.decode()
        assert changed.status_code == 409
        assert re.search(r"In the other window.>Mira</td>.*Here.>Lina</td>", page, re.DOTALL)
        kept = officer.post(reach, {**fields_of(changed), "called": "Lina"})
        assert kept.status_code == 302
        assert fields_of(officer.get(reach))["called"] == "Lina"

    def test_is_nobody_elses(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]
        colleague = browser(cast.POLICE_COLLEAGUE)

        answers = [
            colleague.get(begun).status_code,
            colleague.post(begun, {"version": "1", "language": "sq"}).status_code,
            colleague.get(begun.replace("/talk/", "/check/")).status_code,
            colleague.get(begun.replace("/talk/", "/receipt/")).status_code,
        ]

        assert answers == [404, 404, 404, 404]
        assert officer.get(begun).status_code == 200

    def test_lies_locked_in_the_database(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]
        reach = begun.replace("/talk/", "/reach/")
        officer.post(reach, {**fields_of(officer.get(reach)), "called": "Planted Linarova"})

        with as_administrator() as connection:
            rows = connection.execute("SELECT content FROM nrm.draft").fetchall()

        assert rows
        assert not any(b"Linarova" in bytes(row[0]) for row in rows)
        assert "Linarova" in str(
            [one.written for one in drafts.own_drafts(signed_in(cast.POLICE_OFFICER))]
        )

    @pytest.mark.parametrize("role", ["opennrm_app", "opennrm_recorder", "opennrm_statistics"])
    def test_can_be_read_by_no_role_of_ours_past_its_functions(self, role: str):
        with as_role(role) as connection, pytest.raises(Exception, match="permission denied"):
            connection.execute("SELECT content FROM nrm.draft")

    def test_can_be_deleted(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]

        officer.post(begun.replace("/talk/", "/delete/"))

        assert officer.get(begun).status_code == 404

    def test_survives_a_session_that_ends_while_typing(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]
        reach = begun.replace("/talk/", "/reach/")
        form = fields_of(officer.get(reach))
        officer.cookies.pop("work")

        asked = officer.post(reach, {**form, "called": "Lina"})

        assert asked.status_code == 401
        kept = fields_of(asked)
        back = officer.post(
            "/sign-in/",
            {
                **kept,
                "login": str(cast.POLICE_OFFICER.account)[:8],
                "password": f"words of {cast.POLICE_OFFICER.account}",
            },
        )
        assert fields_of(back)["called"] == "Lina"


class TestTheExplanation:
    """What is read aloud before anything is asked for."""

    def test_stands_in_the_language_of_the_person_and_says_who_has_not_read_it(
        self, officer: Client
    ):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]
        officer.post(begun, {**fields_of(officer.get(begun)), "language": "ar"})
        wish = officer.get(begun.replace("/talk/", "/wish/")).content.decode()

        assert 'lang="ar" dir="rtl"' in wish
        assert "not yet reviewed" in wish
        assert wish.count("/say-") == 9
        assert wish.index("نحن هنا للمساعدة") < wish.index(aloud.text_in("en").sentences[0].words)

    def test_can_be_read_in_another_language(self, officer: Client):
        begun = officer.post("/steps/", fields_of(officer.get("/steps/")))["Location"]

        wish = officer.get(begun.replace("/talk/", "/wish/") + "?aloud=uk").content.decode()

        assert "Ми тут, щоб допомогти" in wish


class TestWho:
    """Those whose role is to meet people."""

    def test_does_not_meet_people_finds_no_such_page(self):
        assert browser(cast.LAWYER).get("/steps/").status_code == 404

    def test_is_not_trained_is_asked_for_no_signs(self):
        seen = walked(browser(cast.UNTRAINED_OFFICER), {**ADULT, "wish": {"wish": "later"}})

        assert not {"seen", "heard", "asked", "view"} & set(names_of(seen))

    def test_asks_for_nothing_that_is_not_there(self, officer: Client):
        assert officer.get(f"/steps/{uuid4()}/now/").status_code == 404
