"""Measures a complete referral of an adult on the guided path: screens, CPU, bytes, questions.

Usage: python benchmarks/guided.py [TIMES]
"""

# ruff: noqa: PLC0415 - nothing of Django may be imported before its settings are named

import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.homes import new_home, remove_home

HOME = new_home("benchmark", mode=0o711)
os.environ |= {"OPENNRM_HOME": str(HOME), "OPENNRM_THROW_AWAY": "1"}

from tests import cast, database  # noqa: E402

TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 5
MOST_SECONDS, MOST_SCREENS = 0.4, 15


def main() -> int:
    """Walk the path some times, print the best, and say whether it keeps its ceilings."""
    from tests.web.browsing import browser

    database.prepared()
    client = Measured(browser(cast.POLICE_OFFICER))
    walks = [walk(client) for _ in range(TIMES)]
    best = min(walks, key=lambda one: one["cpu"])
    print(f"{best['screens']} screens, receipt included; {best['requests']} requests")
    print(f"CPU of the pages, with what the test client adds: {best['cpu']:.3f} s")
    print(f"largest page {best['largest']} bytes, most questions to the database {best['asked']}")
    return int(best["cpu"] > MOST_SECONDS or best["screens"] > MOST_SCREENS)


def walk(client: "Measured") -> dict[str, Any]:
    """Answer every screen, send, and open the receipt."""
    from tests.web.browsing import fields_of
    from tests.web.test_guided import ADULT, walked

    client.begin()
    seen = walked(client, ADULT)  # type: ignore[arg-type] - it asks and answers as a client does
    sent = client.post(seen[-1], fields_of(client.get(seen[-1])))
    client.get(sent["Location"])
    return {"screens": len(seen) + 1, **client.told()}


class Measured:
    """A browser that counts what each page costs."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.begin()

    def begin(self) -> None:
        """Begin to count."""
        self.cpu, self.requests, self.largest, self.asked = 0.0, 0, 0, 0

    def told(self) -> dict[str, Any]:
        """Return what was counted."""
        counted = ("cpu", "requests", "largest", "asked")
        return {name: getattr(self, name) for name in counted}

    def get(self, place: str) -> Any:
        """Ask for a page."""
        return self._counted(lambda: self.client.get(place))

    def post(self, place: str, sent: Any) -> Any:
        """Send a form."""
        return self._counted(lambda: self.client.post(place, sent))

    def _counted(self, ask: Any) -> Any:
        from tests.web.test_page_costs import asked

        with asked() as questions:
            begun = time.process_time()
            answer = ask()
            self.cpu += time.process_time() - begun
        self.requests += 1
        self.largest = max(self.largest, len(answer.content))
        self.asked = max(self.asked, len(questions))
        return answer


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        remove_home(HOME)
