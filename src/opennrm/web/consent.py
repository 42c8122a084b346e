"""Pages of consent: taken for one recipient and purpose, taken back at any time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import consent as work
from opennrm.casework import consent_recheck as again
from opennrm.casework.own_page import services_on
from opennrm.casework.parts import sheet_for
from opennrm.records import queries
from opennrm.vocabulary.roles import Role
from opennrm.web import people, safety_sheet, sharing, words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place

NAMED_PEOPLE_ONLY = ("D3", "D3S")
NOBODY = "nobody"
ASK_AGAIN = timedelta(days=90)  # a default of this project
KEEP_THE_SHEET = frozenset({"SH", "HC"})
TO_NOBODY = work.WITHOUT_RECIPIENT
PURPOSES = ("consent_given", "purpose", "consent_purpose", "purpose")


class ConsentForm(ActForm):
    """One consent, after it was explained."""

    makes = work.ConsentGiven
    purpose = ask.one_from(_("What for?"), ask.codes(*PURPOSES, leave_out=("removal",)))
    scopes = ask.several(
        _("What may they have?"),
        (),
        hint=_(
            "Ask about each one. What is not ticked stays closed to them. Health notes need a"
            " consent for health care, or one of their own."
        ),
        required=True,
    )
    recipient_account = ask.one_from(
        _("Who there may know where the person is"),
        (),
        hint=_("Whereabouts go to a named person, never to a whole organisation."),
        required=False,
    )
    until = ask.day(_("Until when?"), hint=_("The consent ends by itself on this day."))
    recheck_on = ask.day(
        _("Ask again on"),
        hint=_("A day before the end on which you ask whether it still stands."),
        required=False,
    )
    given_on = ask.day(_("Given on"))
    form = ask.one_of(_("How was it given?"), ask.codes("consent_given", "form", "consent_form"))
    language = ask.language(_("Explained in which language?"), required=True)
    interpreter = ask.yes(_("An interpreter helped"))
    guardian = ask.yes(_("The guardian consents for a child"))
    assent = ask.answered(_("Does the child agree too?"))
    note = ask.text(_("Note"))

    def prepare(self) -> None:
        """Offer all that the recipient's role may read, also what others hold."""
        fields: dict[str, Any] = self.fields
        fields["given_on"].initial = self.place.today
        fields["recheck_on"].initial = self.place.today + ASK_AGAIN
        if self.place.case.case.majority == "adult":
            del fields["guardian"], fields["assent"]
        if self.place.asked["recipient"] == NOBODY:
            self._share_nothing(fields)
        else:
            self._share(fields)

    def _share_nothing(self, fields: dict[str, Any]) -> None:
        """Ask only for what needs no recipient, such as follow-up or the media."""
        purposes = [(code, name) for code, name in ask.codes(*PURPOSES) if code in TO_NOBODY]
        fields["purpose"].choices = [("", ""), *purposes]
        del fields["scopes"], fields["recipient_account"]

    def _share(self, fields: dict[str, Any]) -> None:
        organisation, role = people.chosen(self.place.asked["recipient"])
        items = people.items_of(role)
        fields["scopes"].choices = items
        if any(code in NAMED_PEOPLE_ONLY for code, _name in items):
            colleagues = queries.colleagues(self.place.viewer, organisation, role.value)
            fields["recipient_account"].choices = [("", ""), *_named(colleagues)]
        else:
            del fields["recipient_account"]

    def to_input(self) -> work.ConsentGiven:
        """Add the recipient chosen before, and who explained it."""
        typed = self._without_idle_suggestion(self.values(self.makes))
        by = self.place.viewer.actor.account
        if self.place.asked["recipient"] == NOBODY:
            return self.makes(**typed, explained_by=by)
        organisation, role = people.chosen(self.place.asked["recipient"])
        account = typed.pop("recipient_account", None)
        return self.makes(
            **typed,
            recipient=organisation,
            recipient_role=role.value,
            recipient_account=UUID(account) if account else None,
            explained_by=by,
        )

    def _without_idle_suggestion(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Let the suggested day of asking again fall away where the consent ends before it."""
        suggested = self.fields["recheck_on"].initial
        if typed["recheck_on"] == suggested and typed["until"] <= suggested:
            return typed | {"recheck_on": None}
        return typed


class RecheckForm(ActForm):
    """She was asked again, and the consent stands."""

    makes = again.Recheck
    asked_on = ask.day(_("Asked on"))
    next_on = ask.day(_("Ask again on"), required=False)
    language = ask.language(_("In which language?"))
    interpreter = ask.yes(_("An interpreter helped"))
    note = ask.text(_("Note"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["asked_on"].initial = self.place.today

    def to_input(self) -> again.Recheck:
        """Add which consent was chosen before."""
        return self.makes(**self.values(self.makes), consent=UUID(self.place.asked["consent"]))


class WithdrawalForm(ActForm):
    """A consent taken back; no reason is owed."""

    makes = work.Withdrawal
    withdrawn_on = ask.day(_("Taken back on"))
    reason = ask.one_of(
        _("Reason, only if the person wishes to give one"),
        ask.codes("consent_withdrawn", "reason", "withdrawal_reason"),
        required=False,
        initial="no_reason_given",
    )
    note = ask.text(_("Note"))

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["withdrawn_on"].initial = self.place.today

    def to_input(self) -> work.Withdrawal:
        """Add which consent was chosen before."""
        return self.makes(**self.values(self.makes), consent=UUID(self.place.asked["consent"]))


def what_stops(place: Place) -> dict[str, Any]:
    """Show what ends with the consent, before it is taken back."""
    fact = place.case.fact(place.asked.get("consent", ""))
    if fact is None:
        return {"consent": None}
    items = [name for _code, name in people.items_among(fact.texts("scopes"))]
    sheet = safety_sheet.PART in place.case.compartments
    return {
        "consent": sharing.consent_line(fact, place),
        "items": items,
        "going": [
            words.label(code, "service_kind") for code in services_on(fact, place.case.case)
        ],
        "keeps": fact.text("recipient_role") in KEEP_THE_SHEET,
        "has_sheet": place.case.case.newest(safety_sheet.KIND) is not None if sheet else None,
    }


def _named(colleagues: list[queries.Colleague]) -> list[tuple[str, str]]:
    return [(str(one.account), one.name) for one in colleagues]


def _choose_recipient(place: Place) -> Iterator[Choice]:
    yield Choice(
        "recipient",
        _("Who would receive something?"),
        _recipients(place),
        hint=_("One consent is for one organisation and one purpose."),
        nothing=_("No organisation is in the directory yet. Ask the national co-ordinator."),
    )


def _recipients(place: Place) -> list[tuple[str, str]]:
    nobody = gettext("Nobody: being interviewed, follow-up, media and the like")
    return [*people.recipients(place), (NOBODY, nobody)]


def _choose_standing(place: Place) -> Iterator[Choice]:
    yield Choice(
        "consent",
        _("Which consent was asked about?"),
        sharing.live_consents(place),
        nothing=_("No consent stands now."),
    )


def _choose_consent(place: Place) -> Iterator[Choice]:
    yield Choice(
        "consent",
        _("Which consent does the person take back?"),
        sharing.standing_consents(place),
        nothing=_("No consent stands now, so there is nothing to take back."),
    )


ACTS = (
    Act(
        name="take_consent",
        title=_("Consent"),
        form=ConsentForm,
        use_case=work.take_consent,
        noun="consent",
        button=_("Save the consent"),
        done=_("The consent is saved. Nothing was sent yet."),
        intro=(
            _(
                "Explain in a language the person understands: who would get what, why, and until"
                " when. Say that help does not depend on the answer, that silence is not consent,"
                " and that it can be taken back at any time."
            ),
        ),
        touches=("D10",),
        choose=_choose_recipient,
        template="take_consent.html",
        aside=lambda place: {"recipient": _recipient_line(place), **_sheet_line(place)},
        group="share",
    ),
    Act(
        name="recheck_consent",
        title=_("Ask about a consent again"),
        form=RecheckForm,
        use_case=again.recheck_consent,
        noun="recheck",
        button=_("It stands"),
        done=_("That the consent stands is saved."),
        intro=(
            _(
                "Ask as openly as the first time. If the person is not sure, or says no, take the"
                " consent back instead."
            ),
        ),
        touches=("D10",),
        choose=_choose_standing,
        group="share",
    ),
    Act(
        name="withdraw_consent",
        title=_("Take back a consent"),
        form=WithdrawalForm,
        use_case=work.withdraw_consent,
        noun="withdrawal",
        button=_("Take back this consent"),
        done=_("The consent is taken back. The recipient can no longer open these parts."),
        touches=("D10",),
        choose=_choose_consent,
        template="withdraw_consent.html",
        aside=what_stops,
        group="share",
    ),
)


def _sheet_line(place: Place) -> dict[str, bool]:
    """Tell whether the safety sheet goes along, and stays for a time when the consent ends."""
    asked = place.asked.get("recipient", NOBODY)
    if asked == NOBODY:
        return {"gets_sheet": False, "keeps": False, "is_house": False}
    role = people.chosen(asked)[1]
    return {
        "gets_sheet": bool(sheet_for(role)),
        "keeps": role.value in KEEP_THE_SHEET,
        "is_house": role is Role.SH,
    }


def _recipient_line(place: Place) -> str:
    return dict(_recipients(place)).get(place.asked.get("recipient", ""), "")
