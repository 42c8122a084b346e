"""What outsiders ask of the pages and of the API, and whatever an answer gives away."""

import json
from random import Random
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.test import Client

from opennrm.records import queries
from opennrm.records.reference import reference
from tests import cast
from tests.api.calling import Program, let_in
from tests.attacks import addresses
from tests.attacks.addresses import Address
from tests.attacks.machine.probes import Counts
from tests.attacks.machine.shadow import Leak
from tests.attacks.machine.story import Story
from tests.database import NOW, signed_in
from tests.web.browsing import browser

REFUSED = (302, 401, 403, 404, 405)
# A program that sends or asks nothing where something is wanted is told so before anybody looks
# for the case; that a case not there gets the same, byte for byte, is tested by address.
UNREADABLE, TOO_MANY = 422, 429
# Six hundred operations described; no case is in it.
DESCRIPTION = "api:openapi-json"
# A page in so many is the list, searched for the reference; the others are drawn from all.
LISTED_ONE_IN = 6
PARTS = ("D1", "D2", "D2S", "D3", "D4", "D4S", "D8", "D8S", "D9", "D10", "D14", "D16")


class Knocker:
    """Tries pages and operations as members of the cast, each signed in once, with one program."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._clients: dict[str, Client] = {}
        self._programs: dict[str, Program] = {}
        plain = [one for one in addresses.of_no_case() if not one.pattern.converters]
        pages = addresses.of_a_case() + plain
        self.addresses = [one for one in pages if one.name != DESCRIPTION]

    def knock(self, story: Story, member: cast.Member, draw: Random) -> None:
        """Try one address, and read the case, as one person; or look for it in her list.

        :raises Leak: when a page gives away what the shadow gives her no right to.
        """
        if member.account in story.shadow.away:
            return
        if draw.randrange(LISTED_ONE_IN) == 0:
            self.look_about(story, member)
        else:
            self._try(story, member, draw.choice(self.addresses), sent=draw.random() < 0.5)

    def _try(self, story: Story, member: cast.Member, entry: Address, *, sent: bool) -> None:
        address = addresses.place(entry, story.case_ref)
        asks = self._by_program if entry.name.startswith("api:") else self._in_browser
        answer = asks(member, address, sent=sent)
        text = answer.content.decode(errors="replace").replace(address, "")
        if (
            entry.names_a_case
            and not story.shadow.knows(member)
            and answer.status_code not in REFUSED
            and not (asks == self._by_program and answer.status_code == UNREADABLE)
        ):
            raise Leak(f"{member.organisation.name} got {answer.status_code} from {entry.name}.")
        require_nothing_of(story, member, text, where=entry.name)

    def _in_browser(self, member: cast.Member, address: str, *, sent: bool) -> Any:
        client = self._client(member)
        self._counts.pages += 1
        given = {"form_key": str(uuid4())}
        return client.post(address, given) if sent else client.get(address)

    def _by_program(
        self, member: cast.Member, address: str, *, sent: bool = False, **asked: Any
    ) -> Any:
        name, path = str(member.account), address.removeprefix("/api/v1")
        if name not in self._programs:
            self._programs[name] = let_in(member)
        program = self._programs[name]
        self._counts.programs += 1
        answer = program.post(path, {}) if sent else program.get(path, **asked)
        if answer.status_code == TOO_MANY:
            cache.clear()
            return self._by_program(member, address, sent=sent, **asked)
        return answer

    def look_about(self, story: Story, member: cast.Member) -> None:
        """Search the list for the reference, as somebody who once read it would.

        :raises Leak: when it is found by somebody who may not know of it.
        """
        asked = {"view": "all", "text": reference(story.case_ref)}
        answer = self._client(member).get("/", asked)
        self._counts.pages += 1
        told = self._by_program(member, "/api/v1/work-list", **asked)
        for listed in (answer, told):
            if str(story.case_ref) in listed.content.decode() and not story.shadow.knows(member):
                raise Leak(f"{member.organisation.name} finds the case in its list.")

    def read(self, story: Story, member: cast.Member) -> None:
        """Open every part, and look for what was typed into parts that are not open to her.

        :raises Leak: when something of it is there.
        """
        if self._counts.steps % 2 and member.account not in story.shadow.away:
            self._read_by_program(story, member)
            return
        parts = story.shadow.parts_of(member)
        try:
            page = queries.case_page(signed_in(member), story.case_ref, at=NOW, opened=PARTS)
        except Exception:
            if parts:
                raise
            return
        told = [text for entry in page.timeline for text in (entry.told or {}).values()]
        for text, part in story.planted.items():
            if text in told and not story.shadow.may_read(member, part):
                raise Leak(f"{member.organisation.name} read {part}.")
        self._counts.read += len(told)

    def _read_by_program(self, story: Story, member: cast.Member) -> None:
        """Open every part with a program.

        :raises Leak: when something is there that is not open to her, or the case is told about.
        """
        address = f"/api/v1/cases/{story.case_ref}"
        answer = self._by_program(member, address, opened=PARTS)
        is_there = answer.status_code != 404
        # Who was only asked for whereabouts at night is told so, and has no page of the case.
        may_be_there, must_be = story.shadow.knows(member), bool(story.shadow.parts_of(member))
        if is_there > may_be_there or is_there < must_be:
            raise Leak(f"{member.organisation.name} got {answer.status_code} from api:case.")
        told = json.dumps(json.loads(answer.content), ensure_ascii=False).replace(address, "")
        require_nothing_of(story, member, told, where="api:case")
        self._counts.read += sum(word in told for word in story.planted)

    def _client(self, member: cast.Member) -> Any:
        name = str(member.account)
        if name not in self._clients:
            cache.clear()
            self._clients[name] = browser(member)
        return self._clients[name]


def require_nothing_of(story: Story, member: cast.Member, text: str, *, where: str) -> None:
    """Refuse a page that shows the case to a stranger, or words of a part that is closed to her.

    :raises Leak: when it does.
    """
    for word, part in story.planted.items():
        if word in text and not story.shadow.may_read(member, part):
            raise Leak(f"{where} shows words of {part} to {member.organisation.name}.")
    if story.shadow.knows(member):
        return
    for mark in (str(story.case_ref), reference(story.case_ref)):
        if mark in text:
            raise Leak(f"{where} shows the case to {member.organisation.name}.")
