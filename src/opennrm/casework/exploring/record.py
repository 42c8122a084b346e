"""Writes down a state of the model as the case that the real guards look at."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from opennrm.casework.consent import ConsentGiven
from opennrm.casework.exploring.bounds import Bounds
from opennrm.casework.exploring.houses import HOUSES, POLICE, Model, ref
from opennrm.casework.exploring.model import Share
from opennrm.casework.permissions import may_write, readable
from opennrm.lifecycle.case import AccessRow, Case
from opennrm.lifecycle.facts import Fact

CASE = ref("case")
BEGINNING = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG = BEGINNING + timedelta(days=5 * 365)


def moment(day: int) -> datetime:
    """Return the moment of a day of the model."""
    return BEGINNING + timedelta(days=day)


def date_of(day: int) -> date:
    """Return the date of a day of the model."""
    return moment(day).date()


def start_of(day: int) -> datetime:
    """Return the first moment of a day of the model."""
    return moment(day) - timedelta(hours=12)


def consent_of(
    house: Model, given: int, until: int, *, guardian: bool, role: str | None = None
) -> ConsentGiven:
    """Return the consent she gives to an organisation; a guardian speaks with her for a child."""
    return ConsentGiven(
        purpose=house.purpose,
        until=date_of(until),
        language="sq",
        form="spoken",
        given_on=date_of(given),
        recipient=house.ref,
        recipient_role=role or house.role.value,
        scopes=house.scopes,
        guardian=guardian,
        assent=True if guardian else None,
    )


def case_of(age: str, shares: tuple[Share, ...], bounds: Bounds, day: int) -> Case:
    """Return the case of a state: the contact, what she agreed to, and who holds what."""
    told = {"majority": "adult" if age == "adult" else "unknown", "age_status": age}
    facts = [_fact("contact", "contact_recorded", 0, told | {"danger": "imminent"}, 1)]
    houses = [HOUSES[name] for name in bounds.houses]
    for position, (house, share) in enumerate(zip(houses, shares, strict=True), 2):
        if share.consent_from is not None:
            facts.append(_consent(house, share, age, position))
    rows = [row for pair in zip(houses, shares, strict=True) for row in rows_of(*pair)]
    return Case(CASE, tuple(facts), (*_own_rows(), *(row for row in rows if live(row, day))))


def live(row: AccessRow, day: int) -> bool:
    """Tell whether a row stands on a day, as the record tells it."""
    return row.is_live(moment(day))


def rows_of(house: Model, share: Share) -> Iterator[AccessRow]:
    """Return the access rows of an organisation."""
    if not share.row:
        return
    for part in sorted(share.parts):
        yield AccessRow(
            access_ref=ref(f"{house.name} {part}"),
            organisation=house.ref,
            role=house.role,
            account=None,
            compartment=part,
            mode="write" if may_write(house.role, part) else "read",
            state="open" if share.row == "open" else "offered",
            basis_fact=ref(f"consent to {house.name}"),
            offer_fact=ref(f"offer to {house.name}"),
            opens_at=BEGINNING,
            until=start_of(share.row_until),
        )


def _own_rows() -> Iterator[AccessRow]:
    for part in sorted(readable(POLICE.role)):
        yield AccessRow(
            access_ref=ref(f"own {part}"),
            organisation=POLICE.ref,
            role=POLICE.role,
            account=None,
            compartment=part,
            mode="write" if may_write(POLICE.role, part) else "read",
            state="open",
            basis_fact=ref("contact"),
            offer_fact=None,
            opens_at=BEGINNING,
            until=LONG,
        )


def _consent(house: Model, share: Share, age: str, position: int) -> Fact:
    given = consent_of(
        house, share.consent_from or 0, share.consent_until, guardian=age != "adult"
    )
    content: dict[str, object] = {
        "purpose": given.purpose,
        "recipient": str(house.ref),
        "recipient_role": house.role.value,
        "scopes": sorted(_scopes(house)),
        "until": given.until.isoformat(),
        "given_on": given.given_on.isoformat(),
        "language": given.language,
        "guardian": given.guardian,
    }
    day = share.consent_from or 0
    return _fact(f"consent to {house.name}", "consent_given", day, content, position)


def _scopes(house: Model) -> frozenset[str]:
    wanted = {*house.scopes, "D1"}
    parts = {part for scope in wanted for part in (scope, f"{scope}S")}
    return frozenset(parts) & readable(house.role)


def _fact(name: str, kind: str, day: int, content: Mapping[str, object], position: int) -> Fact:
    return Fact(
        fact_ref=ref(name),
        case_ref=CASE,
        position=position,
        compartment="D10" if kind == "consent_given" else "D1",
        sequence=position,
        kind=kind,
        at=moment(day),
        actor=ref("police worker"),
        organisation=POLICE.ref,
        basis="consent",
        corrects=None,
        open={key: value for key, value in content.items() if _is_open(value)},  # type: ignore[misc]
    )


def _is_open(value: object) -> bool:
    return isinstance(value, str | int | bool | list)
