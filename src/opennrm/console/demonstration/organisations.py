"""The invented organisations of the demonstration and the people who sign in for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

JURISDICTION = "MK"
AGREED_FROM, AGREED_UNTIL = date(2025, 1, 1), date(2030, 1, 1)
PASSPHRASE = "demonstration only"  # noqa: S105 - printed on purpose
LIST = files("opennrm.console.demonstration") / "organisations.yaml"


def ref(name: str) -> UUID:
    """Make the same reference for the same name everywhere: the mark of the demonstration."""
    return uuid5(NAMESPACE_URL, f"https://demonstration.example/{name}")


@dataclass(frozen=True, slots=True)
class House:
    """An invented organisation."""

    key: str
    name: str
    kind: str
    roles: str
    is_enforcement: bool = False

    @property
    def ref(self) -> UUID:
        """Return its reference."""
        return ref(self.key)


@dataclass(frozen=True, slots=True)
class Worker:
    """An invented person who signs in: her name, her organisation and what she may do there."""

    sign_in_name: str
    name: str
    house: str
    roles: str
    does: str
    training: str = ""

    @property
    def ref(self) -> UUID:
        """Return the reference of her account."""
        return ref("account " + self.sign_in_name)

    @property
    def organisation(self) -> UUID:
        """Return the reference of her organisation."""
        return ref(self.house)


_READ = yaml.safe_load(LIST.read_text(encoding="utf-8"))
HOUSES = tuple(House(**entry) for entry in _READ["organisations"])
WORKERS = tuple(Worker(**entry) for entry in _READ["people"])
HOUSE = {house.key: house for house in HOUSES}
WORKER = {worker.sign_in_name: worker for worker in WORKERS}
FRONT_DOOR_REF = ref("front door")
