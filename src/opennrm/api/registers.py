"""The addresses under which programs read and write the registers of the co-ordination.

There are few addresses with the name of the register in them; the description tells each register
apart (`registers_described.py`), made from the register's own fields.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, cast
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from opennrm.api.acting import KEY_HEADER
from opennrm.api.admission import calling
from opennrm.api.problems import NoSuchPlace
from opennrm.api.register_shapes import named, readable, writing_shape
from opennrm.api.seated import seated
from opennrm.coordination.desk import at_coordination
from opennrm.coordination.permissions import May, may
from opennrm.coordination.registers import (
    Asking,
    Entry,
    EntryChange,
    EntryClosed,
    EntryRefused,
    Place,
    Register,
    Wanted,
    Writing,
)
from opennrm.records.programs import once
from opennrm.vocabulary.programs import ProgramStep

MOST = 200
OF_LIST = frozenset({"after", "most", "text"})
Act = Callable[[Asking], UUID]
Key = Annotated[UUID | None, KEY_HEADER]


def router(registers: Sequence[Register]) -> Router:
    """Make the addresses of all registers."""
    made, at = Router(), "/registers/{name}"
    known = {one.name: one for one in registers}
    hidden: dict[str, Any] = {"include_in_schema": False}
    made.get("/registers", **hidden)(_all(registers))
    made.get(at, **hidden)(_list(known))
    made.get(f"{at}/history", **hidden)(_changes(known))
    made.get(f"{at}/{{ref}}", **hidden)(_one(known))
    made.get(f"{at}/{{ref}}/history", **hidden)(_history(known))
    made.post(at, **hidden)(_add(known))
    made.post(f"{at}/{{ref}}/{{act}}", **hidden)(_act(known))
    return made


def _all(registers: Sequence[Register]) -> Callable[..., HttpResponse]:
    def register_names(request: HttpRequest) -> HttpResponse:
        actor = calling(request, ProgramStep.REGISTERS).session.actor
        there = [one for one in registers if may(actor, one.area, May.READ)]
        return _told([{"name": each.name, "title": each.title} for each in there])

    return register_names


def _list(known: Mapping[str, Register]) -> Callable[..., HttpResponse]:
    def register_entries(
        request: HttpRequest,
        name: str,
        after: Annotated[str | None, Query(max_length=200)] = None,
        most: Annotated[int, Query(ge=1, le=MOST)] = 50,
        text: Annotated[str, Query(max_length=200)] = "",
    ) -> HttpResponse:
        asking, one = _reading(request, known, name)
        wanted = Wanted(
            text.replace("\x00", "").strip(), _chosen(request, one), _place(after), most
        )
        with at_coordination(asking.work):
            found = one.entries(asking, wanted)
        shown, is_all = found[:most], len(found) <= most
        place = _cursor(shown[-1]) if shown else after
        entries = [_entry(each) for each in shown]
        return _told({"entries": entries, "after": place, "is_all": is_all})

    return register_entries


def _one(known: Mapping[str, Register]) -> Callable[..., HttpResponse]:
    def register_entry(request: HttpRequest, name: str, ref: UUID) -> HttpResponse:
        asking, one = _reading(request, known, name)
        with at_coordination(asking.work):
            return _told(_entry(one.entry(asking, ref)))

    return register_entry


def _history(known: Mapping[str, Register]) -> Callable[..., HttpResponse]:
    def register_history(request: HttpRequest, name: str, ref: UUID) -> HttpResponse:
        asking, one = _reading(request, known, name)
        with at_coordination(asking.work):
            return _told([_change(each) for each in one.history(asking, ref)])

    return register_history


def _changes(known: Mapping[str, Register]) -> Callable[..., HttpResponse]:
    def register_changes(
        request: HttpRequest,
        name: str,
        before: Annotated[int, Query(ge=0, le=2**62)] = 0,
        most: Annotated[int, Query(ge=1, le=MOST)] = 50,
    ) -> HttpResponse:
        asking, one = _reading(request, known, name)
        with at_coordination(asking.work):
            changes = one.changes(asking, before=before, most=most)
        return _told([_change(each) for each in changes])

    return register_changes


def _add(known: Mapping[str, Register]) -> Callable[..., HttpResponse]:
    def register_add(request: HttpRequest, name: str, key: Key = None) -> HttpResponse:
        asking, one = _writing(request, known, name)
        if not one.is_written:
            raise EntryClosed
        sent: Any = readable(request.body, writing_shape(one, "add"))
        values = named(sent.entry)
        return _done(request, asking, key, lambda asks: one.add(asks, values, why=sent.why))

    return register_add


def _act(known: Mapping[str, Register]) -> Callable[..., HttpResponse]:
    def register_act(
        request: HttpRequest, name: str, ref: UUID, act: str, key: Key = None
    ) -> HttpResponse:
        asking, one = _writing(request, known, name)
        taking = _acts(one).get(act)
        if taking is None:
            raise EntryClosed
        sent: Any = readable(request.body, writing_shape(one, act))
        writing = Writing(ref, sent.expected, sent.why, getattr(sent, "on", None))
        return _done(request, asking, key, partial(taking, writing=writing, sent=sent))

    return register_act


def _acts(one: Register) -> dict[str, Callable[..., UUID]]:
    """Return what can be done with an entry, by the last part of the address."""
    found: dict[str, Callable[..., UUID]] = {
        step.name: partial(_take, one, step.name) for step in one.steps()
    }
    if one.is_written:
        found |= {"change": partial(_changed, one), "remove": partial(_removed, one)}
    return found


def _take(one: Register, step: str, asking: Asking, *, writing: Writing, sent: Any) -> UUID:
    return one.take(asking, step, writing)


def _changed(one: Register, asking: Asking, *, writing: Writing, sent: Any) -> UUID:
    return one.change(asking, writing, named(sent.entry))


def _removed(one: Register, asking: Asking, *, writing: Writing, sent: Any) -> UUID:
    return one.remove(asking, writing)


def _done(request: HttpRequest, asking: Asking, key: UUID | None, act: Act) -> HttpResponse:
    said = request.path.encode() + b" " + request.body
    opened = partial(at_coordination, asking.work)
    reference, again = once(opened, key, said, lambda _: act(asking), alias="default")
    return JsonResponse({"reference": reference}, status=200 if again else 201)


def _reading(
    request: HttpRequest, known: Mapping[str, Register], name: str
) -> tuple[Asking, Register]:
    return _asked(request, ProgramStep.REGISTERS, known, name)


def _writing(
    request: HttpRequest, known: Mapping[str, Register], name: str
) -> tuple[Asking, Register]:
    return _asked(request, ProgramStep.REGISTER_ENTRIES, known, name)


def _asked(
    request: HttpRequest, step: ProgramStep, known: Mapping[str, Register], name: str
) -> tuple[Asking, Register]:
    """Return who asks, and the register.

    :raises StepNotAllowed: when the co-ordination was not named for this program.
    :raises EntryClosed: when there is none, or it is not open to the person it works for.
    """
    session = seated(request, step)
    one = known.get(name)
    if one is None or not may(session.actor, one.area, May.READ):
        raise EntryClosed
    return Asking(session, cast(Any, request).at), one


def _chosen(request: HttpRequest, one: Register) -> dict[str, str]:
    filters = set(one.filters())
    odd = [name for name in request.GET if name not in OF_LIST | filters]
    if odd:
        raise EntryRefused([(name, "This register is not narrowed by this.") for name in odd])
    given = {name: request.GET.get(name, "") for name in filters}
    return {name: value for name, value in given.items() if value}


def _cursor(entry: Entry) -> str:
    return base64.urlsafe_b64encode(f"{entry.version} {entry.ref}".encode()).decode()


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    try:
        version, _, ref = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        if not (version.isascii() and version.isdecimal() and len(version) < 19):
            raise ValueError("no version")
        return Place(int(version), UUID(ref))
    except (ValueError, binascii.Error):
        raise NoSuchPlace from None


def _entry(entry: Entry) -> dict[str, Any]:
    return {"ref": entry.ref, "version": entry.version, "entry": dict(entry.values)}


def _change(change: EntryChange) -> dict[str, Any]:
    fields = {name: {"was": was, "became": now} for name, (was, now) in change.fields.items()}
    return asdict(change) | {"fields": fields}


def _told(content: Any) -> HttpResponse:
    return JsonResponse(content, encoder=DjangoJSONEncoder, safe=False)
