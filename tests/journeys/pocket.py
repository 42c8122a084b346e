"""A telephone with the page that works without a line: prepared, cut off, walked through."""

import time
from collections.abc import Mapping
from typing import Any

from tests import cast
from tests.journeys.arriving import Colleague

PASSPHRASE = "seven small grey stones"
MANAGER = f"{cast.CASE_MANAGER.actor.organisation}:CM"
NAME = "Zlatibora Plantova"
ADULT: Mapping[str, Mapping[str, Any]] = {
    "now": {"danger": "medium"},
    "talk": {"alone": "on", "language": "sq"},
    "how": {"route": "own_detection", "channel": "in_person"},
    "age": {"majority": "adult", "sex": "female"},
    "reach": {"called": NAME, "safe_channel": "she_will_call"},
    "about": {"words": "Papers are held by another."},
    "seen": {"seen": "UNODC-GEN-13"},
    "heard": {"heard": "DEL-AL-DR-01"},
    "asked": {},
    "view": {"presumed": "on", "reason": "Papers held, fear."},
    "wish": {"wish": "refer"},
    "names": {"names": NAME},
    "agreed": {"recipient": MANAGER, "scopes": "D2", "form": "spoken"},
}
PAST = """name => document.querySelector('[data-op-part=screen]').hidden
  || document.querySelector('[data-op-screen]:not([hidden])').dataset.opScreen !== name
  || document.querySelector('[data-op-missing]').children.length"""
SHOWN = "[data-op-screen]:not([hidden])"


class Pocket(Colleague):
    """Somebody with the page on her telephone."""

    def prepared(self) -> None:
        """Prepare the device while there is a line."""
        self.page.goto("/steps/device/")
        self.on("new")
        self.page.fill("#op-first", PASSPHRASE)
        self.page.fill("#op-second", PASSPHRASE)
        self.page.click("[data-op-form=new] button")
        self.on("list")
        self.page.evaluate("navigator.serviceWorker.ready")
        self.until("async () => (await (await caches.open('op-page')).keys()).length > 10")

    def on(self, part: str) -> None:
        """Wait for a part of the page."""
        self.page.wait_for_selector(f"[data-op-part={part}]:not([hidden])")

    def unlocked(self) -> None:
        """Open the box again."""
        self.on("locked")
        self.page.fill("#op-passphrase", PASSPHRASE)
        self.page.click("[data-op-form=locked] button")

    def screen(self) -> str:
        """Name the screen that is shown."""
        self.on("screen")
        return str(self.page.get_attribute(SHOWN, "data-op-screen"))

    def typed(self, answers: Mapping[str, Any]) -> None:
        """Answer the questions of the screen that is shown."""
        for name, value in answers.items():
            field = f"{SHOWN} [name='{name}']"
            kind = self.page.locator(field).first.evaluate("one => one.type")
            if kind in ("radio", "checkbox"):
                self.page.check(f"{field}[value='{value}']")
            elif kind == "select-one":
                self.page.select_option(field, value)
            else:
                self.page.fill(field, value)

    def started(self) -> None:
        """Begin with somebody."""
        self.do("start")
        self.on("screen")

    def walked(self, answers: Mapping[str, Mapping[str, Any]] = ADULT) -> list[str]:
        """Answer each screen as it comes, until the answers are to be checked."""
        seen = []
        while not self.page.is_visible("[data-op-part=check]"):
            name = self.screen()
            seen.append(name)
            assert len(seen) < 20, seen
            self.typed(answers.get(name, {}))
            self.page.click("[data-op-form=screen] button[type=submit]")
            self.until(PAST, name)
            assert self.page.inner_text("[data-op-missing]") == "", name
        return seen

    def do(self, deed: str) -> None:
        """Press a button."""
        self.page.locator(f"[data-op-do={deed}]:visible").first.click()

    def cut(self, away: bool = True) -> None:
        """Cut the line, or join it again."""
        self.context.set_offline(away)

    def told(self, text: str) -> None:
        """Wait until the page says something."""
        self.until(
            "text => document.querySelector('[data-op-status]').textContent.includes(text)", text
        )

    def until(self, claim: str, about: Any = None) -> None:
        """Wait until something holds; the page's own policy lets nobody else look on in it."""
        for _ in range(100):
            if self.page.evaluate(claim, about):
                return
            time.sleep(0.1)
        raise AssertionError(f"never came true: {claim} {about or ''}\n{self.said()}")

    def drafts(self) -> int:
        """Count what lies in the box."""
        return int(
            self.page.evaluate(
                """async () => {
                  if (!(await indexedDB.databases()).length) { return 0 }
                  const open = indexedDB.open('op-device')
                  await new Promise((then) => { open.onsuccess = then })
                  const count = open.result.transaction('drafts').objectStore('drafts').count()
                  await new Promise((then) => { count.onsuccess = then })
                  open.result.close()
                  return count.result
                }"""
            )
        )
