"""Makes the invented State's register, agreements, commission and action plan, each only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction

from opennrm.accounts.models import Agreement as AccountsAgreement
from opennrm.console.demonstration.lines import rows
from opennrm.console.demonstration.organisations import (
    AGREED_FROM,
    AGREED_UNTIL,
    HOUSES,
    JURISDICTION,
    ref,
)
from opennrm.console.demonstration.plan import make_plan
from opennrm.console.demonstration.promises import promises
from opennrm.console.demonstration.registers import make_registers
from opennrm.coordination.models import (
    Agreement,
    ContactPoint,
    Decision,
    Grant,
    GrantPayment,
    Meeting,
    Party,
    Publication,
    RegisterEntry,
    Seat,
    ServiceProvided,
    Signature,
    Structure,
)
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.organisations import public_directory
from opennrm.coordination.permissions import Area
from opennrm.coordination.plan_picture import picture_of
from opennrm.coordination.publishing import DIRECTORY, PLAN
from opennrm.coordination.reference_data import ref_of

LIST = files("opennrm.console.demonstration") / "coordination.yaml"
GIVEN_HERE = "here"
SAFE_HOUSES = frozenset({"shelter", "quiet"})


def make_coordination(*, on: date) -> bool:
    """Make what is missing, all of it or nothing; tell whether anything was made now."""
    if Structure.objects.using("owner").filter(ref=ref("commission structure")).exists():
        _keep(_entries([], leave_out=_known_entries()))
        return make_registers(on=on)
    told = _told()
    with transaction.atomic(using="owner"):
        _keep(_entries(told["others"]))
        _keep(_contacts())
        _make_agreements(told["agreements"])
        _keep(_services(told["services"], on))
        _keep(_grants(told["grants"], on))
        _make_commission(told, on)
        _keep(promises(told["evidence"], told["recommendations"], on=on))
        plan = make_plan(told["aims"], told["actions"], on=on)
        at = datetime.combine(on, datetime.min.time(), tzinfo=UTC)
        content = picture_of(plan, on=on).as_content()
        _publish(PLAN, plan.pk, Area.PLAN, plan.title, content, at)
        directory = {"providers": public_directory(using="owner")}
        about = ref_of("directory", "all")
        _publish(DIRECTORY, about, Area.DIRECTORY, "Who helps where", directory, at)
    make_registers(on=on)
    return True


@cache
def _told() -> Any:
    return yaml.safe_load(LIST.read_text(encoding="utf-8"))


def _keep(rows: Iterable[Kept]) -> None:
    for row in rows:
        row.save(using="owner", force_insert=True)


def _known_entries() -> frozenset[UUID]:
    return frozenset(RegisterEntry.objects.using("owner").values_list("ref", flat=True))


def _entries(
    others: list[dict[str, str]], *, leave_out: frozenset[UUID] = frozenset()
) -> Iterator[RegisterEntry]:
    for house in HOUSES:
        if not house.is_enforcement and ref(f"entry {house.key}") not in leave_out:
            yield RegisterEntry(
                ref=ref(f"entry {house.key}"),
                name=house.name,
                kind=house.kind,
                jurisdiction=JURISDICTION,
                member_id=house.ref,
                roles=house.roles.split(),
                areas=["Brezovo"],
                languages=["mk", "sq"],
                is_safe_place=house.key in SAFE_HOUSES,
                box="Post box 12, Brezovo" if house.key in SAFE_HOUSES else "",
                phone="+389 2 000 000",
            )
    for one in others:
        yield RegisterEntry(
            ref=ref(f"entry {one['key']}"),
            name=one["name"],
            kind=one["kind"],
            jurisdiction=JURISDICTION,
            languages=["mk"],
        )


def _contacts() -> Iterator[ContactPoint]:
    for key, purpose in (("focal", "cross_border_focal_point"), ("helpline", "general")):
        yield ContactPoint(
            ref=ref(f"contact {key}"),
            entry_id=ref(f"entry {key}"),
            purpose=purpose,
            name="The desk",
            phone="+389 2 000 001",
            from_on=AGREED_FROM,
            is_public=key == "helpline",
        )


def _make_agreements(told: list[dict[str, str]]) -> None:
    for one in told:
        made = Agreement(
            ref=ref(f"agreement {one['key']}"),
            title=one["title"],
            kind=one["kind"],
            text=one["text"],
            in_force_from=AGREED_FROM,
            in_force_until=AGREED_UNTIL,
            status="in_force",
        )
        _keep([made])
        for key in one["houses"].split():
            _bind(made, key, one["scopes"].split())


def _bind(made: Agreement, key: str, scopes: list[str]) -> None:
    entry = RegisterEntry.objects.using("owner").get(ref=ref(f"entry {key}"))
    held = AccountsAgreement.objects.using("owner").filter(organisation=entry.member).first()
    party = Party(
        ref=ref(f"party {made.ref} {key}"),
        agreement=made,
        entry=entry,
        roles=entry.roles,
        scopes=scopes,
        accounts_agreement=held.pk if held else None,
    )
    signed = Signature(
        ref=ref(f"signature {made.ref} {key}"),
        party=party,
        signed_by="The head of the house",
        signed_on=AGREED_FROM,
        how="on_paper",
    )
    _keep([party, signed])


def _services(told: str, on: date) -> Iterator[ServiceProvided]:
    for key, service, groups, areas, places, free in rows(told):
        yield ServiceProvided(
            ref=ref(f"service {key}"),
            entry_id=ref(f"entry {key}"),
            service=service,
            groups=groups.split(),
            areas=[area.strip() for area in areas.split(",")],
            places=int(places) if places else None,
            places_free=int(free) if free.isdecimal() else None,
            counted_on=on if free.isdecimal() else None,
            is_given_here=free == GIVEN_HERE,
            is_public=True,
        )


def _grants(told: str, on: date) -> Iterator[Grant | GrantPayment]:
    for key, source, donor, amount, cost, begun, ends, paid in rows(told):
        grant = Grant(
            ref=ref(f"grant {key}"),
            service_id=ref(f"service {key}"),
            source=source,
            donor=donor,
            currency="EUR",
            amount=int(amount),
            cost_a_day=int(cost),
            from_on=on + timedelta(days=int(begun)),
            until_on=on + timedelta(days=int(ends)),
        )
        yield grant
        yield GrantPayment(
            ref=ref(f"payment {key}"), grant=grant, paid_on=grant.from_on, amount=int(paid)
        )


def _make_commission(told: Any, on: date) -> None:
    commission = Structure(
        ref=ref("commission structure"),
        name="National commission against trafficking in human beings",
        kind="commission",
        entry_id=ref("entry commission"),
        legal_basis="Invented Government decision of 3 March 2014",
        established_on=date(2014, 3, 3),
        mandate="Approves the action plan, follows its money, answers recommendations.",
    )
    rapporteur = Structure(
        ref=ref("rapporteur structure"),
        name="Office of the National Rapporteur",
        kind="rapporteur",
        entry_id=ref("entry rapporteur"),
        legal_basis="Invented law of 2019",
        established_on=date(2019, 5, 1),
    )
    meeting = Meeting(
        ref=ref("meeting"),
        structure=commission,
        held_on=on - timedelta(days=150),
        place="Brezovo",
        agenda="1 Money of the plan; 2 Seasonal work; 3 Places for men; 4 Interpreters",
        minutes="All seats but one were taken. Decisions stand below.",
    )
    _keep([commission, rapporteur, meeting])
    _keep(_seats(told["seats"], commission))
    _keep(_decisions(told["decisions"], meeting, on))


def _seats(told: list[str], commission: Structure) -> Iterator[Seat]:
    for line in told:
        key, function = line.split()
        yield Seat(
            ref=ref(f"seat {key}"),
            structure=commission,
            entry_id=ref(f"entry {key}"),
            function=function,
            from_on=AGREED_FROM,
        )


def _decisions(told: str, meeting: Meeting, on: date) -> Iterator[Decision]:
    for number, text, key, days, status in rows(told):
        yield Decision(
            ref=ref(f"decision {number}"),
            meeting=meeting,
            number=number,
            text=text,
            entry_id=ref(f"entry {key}"),
            due_on=on + timedelta(days=int(days)),
            status=status,
            followed_up="The list was sent to all members." if status == "done" else "",
        )


def _publish(  # what a publication is made of
    kind: str, about: UUID, area: Area, title: str, content: dict[str, Any], at: datetime
) -> None:
    Publication.objects.using("owner").create(
        ref=ref(f"publication {kind}"),
        kind=kind,
        about=about,
        area=area.value,
        title=title,
        at=at,
        content=content,
    )
