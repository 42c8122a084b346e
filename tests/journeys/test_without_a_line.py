"""A draft on a telephone without a line: it survives, says nothing, and is sent once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import cast
from tests.database import as_administrator
from tests.journeys import live
from tests.journeys.pocket import ADULT, NAME, PAST, SHOWN, Pocket

HOURS = 60 * 60 * 1000
SEND = re.compile(r"/steps/device/send/$")
LISTS = re.compile(r"/steps/device/lists/$")


def cases() -> int:
    """Count the cases there are."""
    with as_administrator() as connection:
        row = connection.execute("SELECT count(*) FROM nrm.case_head").fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
def pocket(chromium: Any, site: str) -> Iterator[Callable[..., Pocket]]:
    """Give somebody a telephone that is prepared."""
    given: list[Pocket] = []

    def give(member: cast.Member = cast.POLICE_OFFICER, **look: Any) -> Pocket:
        given.append(Pocket(chromium, site, member, **({"viewport": live.PHONE} | look)))
        given[-1].prepared()
        return given[-1]

    yield give
    for one in given:
        one.context.close()


class TestADraft:
    """From the van to the record."""

    def test_survives_the_cut_line_and_asks_before_it_is_sent(self, pocket: Callable[..., Pocket]):
        person, before = pocket(), cases()
        said: list[str] = []
        person.page.on("console", lambda message: said.append(message.text))
        person.cut()
        person.page.reload()
        person.unlocked()
        person.on("list")
        person.started()
        walked = person.walked()
        person.do("ask")
        person.on("agree")
        person.do("deliver")
        person.told("There is no line")
        person.readable()
        assert cases() == before

        person.cut(away=False)
        person.on("agree")
        person.readable()
        person.do("deliver")
        person.on("sent")

        assert cases() == before + 1
        assert person.drafts() == 0
        assert len(walked) + 2 <= 15
        assert [one for one in said if "policy" in one.lower() or "trusted" in one.lower()] == []

    def test_is_read_by_everybody_on_every_screen(self, pocket: Callable[..., Pocket]):
        person = pocket(viewport=live.NARROW)
        person.readable()
        person.started()
        while not person.page.is_visible("[data-op-part=check]"):
            name = person.screen()
            person.readable()
            assert (
                person.page.evaluate(
                    "() => document.documentElement.scrollWidth - window.innerWidth"
                )
                <= 0
            ), name
            person.typed(ADULT.get(name, {}))
            person.page.click("[data-op-form=screen] button[type=submit]")
            person.until(PAST, name)
        person.readable()

    @pytest.mark.parametrize("breaks", ["before", "at the lists", "underway", "on the way back"])
    def test_is_sent_once_wherever_the_line_breaks(
        self, pocket: Callable[..., Pocket], breaks: str
    ):
        person, before = pocket(), cases()
        person.started()
        person.walked()
        person.do("ask")

        def lost(route: Any) -> None:
            route.fetch()
            route.abort()

        if breaks == "before":
            person.cut()
        elif breaks == "at the lists":
            person.context.route(LISTS, lambda route: route.abort())
        elif breaks == "underway":
            person.context.route(SEND, lambda route: route.abort())
        else:
            person.context.route(SEND, lost)
        person.do("deliver")
        person.on("list")
        assert person.drafts() == 1
        assert cases() == before + (1 if breaks == "on the way back" else 0)

        person.cut(away=False)
        person.context.unroute_all()
        if not person.page.is_visible("[data-op-part=agree]"):
            person.page.click("[data-op-drafts] button >> nth=0")
            person.on("check")
            person.do("ask")
        person.do("deliver")
        person.on("sent")

        assert cases() == before + 1
        assert person.drafts() == 0

    def test_is_there_after_the_power_failed(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.started()
        person.typed({"danger": "high"})
        person.told("Saved on this device")

        person.page.close()
        person.page = person.context.new_page()
        person.cut()
        person.page.goto("/steps/device/")
        person.unlocked()
        person.on("list")
        person.page.click("[data-op-drafts] button >> nth=0")
        person.on("screen")

        assert person.page.is_checked(f"{SHOWN} [name=danger][value=high]")

    def test_is_kept_by_the_lock_and_comes_back_where_it_was(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.page.clock.install()
        person.started()
        person.typed({"danger": "high"})

        person.page.clock.fast_forward(6 * 60 * 1000)
        person.on("locked")
        assert "high" not in person.page.inner_text("body")
        person.unlocked()
        person.on("screen")

        assert person.page.is_checked(f"{SHOWN} [name=danger][value=high]")

    def test_older_than_a_day_never_asks_by_itself(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.page.clock.install()
        person.started()
        person.walked()
        person.cut()
        person.do("ask")
        person.do("later")
        person.on("list")

        person.page.clock.fast_forward(25 * HOURS)
        if person.page.is_visible("[data-op-part=locked]"):
            person.unlocked()
            person.on("list")
        person.cut(away=False)
        person.page.wait_for_timeout(500)

        assert person.page.is_visible("[data-op-part=list]")
        assert person.drafts() == 1

    def test_changed_in_two_windows_is_settled_field_by_field(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.started()
        person.typed({"danger": "medium"})
        person.told("Saved on this device")
        first, second = person.page, person.context.new_page()
        person.page = second
        second.goto("/steps/device/")
        person.unlocked()
        second.click("[data-op-drafts] button >> nth=0")
        person.typed({"danger": "high"})
        person.told("Saved on this device")

        person.page = first
        person.typed({"danger": "low"})
        person.on("changed")
        told = first.inner_text("[data-op-differences]")
        person.readable()
        first.check("input[value=there]")
        first.click("[data-op-settle]")
        person.on("screen")

        assert "High" in told
        assert "Low" in told
        assert first.is_checked(f"{SHOWN} [name=danger][value=high]")


class TestTheDevice:
    """What somebody finds who takes the telephone."""

    def test_holds_no_name_that_can_be_read(self, chromium: Any, site: str, tmp_path: Path):
        person = _on_disk(chromium, site, tmp_path)
        person.prepared()
        person.started()
        person.walked()
        person.page.evaluate(
            """() => new Promise((done) => {
              const open = indexedDB.open('control', 1)
              open.onupgradeneeded = () => open.result.createObjectStore('plain')
              open.onsuccess = () => {
                const written = open.result.transaction('plain', 'readwrite')
                written.objectStore('plain').put('Kontrolla Visible', 'name')
                written.oncomplete = done
              }
            })"""
        )
        person.context.close()

        written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())

        assert found("Kontrolla Visible", written)
        for planted in (NAME, "Papers are held", "Green Door", "seven small grey"):
            assert not found(planted, written), planted

    def test_opens_with_no_other_passphrase(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.do("lock")
        person.page.fill("#op-passphrase", "seven small grey stone")
        person.page.click("[data-op-form=locked] button")

        person.told("does not open")
        assert person.page.is_visible("[data-op-part=locked]")

    def test_is_empty_on_command(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.started()
        person.typed({"danger": "high"})
        person.told("Saved on this device")
        person.do("list")
        person.do("sure")
        person.do("wipe")
        person.on("wiped")

        assert person.page.evaluate("indexedDB.databases()") == []
        assert person.page.evaluate("caches.keys()") == []

    def test_is_emptied_by_signing_out_and_warned_of_before(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.started()
        person.typed({"danger": "high"})
        person.told("Saved on this device")

        person.page.goto("/account/")
        person.page.click("[data-op-sign-out] button")
        person.page.wait_for_selector("[data-op-unsent]:not([hidden])")
        person.readable()
        assert "/account/" in person.page.url
        person.page.click("text=Sign out and delete them")
        person.page.wait_for_url("**/sign-in/")

        assert person.page.evaluate("indexedDB.databases()") == []

    def test_keeps_its_drafts_when_somebody_leaves_in_a_hurry(self, pocket: Callable[..., Pocket]):
        person = pocket()
        person.page.route("**://www.wikipedia.org/**", lambda route: route.fulfill(body="away"))
        person.started()
        person.typed({"danger": "high"})
        person.told("Saved on this device")
        for _ in range(3):
            person.page.keyboard.press("Shift")
        person.page.wait_for_url("**://www.wikipedia.org/")

        person.page.goto("/steps/device/")

        assert person.drafts() == 1

    def test_sends_nothing_in_the_name_of_somebody_else(self, pocket: Callable[..., Pocket]):
        person, before = pocket(), cases()
        person.started()
        person.walked()
        person.do("ask")
        person.sits_down(cast.POLICE_COLLEAGUE)
        person.do("deliver")
        person.told("somebody else")

        assert cases() == before
        assert person.drafts() == 1


def found(text: str, written: bytes) -> bool:
    """Tell whether a text stands in bytes as browsers write it."""
    return any(text.encode(code) in written for code in ("utf-8", "utf-16-le", "latin-1"))


def _on_disk(chromium: Any, site: str, folder: Path) -> Pocket:
    """Give somebody a telephone whose profile lies in a folder."""
    context = chromium.browser_type.launch_persistent_context(
        str(folder),
        executable_path=str(live.CHROMIUM),
        args=live.FLAGS,
        base_url=site,
        viewport=live.PHONE,
    )
    return Pocket(_Opened(context), site, cast.POLICE_OFFICER)


class _Opened:
    """A browser that has its one context already."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def new_context(self, **look: Any) -> Any:
        """Return the context there is."""
        return self.context


