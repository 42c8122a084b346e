"""The client for other systems, and the example that is printed in the how-to page."""

import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from tests import cast
from tests.api.calling import Program, contact, let_in
from tests.house.tree import ROOT

CLIENT = ROOT / "clients" / "python"
sys.path.insert(0, str(CLIENT))

from opennrm_client import Client, Problem  # noqa: E402 - found beside the example

Answer = Iterable[bytes]


class Quiet(WSGIRequestHandler):
    """Writes no line for a call."""

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


class Door:
    """The installation, whose answers may be lost on the way."""

    def __init__(self) -> None:
        self.lost: list[int] = []
        self.calls = 0
        self._inside: Callable[..., Answer] = get_wsgi_application()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Answer:
        """Answer, or do the work and lose the answer."""
        environ["HTTP_HOST"] = "localhost"
        self.calls += 1
        if self.calls not in self.lost:
            return self._inside(environ, start)
        list(self._inside(environ, lambda *_head: None))
        start("503 Service Unavailable", [("Content-Type", "text/plain")])
        return [b""]


@pytest.fixture(scope="module")
def door() -> Iterator[tuple[str, Door]]:
    inside = Door()
    server: WSGIServer = make_server("127.0.0.1", 0, inside, handler_class=Quiet)

    def serving() -> None:
        server.serve_forever()
        connections.close_all()

    thread = threading.Thread(target=serving, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", inside
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture(scope="module")
def police() -> Program:
    return let_in(cast.POLICE_OFFICER)


class TestTheClient:
    def test_takes_a_step_once_though_the_answer_is_lost(
        self, door: tuple[str, Door], police: Program
    ) -> None:
        site, inside = door
        client = Client(site, police.secret)
        _before, place = client.changed_cases()
        inside.lost = [inside.calls + 1, inside.calls + 2]

        case = client.step("record_contact", **contact())

        found, _after = client.changed_cases(place)
        assert [one["case_ref"] for one in found] == [case]

    def test_reads_a_case_and_its_sequences(self, door: tuple[str, Door], police: Program) -> None:
        client = Client(door[0], police.secret)
        case = client.case(client.step("record_contact", **contact()))

        assert case.shown["stage"] == "contact"
        assert case.sequences["D1"] == 1
        assert "in_person" in client.words("channel")["codes"]

    def test_raises_a_refusal_with_its_rule_and_the_way_on(
        self, door: tuple[str, Door], police: Program
    ) -> None:
        client = Client(door[0], police.secret)
        case = client.step("record_contact", **contact())
        sent = {"to": str(cast.GREEN_DOOR.organisation), "to_role": "CM", "purpose": "assistance"}
        days = {"until": "2027-01-01", "reply_by": "2027-01-01"}

        with pytest.raises(Problem) as no:
            client.step("refer", case=case, referral={**sent, **days})

        assert (no.value.status, no.value.rule) == (422, "R41")
        assert no.value.remedy

    def test_adds_to_a_list_changes_an_entry_and_tells_what_is_new(
        self, door: tuple[str, Door]
    ) -> None:
        client = Client(door[0], let_in(cast.CO_ORDINATOR).secret)
        _before, place = client.entries("organisations", kind="ngo")
        name = f"House {uuid.uuid4().hex[:8]}"
        made = {"name": name, "kind": "ngo", "jurisdiction": "MK"}

        ref = client.write("organisations", made)
        (new,), _after = client.entries("organisations", place, text=name)
        client.write("organisations", {"areas": ["Tetovo"]}, changes=new, why="It moved")

        (changed,), _after = client.entries("organisations", text=name)
        assert (new["ref"], changed["entry"]["areas"]) == (ref, ["Tetovo"])
        with pytest.raises(Problem) as no:
            client.write("organisations", {"areas": []}, changes=new, why="Late")
        assert no.value.reason == "changed_meanwhile"

    def test_keeps_its_secret_out_of_what_is_printed(self) -> None:
        assert "nrm_secret" not in repr(Client("https://cases.example", "nrm_secret"))

    def test_needs_nothing_but_python(self) -> None:
        text = (CLIENT / "opennrm_client.py").read_text(encoding="utf-8")
        imported = {
            line.split()[1].partition(".")[0]
            for line in text.splitlines()
            if line.startswith(("import ", "from "))
        }

        assert imported <= set(sys.stdlib_module_names) | {"__future__"}


class TestTheExample:
    def test_refers_a_person(self, door: tuple[str, Door], police: Program) -> None:
        told = {
            "OPENNRM_SITE": door[0],
            "OPENNRM_SECRET": police.secret,
            "OPENNRM_RECIPIENT": str(cast.GREEN_DOOR.organisation),
        }

        done = subprocess.run(
            [sys.executable, str(CLIENT / "example.py")],
            env={**os.environ, **told},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()

    def test_is_the_one_that_is_printed(self) -> None:
        page = (ROOT / "docs" / "how-to" / "connect-a-program.md").read_text(encoding="utf-8")
        example = (CLIENT / "example.py").read_text(encoding="utf-8")

        assert example.partition("\n\n")[2].strip() in page

    def test_is_no_longer_than_it_says(self) -> None:
        lines = Path(CLIENT / "example.py").read_text(encoding="utf-8").splitlines()
        code = [line for line in lines[1:] if line.strip()]

        assert len(code) <= 20
