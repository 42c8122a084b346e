"""Pages of referral: sent with consent or under a legal duty, and answered."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opennrm.casework import referral as work
from opennrm.web import sharing
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place

SUMMARY = "summary_"


class ReferralForm(ActForm):
    """What goes with a referral; to whom and why comes from its basis."""

    makes = work.Referral
    purpose = ask.one_from(
        _("What for?"),
        ask.codes("referral_sent", "purpose", "purpose", leave_out=("removal",)),
    )
    urgency = ask.one_of(
        _("How soon?"), ask.codes("referral_sent", "urgency", "urgency"), initial="routine"
    )
    services = ask.several(
        _("Help asked for"), ask.codes("referral_sent", "services", "service_kind")
    )
    reply_by = ask.day(_("Answer wanted by"))
    until = ask.day(_("Open to them until"), hint=_("Never longer than the consent."))
    reason = ask.text(_("Why there is no consent"), hint=_("The person is told. Least data only."))
    compartments = ask.several(_("What goes with it"), (), required=True)

    def prepare(self) -> None:
        """Ask only what the basis leaves open, and a summary for each extract."""
        basis = sharing.basis_of(self.place)
        fields: dict[str, Any] = self.fields
        fields["reply_by"].initial = self.place.today + timedelta(days=2)
        fields["until"].initial = basis.until
        items = basis.items
        fields["compartments"].choices = items
        fields["compartments"].initial = [code for code, _name in items]
        if basis.consent is not None:
            del fields["reason"], fields["purpose"]
        for code, name in items:
            if code.endswith("S"):
                fields[f"{SUMMARY}{code}"] = ask.text(name)

    def to_input(self) -> work.Referral:
        """Put the referral together with its basis."""
        basis = sharing.basis_of(self.place)
        typed = self.values(self.makes)
        return self.makes(
            **{"purpose": basis.purpose, **typed},
            to=basis.recipient,
            to_role=basis.role.value,
            consent=basis.consent,
            duty=sharing.duty_of(self.place, self.cleaned_data.get("reason", "")),
            account=basis.account,
            summaries=self._summaries(typed["compartments"]),
        )

    def _summaries(self, chosen: tuple[str, ...]) -> tuple[work.Summary, ...]:
        written = {code: self.cleaned_data.get(f"{SUMMARY}{code}", "") for code in chosen}
        return tuple(work.Summary(compartment=code, text=t) for code, t in written.items() if t)


class ReferralAnswerForm(ActForm):
    """Accept, decline or ask first."""

    makes = work.ReferralAnswer
    answer = ask.one_of(
        _("Your answer"), ask.codes("referral_acknowledged", "answer", "offer_answer")
    )
    reason = ask.one_from(
        _("Reason, if you decline or ask"),
        ask.codes("referral_acknowledged", "reason", "offer_answer_reason"),
        required=False,
    )

    def to_input(self) -> work.ReferralAnswer:
        """Add which referral was chosen before."""
        return self.makes(**self.values(self.makes), referral=UUID(self.place.asked["referral"]))


def _choose_referral(place: Place) -> Iterator[Choice]:
    waiting = place.case.waiting("referral_sent")
    yield Choice(
        "referral",
        _("Which referral?"),
        [(str(offer.offer_fact), sharing.offer_line(offer)) for offer in waiting],
        nothing=_("No referral waits for your answer."),
    )


def _what_is_asked(place: Place) -> dict[str, Any]:
    waiting = place.case.waiting("referral_sent")
    chosen = [offer for offer in waiting if str(offer.offer_fact) == place.asked["referral"]]
    return {"line": " ".join(sharing.offer_line(offer) for offer in chosen)}


ACTS = (
    Act(
        name="refer",
        title=_("Refer the person"),
        form=ReferralForm,
        use_case=work.refer,
        noun="referral",
        button=_("Send the referral"),
        done=_("The referral is sent. You stay responsible until they accept it."),
        touches=("D1",),
        choose=sharing.choose_basis,
        template="shared.html",
        aside=sharing.what_goes_out,
        group="share",
    ),
    Act(
        name="acknowledge_referral",
        title=_("Answer a referral"),
        form=ReferralAnswerForm,
        use_case=work.acknowledge_referral,
        noun="answer",
        button=_("Send the answer"),
        done=_("Your answer is sent."),
        choose=_choose_referral,
        template="answer.html",
        aside=_what_is_asked,
        group="answer",
        may_close=True,
    ),
)
