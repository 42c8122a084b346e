"""Pages of handing a case to a colleague of the same house, who accepts it or does not."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import handing as work
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.holding import asked_to_take, holder
from opennrm.records import queries
from opennrm.records.sessions import Session
from opennrm.vocabulary.together import HandingReason
from opennrm.web import people, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place
from opennrm.web.open_case import OpenCase

REASONS = [(code.value, _(code.label)) for code in HandingReason]


class HandForm(ActForm):
    """To which colleague the case goes."""

    makes = work.Handing
    colleague = ask.one_from(_("Who takes the case over?"), ())
    handing_reason = ask.one_from(_("Why?"), REASONS)

    def prepare(self) -> None:
        """Offer the colleagues who hold a role to which the case is open."""
        case = self.place.case
        own = case.viewer.actor.organisation
        roles = {
            held.role
            for held in case.page.holdings
            if held.organisation == own and held.state == "open"
        }
        fields: dict[str, Any] = self.fields
        fields["colleague"].choices = [("", ""), *colleagues(case.viewer, roles)]

    def to_input(self) -> work.Handing:
        """Hand to the colleague in the role that was chosen with her."""
        return handing_to(self.cleaned_data["colleague"], self.cleaned_data["handing_reason"])


class AnswerForm(ActForm):
    """Whether the colleague who was asked takes the case over."""

    makes = work.HandingAnswer
    answer = ask.one_of(
        _("Do you take this case over?"),
        [("accepted", _("Yes, I hold it from now on")), ("declined", _("No, it stays as it is"))],
    )

    def to_input(self) -> work.HandingAnswer:
        """Answer what waits."""
        waits = waits_for(self.place.case)
        handing = waits.fact_ref if waits else UUID(int=0)
        return work.HandingAnswer(handing=handing, answer=self.cleaned_data["answer"])


def colleagues(viewer: Session, roles: set[str]) -> list[tuple[str, str]]:
    """Name the people of the viewer's house in each of some roles, herself first."""
    own = viewer.actor
    found = [
        (one.account != own.account, one.name, role, one.account)
        for one in queries.colleagues(viewer, own.organisation)
        for role in one.roles
        if role in roles
    ]
    return [
        (f"{role}:{account}", _line(name, role, is_own=not other))
        for other, name, role, account in sorted(found, key=lambda one: one[:3])
    ]


def handing_to(chosen: str, reason: str) -> work.Handing:
    """Read back a colleague in a role."""
    role, _colon, account = chosen.partition(":")
    return work.Handing(to_account=UUID(account), to_role=role, handing_reason=reason)


def waits_for(case: OpenCase) -> Fact | None:
    """Return the handing over that waits for the viewer's answer."""
    asked = asked_to_take(case.case, case.viewer.actor.organisation)
    is_viewer = asked and asked.reference("to_account") == case.viewer.actor.account
    return asked if is_viewer else None


def shown(case: OpenCase) -> dict[str, Any]:
    """Say who in the viewer's house holds the case, and who was asked to take it over."""
    house = case.viewer.actor.organisation
    who, asked = holder(case.case, house), asked_to_take(case.case, house)
    return {
        "holder": case.names.get(who, "") if who else "",
        "is_viewer": who == case.viewer.actor.account,
        "asked": case.names.get(asked.reference("to_account") or house, "") if asked else "",
        "asks_viewer": waits_for(case) is not None,
    }


def _line(name: str, role: str, *, is_own: bool) -> str:
    parts = {"name": name, "role": people.role_name(role)}
    said = gettext("Myself: %(role)s") if is_own else gettext("%(name)s: %(role)s")
    return said % parts


def _asked_by(place: Place) -> dict[str, Any]:
    waits = waits_for(place.case)
    if waits is None:
        return {"line": ""}
    return {
        "line": gettext("%(name)s hands this case to you: %(reason)s")
        % {
            "name": place.case.names.get(waits.actor, ""),
            "reason": words.label(waits.text("handing_reason") or "", "handing_reason"),
        }
    }


ACTS = (
    Act(
        name="answer_handing",
        title=_("A colleague hands this case to you"),
        form=AnswerForm,
        use_case=work.answer_handing,
        noun="answer",
        button=_("Send the answer"),
        done=_("Your answer is saved."),
        template="answer_handing.html",
        aside=_asked_by,
        group="answer",
    ),
    Act(
        name="hand_case",
        title=_("Hand the case to a colleague"),
        form=HandForm,
        use_case=work.hand_case,
        noun="handing",
        button=_("Hand it over"),
        done=_("Saved. A colleague who was asked holds it when she or he accepts."),
        intro=(
            _("Only colleagues to whom the case is open already are listed; nothing is opened."),
            _("Other organisations do not see who of you holds a case."),
        ),
        group="together",
    ),
)
