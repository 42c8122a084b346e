"""Her own page: opened beside her case manager, read alone, left in a hurry, and shut by phone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import cast, stories
from tests.doors import MANAGER, PRESSED, WORDS, assessed, begun, shared
from tests.journeys import live
from tests.journeys.live import Person
from tests.journeys.test_every_page import faults

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
PAGES = ("/my/", "/my/write/", "/my/close/")


@pytest.fixture
def phone(chromium: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Her telephone, with nothing of hers on it."""
    contexts: list[Any] = []

    def take(**look: Any) -> Any:
        contexts.append(chromium.new_context(base_url=site, **({"viewport": live.PHONE} | look)))
        page = contexts[-1].new_page()
        page.route("**://www.wikipedia.org/**", lambda route: route.fulfill(body="away"))
        return page

    yield take
    for context in contexts:
        context.close()


def enter(page: Any, code: str, words: str) -> None:
    """Type the code and the words, as she does."""
    page.goto("/my/")
    page.fill("#op-code", code)
    page.fill("#op-words", words)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def opened_together(manager: Person, case: object) -> str:
    """Open her page from the case and let her choose her words; return the code."""
    page = manager.page
    page.goto(f"/case/{case}/hers/")
    page.click("main a >> text=A page of her own")
    page.check("#op-wanted")
    page.fill("#op-word", "sparrow")
    page.select_option("select[name=language]", "en")
    manager.send()
    code = CODE.search(page.inner_text("main"))
    assert code, page.inner_text("main")
    assert faults(page, f"/case/{case}/hers/first/") == []
    for box, words in (("code", code[0].lower()), ("passphrase", WORDS), ("again", WORDS)):
        page.fill(f"#op-{box}", words)
    page.fill("#op-under_pressure", PRESSED)
    page.click("main button[type=submit]")
    page.wait_for_url("**/hers/")
    assert "Her page is ready" in page.inner_text("main")
    return code[0]


def test_is_opened_together_read_alone_left_in_a_hurry_and_closed_by_phone(
    at_desk: Callable[..., Person], phone: Callable[..., Any]
) -> None:
    case = shared()
    assessed(case)
    given = stories.consent(MANAGER, case, cast.LAWYER, "LA", ("D1",))
    manager, hers = at_desk(MANAGER), phone()
    code = opened_together(manager, case)

    enter(hers, code, "not her words")
    assert "This did not open" in hers.inner_text("main")
    enter(hers, code, WORDS)
    assert hers.title() == "My page"
    assert not hers.locator(f"text={cast.LAWYERS.name}").first.is_visible()
    assert [fault for place in (*PAGES, f"/my/{given}/") for fault in faults(hers, place)] == []

    hers.goto("/my/")
    hers.click("summary >> text=What you agreed to")
    hers.click(f"a[href='/my/{given}/']")
    hers.click("main button[type=submit]")
    hers.wait_for_selector("text=It is taken back")
    hers.click("main a >> text=Back")
    hers.wait_for_url("**/my/")
    assert cast.LAWYERS.name not in hers.inner_text("main")

    with hers.expect_request("**/leave/"):
        for _ in range(3):
            hers.keyboard.press("Shift")
    hers.wait_for_url("**://www.wikipedia.org/")
    hers.goto("/my/")
    hers.wait_for_selector("#op-words")
    assert [one["name"] for one in hers.context.cookies() if one["name"] == "my"] == []

    enter(hers, code, PRESSED)
    assert hers.title() == "My page"
    assert [fault for place in PAGES for fault in faults(hers, place)] == []
    assert cast.GREEN_DOOR.name not in hers.content()

    assert faults(manager.page, f"/case/{case}/own-end/") == []
    assert "sparrow" in manager.page.inner_text("main")
    manager.choose("reason=by_phone")
    manager.send()
    hers.goto("/my/write/")
    hers.wait_for_selector("#op-words")
    enter(hers, code, WORDS)
    assert "This did not open" in hers.inner_text("main")


def test_works_in_arabic_and_without_scripts(phone: Callable[..., Any]) -> None:
    card = begun(language="ar")
    hers = phone(java_script_enabled=False, viewport=live.NARROW)

    enter(hers, card.code, WORDS)
    assert hers.get_attribute("html", "dir") == "rtl"
    hers.goto("/my/write/")
    hers.check("input[name=about][value=feedback]")
    hers.fill("#op-text", "All is well.")
    hers.click("main button[type=submit]")
    hers.wait_for_selector("main [role=status]")
    with hers.expect_request("**://www.wikipedia.org/"):
        hers.click(".op-leave button", no_wait_after=True)
    later = hers.context.new_page()
    later.goto("/my/")
    later.wait_for_selector("#op-words")
