"""The lists of the co-ordination as registers for programs: the same rows, forms and steps.

What a person may not type, a program may not send: an entry goes through the form of its list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError
from django.db.models import OuterRef, ProtectedError, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext

from opennrm.coordination.desk import (
    ChangeRefused,
    because,
    changes_in,
    changes_of,
    hers_to_write,
    looked_at,
    names_of,
)
from opennrm.coordination.models import Change
from opennrm.coordination.permissions import Area
from opennrm.coordination.registers import (
    Asking,
    Entry,
    EntryChange,
    EntryClosed,
    EntryRefused,
    NotHersToWrite,
    RegisterField,
    RegisterStep,
    Wanted,
    Writing,
)
from opennrm.web.coordination import listing
from opennrm.web.coordination.home import PARTS
from opennrm.web.coordination.register_fields import asked_fields, held, shown_fields, typed
from opennrm.web.coordination.sheets import Sheet
from opennrm.web.coordination.steps import Step, Taken
from opennrm.web.work import WorkRequest


@dataclass(frozen=True, slots=True)
class SheetRegister:
    """A list with its form, as a register."""

    sheet: Sheet

    @property
    def name(self) -> str:
        """Return the last part of its address."""
        return self.sheet.name

    @property
    def title(self) -> str:
        """Return its name in English."""
        with translation.override("en"):
            return str(self.sheet.listing.title)

    @property
    def area(self) -> Area:
        """Return the area by whose permissions it is read and written."""
        return self.sheet.area

    @property
    def is_written(self) -> bool:
        """Tell whether entries are added, changed and removed at all."""
        return self.sheet.may_be_written

    def asked(self) -> tuple[RegisterField, ...]:
        """Return the fields that may be written."""
        with translation.override("en"):
            return asked_fields(self.sheet)

    def shown(self) -> tuple[RegisterField, ...]:
        """Return the fields that are read."""
        with translation.override("en"):
            return shown_fields(self.sheet)

    def filters(self) -> tuple[str, ...]:
        """Return the names by which fewer entries are kept."""
        named = tuple(one.name for one in self.sheet.listing.filters)
        return (*named, *listing.PERIOD) if self.sheet.listing.days else named

    def steps(self) -> tuple[RegisterStep, ...]:
        """Return the steps beside plain changes."""
        with translation.override("en"):
            return tuple(
                RegisterStep(one.name, str(one.title), one.asks_day) for one in self.sheet.steps
            )

    def entries(self, asking: Asking, wanted: Wanted) -> Sequence[Entry]:
        """List entries in the order in which they changed, one more than wanted if there is."""
        chosen = dict(_known(self.sheet, wanted.chosen))
        asked = listing.Asked(text=wanted.text, sort="", page=1, chosen=chosen)
        rows = listing.found(self.sheet.listing, self._rows(asking), asked)
        if wanted.after is not None:
            version, ref = wanted.after.version, wanted.after.ref
            rows = rows.filter(Q(newest_change__gt=version) | Q(newest_change=version, pk__gt=ref))
        several = [one.name for one in self.sheet.model._meta.many_to_many]
        ordered = rows.order_by("newest_change", "pk").prefetch_related(*several)
        names = _names(self.sheet)
        return [_entry(row, names) for row in ordered[: wanted.most + 1]]

    def entry(self, asking: Asking, ref: UUID) -> Entry:
        """Read one entry.

        :raises EntryClosed: when it is not open to who asks.
        """
        return _entry(self._row(asking, ref), _names(self.sheet))

    def history(self, asking: Asking, ref: UUID) -> Sequence[EntryChange]:
        """List the newest changes of an entry, the newest first.

        :raises EntryClosed: when it is not open to who asks.
        """
        return self._told(changes_of(self._row(asking, ref)))

    def changes(self, asking: Asking, *, before: int, most: int) -> Sequence[EntryChange]:
        """List the newest changes of all entries, those removed since among them."""
        return self._told(changes_in(self.sheet.model, before=before, most=most))

    def add(self, asking: Asking, values: Mapping[str, Any], *, why: str) -> UUID:
        """Add an entry and return its reference.

        :raises NotHersToWrite: when who asks may not.
        :raises EntryRefused: when a field cannot be kept.
        """
        request = _request(asking)
        if not self.sheet.may_add(request):
            raise NotHersToWrite
        made = self.sheet.form_class()
        return self._kept(made(dict(typed(made(request=request), values)), request=request), why)

    def change(self, asking: Asking, writing: Writing, values: Mapping[str, Any]) -> UUID:
        """Change the fields that are named, and no other.

        :raises EntryClosed: when it is not open to who asks.
        :raises NotHersToWrite: when who asks may not.
        :raises EntryChanged: when somebody changed it meanwhile.
        :raises EntryRefused: when a field cannot be kept.
        """
        row, request = self._row_to_write(asking, writing), _request(asking)
        made = self.sheet.form_class()
        stands = made(request=request, instance=row)
        sent = dict(typed(stands, values)) | {"why": writing.why}
        return self._kept(made(sent, request=request, instance=row), writing.why)

    def remove(self, asking: Asking, writing: Writing) -> UUID:
        """Remove an entry; its history stays.

        :raises NotHersToWrite: when who asks may not.
        :raises EntryChanged: when somebody changed it meanwhile.
        :raises ChangeRefused: when other entries rest on it.
        """
        row = self._row_to_write(asking, writing)
        try:
            with hers_to_write(), because(writing.why):
                row.delete()
        except ProtectedError as rests:
            says = gettext("Other entries rest on this one. Remove those first.")
            raise ChangeRefused(says) from rests
        return writing.ref

    def take(self, asking: Asking, step: str, writing: Writing) -> UUID:
        """Take a step of an entry.

        :raises NotHersToWrite: when it is not offered to who asks now.
        :raises ChangeRefused: when a rule stops it.
        """
        row, request = self._row(asking, writing.ref), _request(asking)
        looked_at(row, writing.expected)
        wanted: Step = next(one for one in self.sheet.steps if one.name == step)
        if not wanted.is_offered(row, request):
            raise NotHersToWrite
        if wanted.asks_day and writing.on is None:
            raise EntryRefused([("on", gettext("enter a day, month and year"))])
        with hers_to_write():
            wanted.take(Taken(row, request, writing.why, writing.on))
        return writing.ref

    def _told(self, changes: Sequence[Change]) -> Sequence[EntryChange]:
        names = names_of(changes)
        shown = set(_names(self.sheet))
        return [_change(self.sheet.model, one, names, shown) for one in changes]

    def _rows(self, asking: Asking) -> QuerySet[Any, Any]:
        table = self.sheet.model._meta.db_table
        changes = Change.objects.filter(table=table, row=OuterRef("pk")).order_by("-pk")
        rows = self.sheet.rows(self.sheet, _request(asking))
        newest = Coalesce(Subquery(changes.values("pk")[:1]), 0)
        counted: QuerySet[Any, Any] = rows.annotate(newest_change=newest)
        return counted

    def _row(self, asking: Asking, ref: UUID) -> Any:
        row = self._rows(asking).filter(pk=ref).first()
        if row is None:
            raise EntryClosed
        return row

    def _row_to_write(self, asking: Asking, writing: Writing) -> Any:
        row = self._row(asking, writing.ref)
        if not self.sheet.may_write(_request(asking), row):
            raise NotHersToWrite
        looked_at(row, writing.expected)
        return row

    def _kept(self, form: Any, why: str) -> UUID:
        if not form.is_valid():
            raise EntryRefused([(name, " ".join(says)) for name, says in form.errors.items()])
        if not self.sheet.may_write(form.request, form.instance):
            raise NotHersToWrite
        try:
            with hers_to_write(), because(why):
                made: UUID = self.sheet.save(form, form.request).pk
        except IntegrityError as twice:
            raise EntryRefused([("", gettext("Another row says this already."))]) from twice
        return made


def _entry(row: Any, names: tuple[str, ...]) -> Entry:
    return Entry(row.pk, row.newest_change, {name: held(row, name) for name in names})


def _names(sheet: Sheet) -> tuple[str, ...]:
    return tuple(one.name for one in shown_fields(sheet))


def _request(asking: Asking) -> WorkRequest:
    """Let forms and steps, which look at who asks and when, take a program for a request."""
    return cast(WorkRequest, asking)


def _known(sheet: Sheet, chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the choices that were made.

    :raises EntryRefused: when one of them cannot be chosen.
    """
    filters = {one.name: one for one in sheet.listing.filters}
    for name, value in chosen.items():
        choices = filters[name].choices() if name in filters else None
        if choices is not None and value not in {str(one) for one, _label in choices}:
            raise EntryRefused([(name, gettext("is not one of those that can be chosen"))])
        yield name, value


def _change(model: Any, change: Change, names: Mapping[UUID, str], shown: set[str]) -> EntryChange:
    was, became = change.before or {}, change.after or {}
    by_column = {field.attname: field.name for field in model._meta.fields}
    columns = [one for one in dict.fromkeys((*was, *became)) if by_column.get(one) in shown]
    return EntryChange(
        ref=change.row,
        version=change.pk,
        at=change.at,
        who=names.get(change.account, "") if change.account else "",
        organisation=names.get(change.organisation, "") if change.organisation else "",
        act=change.act,
        why=change.why,
        fields={by_column[one]: (was.get(one), became.get(one)) for one in columns},
    )


# The register of conduct has few named readers and is sealed to them: no program reads it.
REGISTERS = tuple(
    SheetRegister(sheet)
    for area, _title, sheets in PARTS
    if area is not Area.CONDUCT
    for sheet in sheets
)
