"""A decision that others made: who sees that it exists, who reads it, who asks to look again."""

from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from tests import cast, stories
from tests.web.browsing import browser, sent

AUTHORITY, MANAGER = cast.DECIDING_OFFICER, cast.CASE_MANAGER
MANAGERS = f"{MANAGER.actor.organisation}:CM"


def place(name: str, case_ref: UUID) -> str:
    """Return the address of a page of a case."""
    return reverse(name, kwargs={"case_ref": case_ref})


def at_the_authority() -> UUID:
    """A case that waits for the authority's decision, with a case manager on it."""
    case_ref = stories.contact(cast.POLICE_OFFICER, majority="adult")
    known = ("D1", "D2", "D4", "D10", "D14")
    answer(case_ref, AUTHORITY, "CA", known)
    answer(case_ref, MANAGER, "CM", ("D1", "D2", "D4", "D9", "D10"))
    return case_ref


def answer(case_ref: UUID, who: cast.Member, role: str, scopes: tuple[str, ...]) -> None:
    """Refer to someone who accepts."""
    referral = stories.referred(cast.POLICE_OFFICER, case_ref, who, role, scopes)
    stories.answered(who, case_ref, referral)


def chosen(client: Client, address: str, name: str, words: str) -> str:
    """Open the address that choosing the option with these words leads to."""
    page = client.get(address).content.decode()
    options = [piece for piece in page.split("<input")[1:] if words in piece]
    value = options[-1].split('value="')[1].split('"')[0]
    return f"{address}?{name}={value}"


def decide(case_ref: UUID, **typed: Any) -> str:
    """Record a preliminary decision on its page; return what the next page says of it."""
    client = browser(AUTHORITY)
    answer = sent(client, place("decide_reasonable_grounds", case_ref), **typed)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"]).content.decode().split("<h1")[0]


def refused_by_the_authority(case_ref: UUID) -> str:
    """Record a no, once a second reader agreed, and what can be done against it."""
    later = stories.in_days(30)
    second_reader_agrees(case_ref)
    form = browser(AUTHORITY).get(place("decide_reasonable_grounds", case_ref)).content.decode()
    agreed_on = form.split('id="op-hold"')[1].split("</select>")[0]
    return decide(
        case_ref,
        outcome="negative",
        reasons="The three elements were not found.",
        hold=agreed_on.split('<option value="')[2].split('"')[0],
        language="sq",
        remedy="reconsideration",
        **{f"remedy_until-{box}": getattr(later, box) for box in ("day", "month", "year")},
    )


def second_reader_agrees(case_ref: UUID) -> None:
    """Ask the panel on its page, and let it answer on its own."""
    act = "?act=negative_decision.reasonable_grounds_decided"
    panel = f"{cast.PANEL.organisation}:RP:{cast.PANEL_READER.account}"
    asked = sent(
        browser(AUTHORITY), place("propose_act", case_ref) + act, to=panel, reasons="Not found."
    )
    assert asked.status_code == 302, asked.content.decode()
    reader = browser(cast.PANEL_READER)
    form = chosen(reader, place("give_opinion", case_ref), "hold", "Identification Office")
    given = sent(reader, form, opinion="agrees")
    assert given.status_code == 302, given.content.decode()


def agreed(who: cast.Member, case_ref: UUID, *scopes: str) -> None:
    """Take the person's consent on the page, for the case manager."""
    client, later = browser(who), stories.in_days(100)
    typed: dict[str, Any] = {"purpose": "referral", "form": "spoken", "language": "sq"}
    typed |= {f"until-{box}": getattr(later, box) for box in ("day", "month", "year")}
    address = f"{place('take_consent', case_ref)}?recipient={MANAGERS}"
    answer = sent(client, address, scopes=list(scopes), **typed)
    assert answer.status_code == 302, answer.content.decode()


class TestANegativeDecision:
    """Made by the authority, on a person whose case manager did not begin the case."""

    def test_is_not_hidden_behind_an_old_stage(self):
        case_ref = at_the_authority()
        refused_by_the_authority(case_ref)

        page = browser(MANAGER).get(place("case", case_ref)).content.decode()

        assert "Decided, or waiting; not open to you" in page
        assert "Reasonable-grounds decision pending" not in page.split("What is due")[0]

    def test_can_be_agreed_on_by_someone_who_does_not_hold_it(self):
        case_ref = stories.contact(cast.POLICE_OFFICER)
        address = f"{place('take_consent', case_ref)}?recipient={MANAGERS}"

        page = browser(cast.POLICE_OFFICER).get(address).content

        assert b'value="D14"' in page

    def test_reaches_the_case_manager_who_asks_to_look_again(self):
        case_ref = at_the_authority()
        refused_by_the_authority(case_ref)
        agreed(cast.POLICE_OFFICER, case_ref, "D14")
        authority, manager = browser(AUTHORITY), browser(MANAGER)

        address = chosen(authority, place("refer", case_ref), "basis", "Green Door")
        referral = sent(authority, address, compartments=["D1", "D14"])
        assert referral.status_code == 302, referral.content.decode()
        answers = chosen(manager, place("acknowledge_referral", case_ref), "referral", "As ")
        sent(manager, answers, answer="accepted")
        read = manager.post(place("case", case_ref), {"open": "all"}).content.decode()
        again = chosen(manager, place("ask_reconsideration", case_ref), "decision", "decision")
        asked = sent(manager, again, grounds="more_evidence")

        assert "The three elements were not found." in read
        assert asked.status_code == 302, asked.content.decode()


