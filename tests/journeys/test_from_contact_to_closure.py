"""One person from first contact to closure, through five people at five organisations."""

from collections.abc import Callable
from datetime import timedelta

from opennrm.vocabulary.redress import RedressRoute
from tests import cast
from tests.database import NOW, as_administrator
from tests.journeys.live import Person

TODAY = NOW.date()
LATER = TODAY + timedelta(days=90)


def statistics_rows() -> int:
    """Count the rows of the statistics copy."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM statistics.person").fetchone()
    assert row is not None
    return int(row[0])


def path_of(person: Person) -> str:
    """Return the path of the page someone is on."""
    return "/" + person.page.url.split("/", 3)[3]


class TestAPerson:
    """From the first sign to a life of her own."""

    def test_goes_from_first_contact_to_closure(self, at_desk: Callable[..., Person]):
        before = statistics_rows()
        officer = at_desk(cast.POLICE_OFFICER)
        case = contact(officer)
        screening(officer, case)
        shared(officer, case, "Identification Office", "CA", "referral")
        shared(officer, case, "Green Door", "CM", "referral")
        authority = at_desk(cast.DECIDING_OFFICER)
        accepted(authority, case)
        decided(authority, case)
        manager = at_desk(cast.CASE_MANAGER)
        accepted(manager, case)
        planned(manager, case)
        housed(manager, case, at_desk(cast.SHELTER_WITHOUT_CONSENT))
        treated(manager, case, at_desk(cast.HEALTH_WORKER))
        closed(manager, case)

        manager.page.goto(case)
        assert manager.page.is_visible("text=Closed")
        assert statistics_rows() == before + 1


def contact(officer: Person) -> str:
    """Meet her at a counter; she leaves after two minutes."""
    officer.page.goto("/")
    officer.page.click("main >> text=New contact")
    officer.page.click("text=All on one page")
    officer.choose("danger=high", "route=own_detection", "majority=adult", "sex=female")
    officer.pick("channel", "in_person")
    officer.pick("safe_channel", "she_will_call")
    officer.write("called", "Lina")
    officer.send()
    case = path_of(officer)
    assert case.startswith("/case/")
    officer.open(case, "Who the person is")
    officer.write("names", "Lina Example")
    officer.send()
    return case


def screening(officer: Person, case: str) -> None:
    """Note what was seen and told."""
    officer.open(case, "Screening")
    officer.pick("list", "adult")
    officer.page.click("text=Continue")
    officer.choose("sign_DEL-AL-DR-01=told", "sign_DEL-AL-CD-02=seen", "presumed=on")
    officer.write("reason", "Papers held by another, afraid to speak")
    assert officer.send().endswith(case)
    assert officer.page.is_visible("text=Advice of the last screening")


def shared(who: Person, case: str, name: str, role: str, purpose: str) -> None:
    """Take consent for one organisation, then refer."""
    consented(who, case, name, role, purpose)
    who.open(case, "Refer the person")
    chosen_basis(who, name)
    for summary in who.page.query_selector_all("textarea[name^='summary_']"):
        summary.fill("A short summary")
    assert who.send().endswith(case), who.page.inner_text("main")


def consented(who: Person, case: str, name: str, role: str, purpose: str) -> None:
    """Take consent for one organisation and purpose."""
    who.page.goto(f"{case}take-consent/")
    who.page.select_option("#op-choice", value=recipient(who, name, role))
    who.page.click("text=Continue")
    who.pick("purpose", purpose)
    who.choose("form=spoken")
    for tick in who.page.query_selector_all("input[name='scopes']"):
        if tick.get_attribute("value") not in ("D3", "D3S", "D5", "D5S"):
            tick.check()
    who.pick("language", "sq")
    who.day("until", LATER)
    assert who.send().endswith(case), who.page.inner_text("main")


def recipient(who: Person, name: str, role: str) -> str:
    """Find the value of an organisation in a role."""
    options = who.page.query_selector_all("#op-choice option")
    found = [
        option.get_attribute("value")
        for option in options
        if name in option.inner_text() and option.get_attribute("value").endswith(f":{role}")
    ]
    return str(found[0])


def chosen_basis(who: Person, name: str) -> None:
    """Choose the consent for an organisation as the basis."""
    if who.page.query_selector("select#op-choice"):
        values = [
            option.get_attribute("value")
            for option in who.page.query_selector_all("#op-choice option")
            if name in option.inner_text()
        ]
        who.page.select_option("#op-choice", value=values[-1])
    else:
        who.page.check(f"label:has-text('{name}') >> nth=-1")
    who.page.click("text=Continue")


def accepted(who: Person, case: str) -> None:
    """Find the case among those offered, see little, accept."""
    who.page.goto("/?view=offered")
    who.page.click(f"a[href='{case}'] >> nth=0")
    assert not who.page.is_visible("text=What happened")
    who.page.click("main >> text=Accept or decline")
    who.choose("answer=accepted")
    assert who.send().endswith(case), who.page.inner_text("main")
    assert who.page.is_visible("text=What happened")


def decided(authority: Person, case: str) -> None:
    """Decide on reasonable grounds, open the recovery period, identify."""
    authority.open(case, "Reasonable-grounds decision")
    authority.choose("outcome=positive")
    authority.write("reasons", "The signs agree with what she told.")
    authority.pick("language", "sq")
    assert authority.send().endswith(case), authority.page.inner_text("main")
    authority.open(case, "Recovery and reflection period")
    authority.pick("language", "sq")
    assert authority.send().endswith(case), authority.page.inner_text("main")
    authority.open(case, "Formal identification")
    authority.choose("outcome=identified", "standard=balance_of_probabilities")
    authority.write("reasons", "All three elements are found.")
    authority.pick("language", "sq")
    assert authority.send().endswith(case), authority.page.inner_text("main")


def planned(manager: Person, case: str) -> None:
    """Ask what she needs, how safe she is, and what she wants."""
    manager.open(case, "What the person needs")
    manager.choose("domains=housing", "domains=physical_health")
    assert manager.send().endswith(case), manager.page.inner_text("main")
    manager.open(case, "Safety and danger")
    manager.choose("level=medium")
    manager.day("review_on", TODAY + timedelta(days=20))
    assert manager.send().endswith(case), manager.page.inner_text("main")
    manager.open(case, "The person's plan")
    manager.write("own_words", "A room of my own, and a doctor.")
    manager.choose("goals=housing", "seen_by_person=on")
    manager.pick("language", "sq")
    manager.day("review_on", TODAY + timedelta(days=60))
    assert manager.send().endswith(case), manager.page.inner_text("main")


def housed(manager: Person, case: str, shelter: Person) -> None:
    """Offer a bed at a house, which accepts and gives it."""
    offered(manager, case, "Quiet House", "SH", "shelter")
    helped(manager, case, shelter)


def treated(manager: Person, case: str, clinic: Person) -> None:
    """Offer care at a clinic, which accepts and gives it."""
    offered(manager, case, "River Clinic", "HC", "medical")
    helped(manager, case, clinic)


def offered(manager: Person, case: str, name: str, role: str, service: str) -> None:
    """Take consent and offer a service that she wants."""
    consented(manager, case, name, role, "service")
    manager.open(case, "Offer a service")
    chosen_basis(manager, name)
    manager.pick("service", service)
    manager.choose("person_agreed=on")
    assert manager.send().endswith(case), manager.page.inner_text("main")


def helped(manager: Person, case: str, provider: Person) -> None:
    """The provider accepts, gives the help and says so."""
    accepted(provider, case)
    provider.open(case, "Help was given")
    provider.page.check("main form[method=get] input >> nth=0")
    provider.page.click("text=Continue")
    assert provider.send().endswith(case), provider.page.inner_text("main")


def closed(manager: Person, case: str) -> None:
    """See how she stands, then close with the door open."""
    manager.open(case, "How the person stands")
    manager.choose("stands_safety=better", "self_assessed=on")
    assert manager.send().endswith(case), manager.page.inner_text("main")
    manager.open(case, "Ways to compensation")
    for route in RedressRoute:
        manager.pick(f"answer_{route}", "not_wanted")
        manager.pick(f"reason_{route}", "own_choice")
    assert manager.send().endswith(case), manager.page.inner_text("main")
    manager.open(case, "Close the case")
    manager.choose("exit_kind=goals_met", "plan_reviewed=on", "claims_listed=on")
    manager.choose("safety_plan=on", "return_contact=on")
    assert manager.send().endswith(case), manager.page.inner_text("main")
