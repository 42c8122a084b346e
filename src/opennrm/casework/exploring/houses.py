"""The organisations of the model and one person who acts in each; all are invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from opennrm.casework.actors import Actor
from opennrm.casework.ports import (
    Change,
    Desk,
    Entry,
    HandOver,
    ListedService,
    Notification,
    Organisation,
    PartnerAnswer,
)
from opennrm.casework.refusals import CaseNotFound
from opennrm.exchange.crossborder.content import Package, Preview
from opennrm.lifecycle.case import Case
from opennrm.lifecycle.facts import Fact
from opennrm.rights.jurisdictions import presets
from opennrm.vocabulary.hand_over import HandOverWord
from opennrm.vocabulary.roles import Role

FOREVER = date(9999, 12, 31)


def ref(name: str) -> UUID:
    """Make the same reference for the same name, in every run."""
    return uuid5(NAMESPACE_URL, f"https://model.example/{name}")


@dataclass(frozen=True, slots=True)
class Model:
    """One organisation of the model: what it is, in which role it is asked, and for what."""

    name: str
    says: str
    kind: str
    role: Role
    purpose: str
    scopes: tuple[str, ...]
    is_enforcement: bool = False

    @property
    def ref(self) -> UUID:
        """Return its reference."""
        return ref(self.name)

    @property
    def like(self) -> str:
        """Return the name it shares with those it could be exchanged for."""
        return self.name.rstrip("0123456789")


FOR_HER_PLAN = ("D2", "D8", "D9", "D14")
TO_DECIDE = ("D2", "D4", "D8", "D14")
NGO, STATE = "ngo", "central_government_organisation"
POLICE = Model("police", "the police officer", "law_enforcement", Role.FR, "", ())
HOUSES: Mapping[str, Model] = {
    house.name: house
    for house in (
        Model("shelter", "a shelter", NGO, Role.CM, "assistance", FOR_HER_PLAN),
        Model("shelter2", "a shelter", NGO, Role.CM, "assistance", FOR_HER_PLAN),
        Model("authority", "the authority", STATE, Role.CA, "identification", TO_DECIDE),
        Model("clinic", "the clinic", "health_service_organisation", Role.HC, "service", ("D9",)),
        Model(
            "child_service",
            "the child service",
            "local_government_organisation",
            Role.CP,
            "child_protection",
            ("D2", "D8"),
        ),
        Model(
            "removals",
            "the removals unit",
            "immigration_enforcement",
            Role.MI,
            "residence",
            ("D2",),
            is_enforcement=True,
        ),
    )
}


def organisation(house: Model, place: str) -> Organisation:
    """Return an organisation as the directory knows it."""
    return Organisation(
        organisation=house.ref,
        name=house.name,
        kind=house.kind,
        roles=frozenset({house.role}),
        agreement_until=FOREVER,
        jurisdiction=place,
        is_enforcement=house.is_enforcement,
    )


def actor(house: Model, place: str) -> Actor:
    """Return the person who acts for an organisation."""
    return Actor(
        account=ref(f"{house.name} worker"),
        organisation=house.ref,
        organisation_kind=house.kind,
        roles=frozenset({house.role}),
        training=frozenset({"indicators-basic"}),
        agreement_until=FOREVER,
        jurisdiction=place,
    )


@dataclass(frozen=True, slots=True)
class Street:
    """The directory of the model, and a record in which nothing lies: guards only look."""

    place: str

    def organisation(self, ref: UUID) -> Organisation | None:
        """Find an organisation."""
        named = (organisation(house, self.place) for house in HOUSES.values())
        return next((one for one in named if one.organisation == ref), None)

    def holders(self, organisation: UUID, role: Role) -> tuple[UUID, ...]:
        """List who holds a role: the one who acts, and in the authority a colleague."""
        house = next((one for one in HOUSES.values() if one.ref == organisation), None)
        if house is None or role is not house.role:
            return ()
        return (ref(f"{house.name} worker"), ref(f"{house.name} colleague"))

    def with_role(self, role: Role, jurisdiction: str) -> tuple[UUID, ...]:
        """List the organisations of a place that hold a role."""
        return tuple(house.ref for house in HOUSES.values() if house.role is role)

    def listed(self, service: UUID) -> ListedService | None:
        """Find nothing: the model lists no services."""
        return None

    def lowest_free(self, service: UUID) -> int | None:
        """Find no place: the model lists no services."""
        return None

    def ahead(self, service: UUID, offer: UUID) -> int:
        """Count nobody: the model lists no services."""
        return 0

    def answer(self, question: UUID) -> PartnerAnswer | None:
        """Find nothing: the model asks no partners."""
        return None

    def send(self, notification: Notification) -> UUID:
        """Send nothing: the model notifies no one."""
        return ref("no notification")

    def start(self, change: Change, *, jurisdiction: str, audit: Entry) -> UUID:
        """Start nothing: the model keeps its own state."""
        raise CaseNotFound()

    def standing_by(self) -> tuple[UUID, ...]:
        """List nothing: no night duty stands in the model."""
        return ()

    def load_standing_by(self, case_ref: UUID) -> Case:
        """Find nothing: no night duty stands in the model."""
        raise CaseNotFound()

    def load(self, case_ref: UUID) -> Case:
        """Find nothing: the model hands its guards the case they look at."""
        raise CaseNotFound()

    def append(self, case_ref: UUID, change: Change, *, audit: Entry) -> tuple[Fact, ...]:
        """Record nothing: the model keeps its own state."""
        raise CaseNotFound()


@dataclass(frozen=True, slots=True)
class Border:
    """No hand-over to another State stands in the model."""

    def begin(self, ref: UUID, *, partner: UUID, case_ref: UUID, consent: UUID) -> None:
        """Begin nothing."""

    def load(self, ref: UUID) -> HandOver:
        """Find nothing."""
        raise CaseNotFound()

    def say(
        self,
        ref: UUID,
        word: HandOverWord,
        *,
        reason: str | None = None,
        content: Preview | Package | None = None,
    ) -> None:
        """Say nothing."""

    def take_over(self, ref: UUID, case_ref: UUID) -> None:
        """Take nothing over."""


def desk(place: str) -> Desk:
    """Return what lies within reach of a guard: the directory and the national values."""
    street = Street(place)
    return Desk(
        cases=street,
        directory=street,
        notifications=street,
        places=street,
        hand_overs=Border(),
        partners=street,
        presets=presets,
    )
