"""Pages of redress: routes to compensation, limits, claims, decisions, money, assets."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import redress as work
from opennrm.casework import redress_money as paid
from opennrm.lifecycle.claims import Claim, claims
from opennrm.vocabulary.redress import HeadOfLoss, RedressRoute
from opennrm.web import money, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place

ANSWER, REASON = "answer_", "reason_"
ROUTES = ask.codes("claim_filed", "route", "redress_route")
HEADS = tuple(head.value for head in HeadOfLoss)


class RoutesForm(ActForm):
    """Every route to compensation, with an answer and, where it is not pursued, a reason."""

    makes = work.Routes
    parts = (
        ("", ("discussed_on", "language")),
        *(
            (ask.translated(route.label), (f"{ANSWER}{route}", f"{REASON}{route}"))
            for route in RedressRoute
        ),
    )
    discussed_on = ask.day(_("Talked over with the person on"))
    language = ask.language(_("In which language"))

    def prepare(self) -> None:
        """Ask about each route; what is left empty stays as it was."""
        self.fields["discussed_on"].initial = self.place.today
        answers = ask.codes("route_answered", "route_answer", "route_answer")
        reasons = ask.codes("route_answered", "route_reason", "route_reason")
        for route in RedressRoute:
            self.fields[f"{ANSWER}{route}"] = ask.one_from(_("Answer"), answers, required=False)
            self.fields[f"{REASON}{route}"] = ask.one_from(
                _("Why it is not pursued"), reasons, required=False
            )

    def to_input(self) -> work.Routes:
        """Keep the routes that were answered."""
        return self.makes(**self.values(self.makes), answers=tuple(self._answers()))

    def _answers(self) -> Iterator[work.RouteWord]:
        typed = self.cleaned_data
        for route in RedressRoute:
            if typed[f"{ANSWER}{route}"]:
                yield work.RouteWord(
                    route=route.value,
                    route_answer=typed[f"{ANSWER}{route}"],
                    route_reason=typed[f"{REASON}{route}"] or None,
                )


class LimitForm(ActForm):
    """The time limit of a route."""

    makes = work.ClaimLimit
    route = ask.one_of(_("Which way to compensation?"), ROUTES)
    last_day = ask.day(_("Last day to claim"), required=False)
    event_on = ask.day(
        _("Or the day from which the law here counts"),
        hint=_("The end of the exploitation, or the judgment. Used where the law is on file."),
        required=False,
    )


class MoneyForm(ActForm):
    """A form with amounts of one currency."""

    amounts: tuple[str, ...] = HEADS

    def prepare(self) -> None:
        """Begin with today and with the currency of the place; offer the claims."""
        fields: dict[str, Any] = self.fields
        fields["currency"].initial = money.local_currency(self.place.case.case.jurisdiction)
        for name in ("filed_on", "decided_on", "paid_on", "asset_on"):
            if name in fields:
                fields[name].initial = self.place.today
        if "claim" in fields:
            fields["claim"].choices = [("", ""), *claim_choices(self.place)]

    def clean(self) -> dict[str, Any]:
        """Refuse amounts finer than the currency knows."""
        typed: dict[str, Any] = super().clean() or {}
        money.refuse_too_fine(self, self.amounts)
        return typed

    def to_input(self) -> Any:
        """Keep amounts in the smallest unit; without amounts there is no currency."""
        typed = self.values(self.makes)
        kept = money.in_minor(self, self.amounts)
        typed = {name: value for name, value in typed.items() if name not in self.amounts}
        typed["currency"] = typed["currency"] if kept and typed.get("currency") else None
        if "claim" in typed:
            typed["claim"] = UUID(typed["claim"]) if typed["claim"] else None
        return self.makes(**typed, **kept)


class ClaimForm(MoneyForm):
    """A claim that was filed."""

    makes = work.ClaimFiled
    route = ask.one_of(_("Which way to compensation?"), ROUTES)
    filed_on = ask.day(_("Filed on"))
    currency = money.currency()
    unpaid_wages = money.amount(_("Unpaid wages"))
    medical_cost = money.amount(_("Medical cost"))
    lost_opportunity = money.amount(_("Lost opportunity"))
    pain_and_suffering = money.amount(_("Pain and suffering"))
    belongings = money.amount(_("Documents and belongings"))
    debts_cancelled = money.amount(_("Debts to be cancelled"))
    evidence = ask.several(_("Evidence"), ask.codes("claim_filed", "evidence", "evidence_line"))
    basis_in_law = ask.text(_("Basis in law"))


class ClaimDecisionForm(MoneyForm):
    """What was decided on a claim."""

    makes = work.ClaimDecided
    claim = ask.one_from(_("Which claim?"), ())
    claim_outcome = ask.one_of(
        _("What was decided?"), ask.codes("claim_decided", "claim_outcome", "claim_outcome")
    )
    decided_on = ask.day(_("Decided on"))
    appeal_until = ask.day(_("Last day to appeal"), required=False)
    currency = money.currency()
    unpaid_wages = money.amount(_("Awarded for unpaid wages"))
    medical_cost = money.amount(_("Awarded for medical cost"))
    lost_opportunity = money.amount(_("Awarded for lost opportunity"))
    pain_and_suffering = money.amount(_("Awarded for pain and suffering"))
    belongings = money.amount(_("Awarded for documents and belongings"))
    debts_cancelled = money.amount(_("Debts cancelled"))
    reasons = ask.text(_("Reasons given"))


class PaymentForm(MoneyForm):
    """Money the person received."""

    makes = paid.Payment
    amounts = ("amount",)
    paid_on = ask.day(_("Received on"))
    payer = ask.one_of(_("From whom?"), ask.codes("payment_received", "payer", "payer"))
    currency = money.currency(required=True)
    amount = money.amount(_("How much"), required=True)
    claim = ask.one_from(_("On which claim?"), (), required=False)


class AssetsForm(MoneyForm):
    """Assets of those who exploited."""

    makes = paid.Assets
    amounts = ("amount",)
    asset_step = ask.one_of(
        _("What was done?"), ask.codes("assets_recorded", "asset_step", "asset_step")
    )
    asset_on = ask.day(_("On which day?"))
    currency = money.currency()
    amount = money.amount(_("Value"))
    note = ask.text(_("What it is"))


class EnforcementForm(ActForm):
    """What was done so that an award is paid."""

    makes = paid.Enforcement
    claim = ask.one_from(_("Which claim?"), ())
    enforcement = ask.one_of(
        _("What was done?"), ask.codes("enforcement_recorded", "enforcement", "enforcement_step")
    )
    enforced_on = ask.day(_("On which day?"))

    def prepare(self) -> None:
        """Offer the claims, and begin with today."""
        fields: dict[str, Any] = self.fields
        fields["claim"].choices = [("", ""), *claim_choices(self.place)]
        fields["enforced_on"].initial = self.place.today

    def to_input(self) -> paid.Enforcement:
        """Name the claim by its reference."""
        typed = self.values(self.makes)
        return self.makes(**(typed | {"claim": UUID(typed["claim"])}))


def claim_choices(place: Place) -> list[tuple[str, str]]:
    """Return the claims open to the viewer, each said in a line."""
    return [(str(one.filed.fact_ref), claim_line(one)) for one in claims(place.case.case)]


def claim_line(claim: Claim) -> str:
    """Say a claim in a line: which way, filed when."""
    return gettext("%(route)s, filed %(day)s") % {
        "route": words.label(claim.route, "redress_route"),
        "day": words.iso_day(claim.filed.text("filed_on")),
    }


ACTS = (
    Act(
        name="answer_routes",
        title=_("Ways to compensation"),
        form=RoutesForm,
        use_case=work.answer_routes,
        noun="routes",
        button=_("Save the answers"),
        done=_("The answers are saved."),
        intro=(
            _("Go through every way with the person before the case is closed."),
            _("Where a way is not pursued, say why. An answer can be changed at any time."),
        ),
        group="redress",
    ),
    Act(
        name="note_claim_limit",
        title=_("Time left to claim"),
        form=LimitForm,
        use_case=work.note_claim_limit,
        noun="limit",
        button=_("Save"),
        done=_("Saved. It will come up in good time before the last day."),
        group="redress",
    ),
    Act(
        name="file_claim",
        title=_("A claim was filed"),
        form=ClaimForm,
        use_case=work.file_claim,
        noun="claim",
        button=_("Save the claim"),
        done=_("The claim is saved."),
        group="redress",
    ),
    Act(
        name="decide_claim",
        title=_("A claim was decided"),
        form=ClaimDecisionForm,
        use_case=work.decide_claim,
        noun="decision",
        button=_("Save the decision"),
        done=_("The decision is saved. Money awarded counts when it has been received."),
        group="redress",
    ),
    Act(
        name="record_payment",
        title=_("Money was received"),
        form=PaymentForm,
        use_case=paid.record_payment,
        noun="payment",
        button=_("Save"),
        done=_("Saved."),
        group="redress",
    ),
    Act(
        name="record_assets",
        title=_("Assets seized, confiscated, passed on"),
        form=AssetsForm,
        use_case=paid.record_assets,
        noun="assets",
        button=_("Save"),
        done=_("Saved. It is never added to what the person received."),
        group="redress",
    ),
    Act(
        name="record_enforcement",
        title=_("Enforcement of an award"),
        form=EnforcementForm,
        use_case=paid.record_enforcement,
        noun="enforcement",
        button=_("Save"),
        done=_("Saved."),
        group="redress",
    ),
)