class TestTheAuthority:
    """What its page says before and after a no."""

    def test_is_shown_the_decision_that_is_due_though_it_could_not_be_decided_before(self):
        case_ref = at_the_authority()
        decide(case_ref, outcome="pending", reasons="A report is missing.", language="sq")

        assert next_steps(AUTHORITY, case_ref)[0] == place("decide_reasonable_grounds", case_ref)

    def test_is_told_what_follows_a_no(self):
        case_ref = at_the_authority()
        refused_by_the_authority(case_ref)

        page = browser(AUTHORITY).get(place("case", case_ref)).content.decode()

        assert place("ask_reconsideration", case_ref) in next_steps(AUTHORITY, case_ref)
        assert place("refer", case_ref) in next_steps(AUTHORITY, case_ref)
        assert place("open_recovery_period", case_ref) not in next_steps(AUTHORITY, case_ref)
        assert "Help goes on at least until this day, after a no" in page

    def test_hears_after_a_no_what_to_tell_her(self):
        case_ref = at_the_authority()
        said = refused_by_the_authority(case_ref)

        assert "The no is saved" in said
        assert "Help goes on at least until" in said
        assert "recovery period" not in said

    def test_is_led_to_the_last_day_where_that_is_missing(self):
        case_ref = at_the_authority()

        answer = refused(case_ref, reasons_codes=["no_purpose"])

        assert "Fill in the last day" in answer
        assert 'href="#op-remedy_until-day"' in answer
        assert "Until when (needed for a no)" in answer

    def test_is_not_let_say_no_because_too_little_is_known(self):
        case_ref = at_the_authority()

        answer = refused(case_ref, reasons_codes=["not_enough_information", "own_account"])

        assert "what is missing never counts against her" in answer
        assert 'href="#op-outcome"' in answer


def refused(case_ref: UUID, **typed: Any) -> str:
    """Try a no on the page of the preliminary decision; return the page that refuses it."""
    no = {"outcome": "negative", "reasons": "So it is.", "language": "sq"}
    address = place("decide_reasonable_grounds", case_ref)
    answer = sent(browser(AUTHORITY), address, remedy="reconsideration", **no, **typed)
    assert answer.status_code == 422, answer.content.decode()
    return answer.content.decode()


def next_steps(who: cast.Member, case_ref: UUID) -> list[str]:
    """Return the addresses of the steps the case page names as usual."""
    page = browser(who).get(place("case", case_ref)).content.decode()
    buttons = page.split('id="op-possible"')[1].split("<details")[0].split('href="')[1:]
    return [button.split('"')[0] for button in buttons]


class TestARecipient:
    """Who can be chosen for a consent."""

    def test_is_listed_only_in_a_role_that_can_see_that_there_is_a_case(self):
        page = browser(cast.POLICE_OFFICER).get(
            place("take_consent", stories.contact(cast.POLICE_OFFICER))
        )

        assert b"Open Law" in page.content
        assert b"Many Tongues" not in page.content

    def test_may_be_the_house_next_door_in_another_role(self):
        page = browser(cast.POLICE_OFFICER).get(
            place("take_consent", stories.contact(cast.POLICE_OFFICER))
        )

        town_police = cast.POLICE_OFFICER.actor.organisation
        assert f"{town_police}:LE".encode() in page.content
        assert f"{town_police}:FR".encode() not in page.content


class TestARecoveryPeriod:
    """Opened once; a second form makes it longer and never shorter."""

    def test_that_runs_can_only_be_made_longer(self):
        case_ref = at_the_authority()
        client, address = browser(AUTHORITY), place("open_recovery_period", case_ref)
        decide(case_ref, outcome="positive", reasons="It agrees.", language="sq")

        first = sent(client, address, language="sq", days=45)
        form = client.get(address).content.decode()
        second = sent(client, address, language="sq", days=15, extension_reason="intimidation")

        assert "How many days longer?" in form
        assert (first.status_code, second.status_code) == (302, 302), second.content.decode()
