"""A ministry fills in and approves, NGOs answer together, the OSCE-level officer reads results."""

from collections.abc import Callable

import pytest

from tests import cast
from tests.coordination.rounds import opened
from tests.journeys.arriving import Colleague

Arriving = Callable[..., Colleague]


def begun(person: Colleague, at: str, group: str, name: str) -> str:
    """Begin a reply and return where it lives."""
    person.page.goto(f"{at}reply/")
    person.choose(f"group={group}")
    person.pick("state", "MK")
    person.write("name", name)
    return person.send()


def filled(person: Colleague, reply: str, section: str, *choices: str, **texts: str) -> None:
    """Fill in one section and save it."""
    person.page.goto(f"{reply}section/{section}/")
    person.choose(*choices)
    for name, text in texts.items():
        person.write(name, text)
    assert person.send() == reply, person.said()


def pressed(person: Colleague, reply: str, button: str) -> str:
    """Press a button on the page of a reply and return what the page says."""
    person.page.goto(reply)
    person.page.click(f"main button:has-text('{button}')")
    person.page.wait_for_load_state()
    return str(person.said())


class TestASurvey:
    @pytest.fixture
    def round_at(self, site: str) -> str:
        return f"{site}/coordination/rounds/{opened().ref}/"

    def test_goes_from_ministry_and_ngos_to_the_officers_table(
        self, arriving: Arriving, round_at: str
    ) -> None:
        nco, ministry = arriving(cast.CO_ORDINATOR), arriving(cast.DECIDING_OFFICER)
        ngo, officer = arriving(cast.CASE_MANAGER), arriving(cast.OSCE_OFFICER)

        reply = begun(nco, round_at, "state", "Government")
        nco.page.goto(f"{reply}assign/")
        nco.pick("organisation", str(cast.DECIDING_OFFICER.organisation.organisation))
        nco.choose("sections=I")
        for box, value in (("day", "1"), ("month", "9"), ("year", "2026")):
            nco.write(f"due_on-{box}", value)
        nco.send()
        filled(nco, reply, "A", A1="Two ministries")
        filled(ministry, reply, "I", "I1=yes", "I2=no")
        assert "approved and closed" in pressed(ministry, reply, "Approve our part")
        assert "approved and sent" in pressed(nco, reply, "Approve and send")

        joint = begun(ngo, round_at, "ngo", "Together")
        filled(ngo, joint, "A", A2="Two organisations")
        filled(ngo, joint, "I", "I1=yes", "I2=yes")
        assert "approved and sent" in pressed(ngo, joint, "Approve and send")
        hidden = nco.page.goto(joint)
        assert hidden is not None and hidden.status == 404

        officer.page.goto(f"{round_at}results/?section=I")
        officer.readable()
        assert "Base: 1 State" in officer.said()
        officer.page.goto(f"{round_at}results/?section=I&view=ngos")
        officer.readable()
        assert "0 agree" in officer.said() or "1 agree" in officer.said()

        assert "can read this reply now" in pressed(ngo, joint, "Release to everybody")
        shown = nco.page.goto(joint)
        assert shown is not None and shown.status == 200
