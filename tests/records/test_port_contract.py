"""Runs the contract of the ports against the record in PostgreSQL."""

from contextlib import AbstractContextManager
from datetime import datetime

import pytest

from opennrm.casework.ports import Desk
from opennrm.records.desk import at_work
from tests import cast
from tests.casework.port_contract import PortContract, Record
from tests.database import NOW, signed_in


class RecordInPostgreSQL:
    """The record as the contract asks for it."""

    def at_work(self, who: cast.Member, at: datetime) -> AbstractContextManager[Desk]:
        """Sit a member of the cast down at her desk."""
        return at_work(signed_in(who), at=at)


class TestPortsInPostgreSQL(PortContract):
    @pytest.fixture
    def record(self) -> Record:
        """The record in the database of this worker."""
        return RecordInPostgreSQL()

    @pytest.fixture
    def at(self) -> datetime:
        """The database has a clock of its own."""
        return NOW
