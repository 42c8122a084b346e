"""Pages of a court order: recorded by one person, answered by another with a sealed document."""

import hashlib
import secrets
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from opennrm.casework import court_order as work
from opennrm.casework.permissions import allows
from opennrm.casework.refusals import Refused
from opennrm.lifecycle.facts import Fact
from opennrm.records.desk import at_work
from opennrm.records.queries import TimelineEntry
from opennrm.web import people, telling, words
from opennrm.web.court_document import sealed_document
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.second_factor import freshly
from opennrm.web.work import WorkRequest

ORDER, MADE = "court_order_recorded", "court_package_made"
# Twenty-six letters and digits of a spoken alphabet: 130 bits, given by voice or letter.
SPOKEN, GROUPS, IN_GROUP = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 5, 5


class OrderForm(ActForm):
    """What a court ordered, exactly."""

    makes = work.CourtOrder
    court = ask.word(_("Which court, and the number of the order"), required=True)
    recipient = ask.word(
        _("Name and office of the person it goes to"),
        hint=_("One person, by name. The document names nobody else as its reader."),
        required=True,
    )
    scopes = ask.several(
        _("Which parts are ordered?"), (), hint=_("Exactly these go, and nothing else.")
    )
    ordered_on = ask.day(_("Ordered on"))

    def prepare(self) -> None:
        """Offer the parts that are open to the viewer."""
        fields: dict[str, Any] = self.fields
        held = sorted(self.place.case.compartments, key=lambda part: (len(part), part))
        fields["scopes"].choices = [(part, people.part_name(part)) for part in held]


class PackageForm(forms.Form):
    """The passphrase the document is sealed with, and that it was written down."""

    passphrase = forms.RegexField(
        regex=f"^([{SPOKEN}]{{{IN_GROUP}}}-){{{GROUPS - 1}}}[{SPOKEN}]{{{IN_GROUP}}}$",
        label=_("Passphrase of the document"),
        help_text=_("Write it down now. Give it to the named person by voice, never with it."),
        widget=forms.TextInput(attrs={"readonly": True, "autocomplete": "off"}),
    )
    compared = forms.BooleanField(
        label=_("I have read the order itself and compared the parts and the name with it"),
        error_messages={"required": _("Read the order first, then say so here.")},
    )


def waiting(case: OpenCase) -> list[Fact]:
    """List the orders of the viewer's house that another person recorded and nobody answered."""
    actor = case.viewer.actor
    return [
        fact
        for fact in case.case.of_kind(ORDER)
        if fact.organisation == actor.organisation
        and fact.actor != actor.account
        and not case.case.answering(fact.fact_ref, MADE)
    ]


@freshly
@require_http_methods(["GET", "POST"])
def page(request: WorkRequest, case_ref: UUID, order: UUID) -> HttpResponse:
    """Show what an order asks for; a POST makes the document, records it, and hands it out."""
    case = open_case(request.work, case_ref, at=request.at, opened=("D10", "D10S"))
    fact = next((one for one in waiting(case) if one.fact_ref == order), None)
    if fact is None or not allows("make_court_package", actor=request.work.actor, at=request.at):
        raise Http404
    form = PackageForm(
        request.POST if request.method == "POST" else None,
        initial={"passphrase": _passphrase()},
        auto_id="op-%s",
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, case, fact, form.cleaned_data["passphrase"])
        except Refused as refused:
            form.add_error(None, gettext(refused.finding.says))
        except PartStaysClosed:
            form.add_error(
                None,
                gettext(
                    "A part cannot be opened in this session, so the document would not be whole."
                    " Sign in with a passkey and try again."
                ),
            )
    shown = {
        "case": case,
        "form": form,
        "told": telling.opened(_told(case, fact)),
        "parts": [people.part_name(part) for part in fact.texts("scopes")],
        "ordered_on": words.iso_day(fact.text("ordered_on")),
    }
    return render(request, "court_package.html", shown, status=422 if form.errors else 200)


class PartStaysClosed(Exception):
    """A sealed part of an ordered entry could not be opened."""


def _made(request: WorkRequest, case: OpenCase, order: Fact, passphrase: str) -> HttpResponse:
    scopes = frozenset(order.texts("scopes"))
    whole = open_case(request.work, case.page.case_ref, at=request.at, opened=tuple(scopes))
    entries = [
        entry
        for entry in reversed(whole.page.timeline)
        if entry.fact.compartment in scopes and not entry.is_replaced
    ]
    if any(entry.fact.has_sealed and entry.told is None for entry in entries):
        raise PartStaysClosed
    told = _told(case, order) or {}
    made = sealed_document(
        [line for line in (told.get("recipient", ""), told.get("court", "")) if line],
        [_entry(entry, whole) for entry in entries],
        passphrase=passphrase,
    )
    package = work.CourtPackage(
        order=order.fact_ref, digest=hashlib.sha256(made).hexdigest(), made_on=case.today
    )
    with at_work(request.work, at=request.at) as desk:
        work.make_court_package(
            case_ref=case.page.case_ref,
            package=package,
            actor=request.work.actor,
            at=request.at,
            desk=desk,
        )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="document.pdf"'
    return answer


def _entry(entry: TimelineEntry, case: OpenCase) -> dict[str, Any]:
    fact = entry.fact
    pairs = [*telling.said(fact.kind, fact.open, case.names), *telling.opened(entry.told)]
    head = f"{words.moment(fact.at)} - {people.part_name(fact.compartment)}"
    return {"head": head, "title": words.kind(fact.kind), "by": entry.organisation_name,
            "lines": [f"{name}: {text}" for name, text in pairs]}  # fmt: skip


def _told(case: OpenCase, fact: Fact) -> dict[str, str] | None:
    found = (entry.told for entry in case.page.timeline if entry.fact.fact_ref == fact.fact_ref)
    told = next(found, None)
    return dict(told) if told else None


def _passphrase() -> str:
    groups = ("".join(secrets.choice(SPOKEN) for _one in range(IN_GROUP)) for _g in range(GROUPS))
    return "-".join(groups)


ACTS = (
    Act(
        name="record_court_order",
        title=_("Record an order of a court"),
        form=OrderForm,
        use_case=work.record_court_order,
        noun="order",
        button=_("Save the order"),
        done=_("Saved. Nothing has left. The lawyer is told; a colleague makes the document."),
        intro=(
            _(
                "Only an order in writing, addressed to your organisation. Let a lawyer look at it"
                " first: it may be objected to. It opens the case to nobody."
            ),
        ),
        touches=("D10",),
        group="share",
    ),
)
