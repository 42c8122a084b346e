"""What a sheet is: one kind of row with its list, its page, its form and who may write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.forms.models import modelform_factory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models.fields import MoneyField
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.permissions import Area, May, may
from opennrm.vocabulary.redress import minor_digits
from opennrm.web.coordination.asking import asked
from opennrm.web.coordination.columns import completed
from opennrm.web.coordination.listing import Listing
from opennrm.web.coordination.said import fields_of
from opennrm.web.coordination.steps import Step
from opennrm.web.forms import fields as ask
from opennrm.web.money import TOO_FINE
from opennrm.web.work import WorkRequest

if TYPE_CHECKING:
    RowForm = forms.ModelForm[Any]
else:
    RowForm = forms.ModelForm


class SheetForm(RowForm):
    """Asks for the fields of a row, and on a change for the reason."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    why = ask.word(_("Why is this changed?"), hint=_("Kept in the history."), required=True)

    def __init__(self, *args: Any, request: WorkRequest, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "op-%s")
        super().__init__(*args, **kwargs)
        self.request = request
        if self.instance._state.adding:
            del self.fields["why"]
        else:
            self._show_money()
        self.prepare()

    def prepare(self) -> None:
        """Narrow choices that depend on the row or on who asks."""

    def currency(self) -> str:
        """Return the currency in which amounts are typed."""
        typed = self.cleaned_data.get("currency") if hasattr(self, "cleaned_data") else None
        return str(typed or getattr(self.instance, "currency", "") or "")

    def clean(self) -> dict[str, Any]:
        """Turn amounts into the smallest unit of their currency."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self._money():
            value = typed.get(name)
            if value is None:
                continue
            minor = value.scaleb(minor_digits(self.currency()) if self.currency() else 2)
            if minor % 1:
                self.add_error(name, TOO_FINE)
            typed[name] = int(minor)
        return typed

    def _money(self) -> list[str]:
        model = self._meta.model
        return [
            one.name
            for one in model._meta.fields
            if isinstance(one, MoneyField) and one.name in self.fields
        ]

    def _show_money(self) -> None:
        digits = minor_digits(self.currency()) if self.currency() else 2
        for name in self._money():
            kept = self.initial.get(name)
            if kept is not None:
                self.initial[name] = f"{kept / 10**digits:.{digits}f}"


def everything(sheet: Sheet, request: WorkRequest) -> QuerySet[Any, Any]:
    """Return all rows of a sheet that are open to who asks."""
    del request
    return sheet.model._default_manager.all()


def nothing_more(row: Any, request: WorkRequest) -> Mapping[str, Any]:
    """Add nothing to the page of a row."""
    return {}


def always(row: Any) -> bool:
    """Let a row be changed at any time."""
    return True


def saved(form: Any, request: WorkRequest) -> Any:
    """Keep the row as it was typed."""
    return form.save()


@dataclass(frozen=True, slots=True)
class Children:
    """Rows that belong to a row, shown on its page."""

    sheet: Sheet
    through: str
    come_by_file: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of row of the co-ordination and its pages."""

    name: str
    area: Area
    model: type[Kept]
    noun: Any
    listing: Listing
    fields: tuple[str, ...] = ()
    form: type[SheetForm] = SheetForm
    rows: Callable[[Sheet, WorkRequest], QuerySet[Any, Any]] = everything
    more: Callable[[Any, WorkRequest], Mapping[str, Any]] = nothing_more
    save: Callable[[Any, WorkRequest], Any] = saved
    owner: Callable[[Any], UUID | None] | None = None
    parent: str = ""
    children: tuple[Children, ...] = ()
    template: str = "coordination/one.html"
    is_listed: bool = True
    may_be_written: bool = True
    shown_fields: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    may_change: Callable[[Any], bool] = always

    def __post_init__(self) -> None:
        """Let the list be searched and narrowed, also where it does not say by what."""
        object.__setattr__(self, "listing", completed(self.listing, self.model))

    @property
    def asked_fields(self) -> tuple[str, ...]:
        """Name the fields that its form asks for."""
        return self.fields or fields_of(self.model)

    def form_class(self) -> type[SheetForm]:
        """Make the form of a row."""
        made: Any = modelform_factory(
            self.model, form=self.form, fields=self.asked_fields, formfield_callback=asked
        )
        return made  # type: ignore[no-any-return]

    def address(self, page: str, row: Any = None) -> str:
        """Return where one of the pages of this sheet lives."""
        name = f"coordination_{self.name}_{page}" if page else f"coordination_{self.name}"
        return reverse(name, kwargs={"ref": getattr(row, "pk", row)} if row is not None else None)

    def may_read(self, request: WorkRequest) -> bool:
        """Tell whether who asks may read this sheet."""
        return may(request.work.actor, self.area, May.READ)

    def may_add(self, request: WorkRequest) -> bool:
        """Tell whether who asks may add rows: any, or those of her own organisation."""
        acts = (May.WRITE, May.OWN) if self.owner else (May.WRITE,)
        return self.may_be_written and may(request.work.actor, self.area, *acts)

    def may_write(self, request: WorkRequest, row: Any) -> bool:
        """Tell whether who asks may write this row."""
        actor = request.work.actor
        if not self.may_be_written or not self.may_change(row):
            return False
        if may(actor, self.area, May.WRITE):
            return True
        is_own = self.owner is not None and self.owner(row) == actor.organisation
        return is_own and may(actor, self.area, May.OWN)


class OwnSheet(Sheet):
    """A sheet whose rows are written by the organisation they belong to, and by nobody else."""

    def may_write(self, request: WorkRequest, row: Any) -> bool:
        """Tell whether the row is of the organisation of who asks, and hers to write."""
        actor = request.work.actor
        is_own = self.owner is not None and self.owner(row) == actor.organisation
        return is_own and may(actor, self.area, May.WRITE, May.OWN)
