"""Runs the contract of the ports against the ports kept in memory."""

import pytest

from tests.casework.port_contract import PortContract, Record
from tests.fakes import Office


class TestPortsInMemory(PortContract):
    @pytest.fixture
    def record(self, office: Office) -> Record:
        """The office as a record."""
        return office
