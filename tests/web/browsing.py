"""A browser without scripts: signs in, reads the fields of a page, sends them back changed."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests import cast, database


class FormReader(HTMLParser):
    """Collects what a browser would send back of the fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Any] = {}
        self._select = ""
        self._textarea = ""
        self._is_below = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        self._is_below = self._is_below or tag == "footer"
        if self._is_below:
            return
        if tag == "input":
            self._input(name, given)
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.kept):
            self.kept[self._select] = given.get("value") or ""
        elif tag == "textarea":
            self._textarea = name
            self.kept[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.kept[self._textarea] += data

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type")
        if kind == "checkbox":
            if "checked" in given:
                self.kept.setdefault(name, []).append(given.get("value") or "on")
        elif kind != "radio" or "checked" in given:
            self.kept[name] = given.get("value") or ""


def fields_of(response: Any) -> dict[str, Any]:
    """Return what a browser would send back of a page."""
    reader = FormReader()
    reader.feed(response.content.decode())
    reader.kept.pop("", None)
    return reader.kept


def browser(member: cast.Member) -> Client:
    """Sign a person of the cast in through the sign-in page."""
    client = Client(headers={"host": "localhost"})
    answer = client.post(
        "/sign-in/",
        {"login": database.sign_in_name(member), "password": database.passphrase(member)},
    )
    assert answer.status_code == 302, answer.content
    return client


def sent(client: Client, address: str, **typed: Any) -> Any:
    """Open a page, change some fields and send it back."""
    return client.post(address, {**fields_of(client.get(address)), **typed})
