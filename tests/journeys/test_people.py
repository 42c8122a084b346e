"""A real person with a passkey of the browser: adds it, signs in with it, invites a colleague."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys import live
from tests.journeys.test_every_page import AXE, RUN_AXE, TOO_WIDE
from tests.web.real_people import PASSPHRASE, Person, enrolled

WORDS = "five words that nobody guesses"
PASSKEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


class Browser:
    """A browser with a passkey of its own, at the address under which passkeys work."""

    def __init__(self, chromium: Any, site: str, look: dict[str, int]) -> None:
        address = site.replace("127.0.0.1", "localhost")
        self.context = chromium.new_context(base_url=address, viewport=look)
        self.page = self.context.new_page()
        devices = self.context.new_cdp_session(self.page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEY})

    def sign_in(self, name: str, words: str) -> None:
        """Send the first step."""
        self.page.goto("/sign-in/")
        self.page.fill("#op-login", name)
        self.page.fill("#op-password", words)
        self.send("Sign in")

    def send(self, button: str) -> None:
        """Press a button and wait for what comes."""
        self.readable()
        self.page.click(f"main >> button:has-text('{button}')")
        self.page.wait_for_load_state()

    def add_passkey(self) -> None:
        """Add the browser's own passkey, from the page that asks for one."""
        self.readable()
        self.page.click("text=Add a passkey or security key")
        self.page.fill("#op-name", "this browser")
        assert "did not answer" not in self.page.inner_text("main")
        with self.page.expect_navigation():
            self.send("Add it")
        self.readable()
        assert self.page.locator("main code").count() == 10

    def readable(self) -> None:
        """Hold that nothing on this page keeps anybody from reading it."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(RUN_AXE)
        assert found == [], f"{self.page.url}: {found}"
        assert self.page.evaluate(TOO_WIDE) <= 0, self.page.url

    def code(self) -> str:
        """Return the one-time code the page shows."""
        return str(self.page.inner_text("main code"))


@pytest.fixture
def browsers(chromium: Any, site: str) -> Iterator[Any]:
    """Open browsers of the size of a phone."""
    opened: list[Browser] = []

    def another() -> Browser:
        opened.append(Browser(chromium, site, live.PHONE))
        return opened[-1]

    yield another
    for one in opened:
        one.context.close()


def test_an_officer_adds_a_passkey_and_invites_somebody_who_joins(browsers: Any):
    people: list[Person] = enrolled("FR", people=2, officers=2)
    officer, newcomer = browsers(), browsers()

    officer.sign_in(people[0].name, PASSPHRASE)
    officer.add_passkey()
    officer.page.goto("/account/")
    officer.send("Sign out")
    officer.sign_in(people[0].name, PASSPHRASE)
    with officer.page.expect_navigation():
        officer.send("Use your passkey")
    officer.page.goto("/people/invite/")
    officer.page.fill("#op-sign_in_name", f"new-{people[0].name}")
    officer.page.fill("#op-display_name", "A new colleague")
    officer.page.check("input[name='roles'][value='FR']")
    officer.send("Make her code")
    code = officer.code()

    newcomer.page.goto("/join/")
    for field, value in (("sign_in_name", f"new-{people[0].name}"), ("code", code)):
        newcomer.page.fill(f"#op-{field}", value)
    for field in ("passphrase", "again"):
        newcomer.page.fill(f"#op-{field}", WORDS)
    newcomer.send("Join")
    newcomer.sign_in(f"new-{people[0].name}", WORDS)
    newcomer.add_passkey()

    officer.page.goto("/people/")
    officer.send("Pass the key to A new colleague")
    officer.readable()
    assert "Waits for the key" not in officer.page.inner_text("main")
    officer.page.click("text=Roles, lost passphrase, leaving: A new colleague")
    officer.send("Ask to let her back in")
    assert officer.code()
    officer.send("Close her account")
    assert "is closed" in officer.page.inner_text("h1")
