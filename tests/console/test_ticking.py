"""What time brings, as a command and beside the pages: once, in one process, and again later."""

import argparse
import json
import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from opennrm.config.log_lines import PlainFormatter
from opennrm.console import tick
from opennrm.console.ticking import tick_once, ticking
from opennrm.records.ticking import Ticked
from tests.database import as_administrator, prepared
from tests.records.test_holds import held, waiting

SOON = 0.1
PATIENCE = 20.0
BACK_DATED = "UPDATE nrm.deadline SET due_at = now() WHERE fact_ref = %s AND kind = 'T20E'"
TOLD = "SELECT count(*) FROM nrm.late_hold WHERE hold_ref = %s"
# Every connection of this run's recorder but the test's own, as after a restart of the server.
RESTARTED = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> ALL (%s) AND pid <> pg_backend_pid()"
)


@pytest.fixture(scope="module", autouse=True)
def _database() -> None:
    prepared()


def late() -> UUID:
    """A hold that came back unanswered just now."""
    hold = held(waiting())
    with as_administrator() as connection:
        connection.execute(BACK_DATED, [hold])
    return hold


def was_told_of(hold: UUID) -> bool:
    with as_administrator() as connection:
        row = connection.execute(TOLD, [hold]).fetchone()
    return row == (1,)


def before_long(claim: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if claim():
            return True
        time.sleep(SOON)
    return False


def cut_off() -> int:
    """Cut every connection of this database but those the test itself holds."""
    ours = [one.connection.info.backend_pid for one in connections.all() if one.connection]
    with as_administrator() as connection:
        row = connection.execute(RESTARTED, [ours]).fetchone()
    assert row is not None
    return int(row[0])


class TestTick:
    def test_says_what_it_did_and_the_second_time_that_nothing_was_due(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        late()
        nothing: Any = None

        tick.run(argparse.Namespace(), nothing)
        first = capsys.readouterr().out
        status = tick.run(argparse.Namespace(), nothing)

        assert first.startswith("Late second opinions: ")
        assert capsys.readouterr().out == "Nothing was due.\n"
        assert status == 0


class TestTicking:
    def test_tells_beside_the_pages_and_ends_with_them(self) -> None:
        hold = late()

        with ticking(SOON) as (thread, *_others):
            told = before_long(lambda: was_told_of(hold))

        assert told
        assert thread.daemon
        assert not thread.is_alive()

    def test_goes_on_after_the_database_was_away(self) -> None:
        with ticking(SOON) as (thread, *_others):
            first = late()
            assert before_long(lambda: was_told_of(first))
            assert before_long(lambda: cut_off() > 0)
            second = late()

            assert before_long(lambda: was_told_of(second))
            assert thread.is_alive()

    def test_writes_a_line_without_values(self, caplog: pytest.LogCaptureFixture) -> None:
        hold = late()

        with caplog.at_level(logging.WARNING, "opennrm.ticking"):
            done = tick_once()

        (record,) = [one for one in caplog.records if one.name == "opennrm.ticking"]
        line = PlainFormatter().format(record)
        assert json.loads(line)["said"] == "Late second opinions were told of: %d"
        assert str(hold) not in line
        assert done is not None
        assert done != Ticked(0, 0)