class TestPeopleMetTogether:
    """A raid behind the hills: forty people, no line."""

    def test_are_listed_without_a_line_and_split_once(self, pocket: Callable[..., Pocket]):
        person, before = pocket(cast.BORDER_OFFICER), cases()
        person.page.click("text=Several people met together")
        person.unlocked()
        person.on("list")
        person.cut()
        person.page.reload()
        person.unlocked()
        person.on("list")
        person.do("start")
        assert person.screen() == "place"
        person.typed({"route": "own_detection", "channel": "inspection", "words": "A greenhouse."})
        person.page.click("[data-op-form=screen] button[type=submit]")
        for band, family in (("1", "A"), ("2", "A"), ("2", "")):
            person.on("group")
            person.readable()
            person.do("add")
            assert person.screen() == "person"
            person.typed({"wristband": band, "family": family, "language": "ne"})
            person.typed({"majority": "adult", "danger": "low", "papers": "employer"})
            person.page.click("[data-op-form=screen] button[type=submit]")
        person.until("() => document.querySelector('[data-op-missing]').textContent.length > 0")
        person.readable()
        person.typed({"wristband": "3"})
        person.page.click("[data-op-form=screen] button[type=submit]")
        person.on("group")
        person.do("split")
        person.told("There is no line")
        assert (cases(), person.drafts()) == (before, 4)

        person.cut(away=False)
        person.on("group")
        person.do("split")
        person.on("sent")

        assert (cases(), person.drafts()) == (before + 3, 0)
        person.page.click("[data-op-part=sent] [data-op-case]")
        person.page.wait_for_selector("text=Which wristband is which case")
