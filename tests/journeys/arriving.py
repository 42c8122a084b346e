"""People of the cast who come to a browser already signed in, and look whether all can read it."""

from typing import Any

from tests import cast
from tests.journeys import live
from tests.journeys.test_every_page import AXE, RUN_AXE
from tests.web.browsing import browser


class Colleague(live.Person):
    """One person of the cast, with the cookies of a sign-in that was made beside the browser."""

    def _sign_in(self, member: cast.Member) -> None:
        self.sits_down(member)
        self.page.goto("/")
        assert "/sign-in/" not in self.page.url

    def sits_down(self, member: cast.Member) -> None:
        """Let somebody sign in at this browser, whoever sat here before."""
        given = browser(member).cookies.values()
        self.context.add_cookies(
            [{"name": one.key, "value": one.value, "url": self.site} for one in given]
        )

    def __init__(self, browser: Any, site: str, member: cast.Member, **look: Any) -> None:
        self.site = site
        super().__init__(browser, site, member, **look)

    def said(self) -> str:
        """Return the words of the page."""
        return str(self.page.inner_text("main"))

    def readable(self) -> None:
        """Hold that nothing on this page keeps anybody from reading it."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(RUN_AXE)
        assert found == [], f"{self.page.url}: {found}"

    def follows_rule(self, rule: str) -> str:
        """Open the page of the rule that a refusal names, in its own tab, and return its words."""
        with self.context.expect_page() as opened:
            self.page.click(f"main >> a[href='/rules/{rule}/']")
        told = opened.value
        told.wait_for_load_state()
        words = str(told.inner_text("main"))
        told.close()
        return words

    def plant(self, field: str, value: str) -> None:
        """Put a value into a list that does not offer it, as somebody may who writes the form."""
        self.page.eval_on_selector(
            f"select[name='{field}']",
            "(list, value) => { list.add(new Option(value, value)); list.value = value }",
            value,
        )
