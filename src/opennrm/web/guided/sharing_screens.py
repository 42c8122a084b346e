"""The screens of what the person wants: explained aloud, names, consent, a notification."""

from dataclasses import fields as dataclass_fields
from datetime import timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opennrm.casework.duty import DUTIES
from opennrm.casework.permissions import writable
from opennrm.casework.ports import Notification
from opennrm.consent import aloud
from opennrm.vocabulary.languages import is_right_to_left, own_name
from opennrm.vocabulary.roles import Role
from opennrm.web import people
from opennrm.web.consent import ConsentForm
from opennrm.web.contact import PersonForm
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Place
from opennrm.web.guided.first_screens import has_time, is_child, is_in_danger
from opennrm.web.guided.screen import Answers, Screen, ScreenForm, first
from opennrm.web.notification import NotificationForm, offer_coarse
from opennrm.web.referral import ReferralForm

COARSE = "coarse_"
EVERY = "every"  # Whatever may be wished for, on the page that is kept on a device.
REFER, PROTECT, NOTIFY, LATER = "refer", "protect", "notify", "later"
WISHES = (
    (REFER, _("The person agrees to be referred")),
    (NOTIFY, _("No referral. Notify that somebody was found, without identity")),
    (LATER, _("Nothing is sent now. Our own record is kept, and the door stays open")),
)
CHILD_WISHES = (
    (PROTECT, _("Refer to child protection, a duty that needs no consent")),
    (REFER, _("The guardian consents and the child agrees")),
    (LATER, _("Nothing is sent now. Our own record is kept")),
)
# What a first responder may offer; without "Plan and help" a case manager could plan nothing.
# Whereabouts go to a named person, on the case page.
FOR_ADULTS = ("D1", "D2", "D4", "D8", "D9", "D10")
FOR_CHILDREN = "D11"
OFFERED = (*FOR_ADULTS, FOR_CHILDREN)
PROTECTORS = DUTIES["child_protection"].roles
TERM = timedelta(days=90)
REPLY = timedelta(days=2)


class WishForm(ScreenForm):
    """What the person wants, after it was explained."""

    wish = ask.one_of(_("What does the person want?"), WISHES)

    def prepare(self) -> None:
        """Offer what there is for a child."""
        if is_child(self.answers):
            self.fields["wish"].label = _("What happens now?")
            self.fields["wish"].choices = CHILD_WISHES  # type: ignore[attr-defined]


class NamesForm(ScreenForm):
    """Who the person is, as far as wished."""

    borrowed = ((PersonForm, ("names", "birthdate", "citizenship_first", "documents")),)

    def prepare(self) -> None:
        """Name the countries in the language of the page."""
        field: Any = self.fields["citizenship_first"]
        field.choices = ask.citizenships


class AgreedForm(ScreenForm):
    """To whom, what, until when."""

    borrowed = (
        (ConsentForm, ("until", "form", "guardian", "assent")),
        (ReferralForm, ("urgency",)),
    )
    recipient = ask.one_from(_("Who would receive it?"), ())
    scopes = ask.several(
        _("What may they have?"),
        (),
        hint=_("Ask about each one. What is not ticked stays closed to them."),
        required=True,
    )
    duty_reason = ask.text(
        _("Why it goes without consent"),
        hint=_("The child is told, in words the child understands. Least data only."),
        required=True,
    )
    summary = ask.text(
        _("A few words on what happened, for those who may have a summary only"),
        hint=_("Without names, addresses or details nobody needs."),
    )
    order = (
        *("recipient", "scopes", "form", "guardian", "assent", "duty_reason"),
        *("urgency", "until", "summary"),
    )

    def prepare(self) -> None:
        """Ask for consent or for the reason of a duty; both end by themselves."""
        fields: dict[str, Any] = self.fields
        under_duty = first(self.answers, "wish") == PROTECT
        # Asked of the directory when it is needed, not whenever the questions are counted.
        fields["recipient"].choices = lambda: [("", ""), *_recipients(self.place, under_duty)]
        is_every = first(self.answers, "wish") == EVERY
        offered = OFFERED if is_every or is_child(self.answers) else FOR_ADULTS
        fields["scopes"].choices = [(code, people.item_name(code)) for code in offered]
        fields["scopes"].initial = ["D1"]
        longest = timedelta(days=DUTIES["child_protection"].longest_days)
        fields["until"].initial = self.place.today + (longest if under_duty else TERM)
        fields["urgency"].initial = "immediate" if is_in_danger(self.answers) else "routine"
        if first(self.answers, "wish") != EVERY:
            for name in left_out(under_duty, is_child(self.answers)):
                del fields[name]


