"""A whole referral by one who has no scripts, and by one who has no mouse."""

from collections.abc import Callable, Mapping
from typing import Any

from tests import cast
from tests.journeys import live
from tests.journeys.arriving import Colleague
from tests.web.test_guided import ADULT, names_of

MOST_TABS = 200
SCREENS = 15
KIND = "e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()"
# Fields in the order in which the key Tab meets them.
PLACED = """names => names.filter(n => document.getElementsByName(n).length).sort((a, b) =>
  document.getElementsByName(a)[0].compareDocumentPosition(document.getElementsByName(b)[0])
  & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)"""
ON = "css => document.activeElement.matches(css)"
WITH_LABEL = "(e, value) => [...e.options].find(o => o.value === value).text"


class Hands:
    """One way to answer the questions of a page."""

    def __init__(self, person: Colleague) -> None:
        self.page = person.page

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Answer what the page asks, from its top to its end."""
        for name in self.page.evaluate(PLACED, list(answers)):
            given = answers[name]
            kind = self.page.eval_on_selector(f"[name='{name}']", KIND)
            for value in given if isinstance(given, list) else [given]:
                self.give(kind, name, str(value))

    def give(self, kind: str, name: str, value: str) -> None:
        """Give one answer to one question."""
        if kind in ("radio", "checkbox"):
            self.page.check(f"[name='{name}'][value='{value}']")
        elif kind == "select":
            self.page.select_option(f"[name='{name}']", value)
        else:
            self.page.fill(f"[name='{name}']", value)

    def press(self, button: str) -> None:
        """Press a button of the page and wait for what comes."""
        self.page.click(button)
        self.page.wait_for_load_state()


class Keys(Hands):
    """Answers by keys alone: Tab, arrows, space, Enter, letters."""

    def to(self, css: str) -> None:
        """Press Tab until one of these has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(ON, css):
                return
        raise AssertionError(f"{self.page.url}: the key Tab never comes to {css}")

    def give(self, kind: str, name: str, value: str) -> None:
        field, keyboard = f"[name='{name}']", self.page.keyboard
        if kind == "checkbox":
            self.to(f"{field}[value='{value}']")
            keyboard.press("Space")
        elif kind == "radio":
            self.to(field)
            keyboard.press("Space")
            for _ in range(MOST_TABS):
                if self.page.evaluate(ON, f"{field}[value='{value}']"):
                    break
                keyboard.press("ArrowDown")
            assert self.page.is_checked(f"{field}[value='{value}']")
        else:
            self.to(field)
            label = (
                self.page.eval_on_selector(field, WITH_LABEL, value) if kind == "select" else ""
            )
            keyboard.type(label or value)
            assert self.page.input_value(field) == value

    def press(self, button: str) -> None:
        self.to(button)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def refers(hands: Hands) -> list[str]:
    """Walk through every screen of a referral to the receipt; return where it went."""
    page = hands.page
    page.goto("/steps/")
    seen = ["/steps/"]
    while not page.url.endswith("/check/"):
        assert len(seen) <= SCREENS, seen
        name = "now" if page.url.endswith("/steps/") else page.url.rstrip("/").rpartition("/")[2]
        hands.answer(ADULT.get(name, {}))
        hands.press("main form button[type=submit]:not([name])")
        seen.append(page.url)
    hands.press("main form[method=post] button[type=submit]:not([name])")
    return seen


def test_a_referral_needs_no_scripts(arriving: Callable[..., Colleague]) -> None:
    officer = arriving(cast.POLICE_OFFICER, viewport=live.PHONE, java_script_enabled=False)

    seen = refers(Hands(officer))

    assert officer.page.locator(".govuk-frontend-supported").count() == 0
    assert {"names", "agreed"} <= set(names_of(seen))
    assert officer.page.url.endswith("/receipt/"), officer.said()
    assert "Lina" not in officer.said()


def test_a_referral_needs_no_mouse(arriving: Callable[..., Colleague]) -> None:
    officer = arriving(cast.POLICE_OFFICER)

    refers(Keys(officer))

    assert officer.page.url.endswith("/receipt/"), officer.said()