class CoarseForm(ScreenForm):
    """The seven coarse answers of a notification, and nothing else."""

    borrowed = ((NotificationForm, tuple(one.name for one in dataclass_fields(Notification))),)

    def prepare(self) -> None:
        """Offer what the page of the notification offers, beginning with what was answered."""
        fields: dict[str, Any] = self.fields
        offer_coarse(fields, self.place)
        for name in ("age_group", "sex"):
            known = {code for code, _label in fields[name].choices}
            fields[name].initial = first(self.answers, name)
            if fields[name].initial not in known:
                fields[name].initial = ""
        self.fields = {f"{COARSE}{name}": one for name, one in fields.items()}


def left_out(under_duty: bool, child: bool) -> tuple[str, ...]:
    """Name what is not asked: of a guardian, how a consent was given, or why there is none."""
    if under_duty:
        return ("form", "guardian", "assent")
    return ("duty_reason",) if child else ("duty_reason", "guardian", "assent")


def _recipients(place: Place, under_duty: bool) -> list[tuple[str, str]]:
    offered = people.recipients(place)
    if not under_duty:
        return offered
    return [one for one in offered if people.chosen(one[0])[1] in PROTECTORS]


def spoken_for(answers: Answers) -> str:
    """Return the language in which the text to read aloud is shown first."""
    return aloud.language_for(first(answers, "language"))


def _explained(place: Place, answers: Answers) -> dict[str, Any]:
    chosen = place.asked.get("aloud", "")
    language = chosen if chosen in aloud.languages() else spoken_for(answers)
    return {
        "aloud": aloud.text_in(language),
        "aloud_language": language,
        "aloud_rtl": is_right_to_left(language),
        "beside": _for_the_worker(language),
        "languages": [(code, own_name(code)) for code in aloud.languages()],
        "is_child": is_child(answers),
    }


def _for_the_worker(language: str) -> dict[str, str]:
    """Return the same sentences in the language of the page, where that is another one."""
    own = get_language() or aloud.USUAL
    if own == language or own not in aloud.languages():
        return {}
    return {one.picture: one.words for one in aloud.text_in(own).sentences}


def wants_referral(answers: Answers) -> bool:
    """Tell whether something goes to another organisation."""
    return has_time(answers) and first(answers, "wish") in (REFER, PROTECT)


def wants_notification(answers: Answers) -> bool:
    """Tell whether a notification goes out without identity."""
    return has_time(answers) and first(answers, "wish") == NOTIFY and not is_child(answers)


def may_write_names(place: Place) -> bool:
    """Tell whether the viewer's role may write names at all; a helpline's may not."""
    return any("D2" in writable(Role(role)) for role in place.viewer.actor.roles)


SCREENS = (
    Screen(
        name="wish",
        title=_("Explain, then ask"),
        form=WishForm,
        template="guided/wish.html",
        applies=has_time,
        aside=_explained,
    ),
    Screen(
        name="names",
        title=_("Who the person is"),
        form=NamesForm,
        intro=(
            _("As far as the person wishes to say. Everything may stay empty."),
            _("Names are sealed: only those with consent or a legal duty can open them."),
        ),
        applies=wants_referral,
    ),
    Screen(
        name="agreed",
        title=_("To whom, what, until when"),
        form=AgreedForm,
        template="guided/agreed.html",
        applies=wants_referral,
        aside=lambda place, answers: {"under_duty": first(answers, "wish") == PROTECT},
    ),
    Screen(
        name="coarse",
        title=_("Notify without identity"),
        form=CoarseForm,
        intro=(
            _(
                "What you see on this page is all that is sent: no name, no contact, no case"
                " reference, nothing you wrote elsewhere."
            ),
        ),
        applies=wants_notification,
    ),
)
