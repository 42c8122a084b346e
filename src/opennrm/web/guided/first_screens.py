"""The screens of the meeting itself: danger first, how to talk, who it is, how to reach her."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from opennrm.lifecycle.calendars import local_day
from opennrm.web.contact import ContactForm
from opennrm.web.forms import fields as ask
from opennrm.web.guided.screen import Answers, Borrowed, Screen, ScreenForm, first
from opennrm.web.screening import ScreeningForm

NEEDED_AT_ONCE = (
    "emergency_medical",
    "shelter",
    "in_kind",
    "medical",
    "child_care",
    "interpretation",
    "counselling",
    "legal_aid",
)
IN_DANGER = frozenset({"high", "imminent"})


class NowForm(ScreenForm):
    """Danger, and what is needed before anything is asked."""

    borrowed = ((ContactForm, ("danger",)),)
    services = ask.several(
        _("What is needed at once?"),
        [(code, name) for code, name in ask.listed("service_kind") if code in NEEDED_AT_ONCE],
        hint=_("See to it first. It goes into the referral as help asked for."),
    )
    left_early = ask.yes(
        _("The person has to leave now"),
        hint=_("Then only a few questions follow. Everything else can wait."),
    )
    order = ("danger", "services", "left_early")


class TalkForm(ScreenForm):
    """How the talk is held."""

    borrowed = ((ScreeningForm, ("alone",)), (ContactForm, ("language",)))
    interpreter = ask.yes(
        _("An interpreter helps"),
        hint=_(
            "Not a companion, not a child, nobody from the same employer. Ask the person whether"
            " the interpreter is the right one."
        ),
    )


class HowForm(ScreenForm):
    """How the contact came about."""

    borrowed: ClassVar[Borrowed] = (
        (ContactForm, ("route", "channel", "contact_on", "reporting_entity")),
    )

    def prepare(self) -> None:
        """Begin with today."""
        actor = self.place.viewer.actor
        self.fields["contact_on"].initial = local_day(actor.jurisdiction, self.place.at)


class AgeForm(ScreenForm):
    """Child or adult, as far as known."""

    borrowed = ((ContactForm, ("majority", "age_in_doubt", "age_group", "sex")),)


class GuardianForm(ScreenForm):
    """Who stands beside a child."""

    guardian_missing = ask.yes(
        _("Nobody here can speak for the child as parent or guardian"),
        hint=_("A guardian is then asked for as soon as this is sent."),
    )
    companion = ask.word(
        _("Who is with the child"),
        hint=_("Somebody who says to be family may not be. Do not leave the child with them yet."),
    )


class ReachForm(ScreenForm):
    """What to call the person, and a way that brings nobody into danger."""

    borrowed = (
        (
            ContactForm,
            ("called", "safe_channel", "safe_way", "may_leave_message", "whereabouts"),
        ),
    )


class AboutForm(ScreenForm):
    """What it is about, in a few words."""

    borrowed = ((ContactForm, ("words", "forms", "scope_of_trafficking", "came_back", "labels")),)


def is_child(answers: Answers) -> bool:
    """Tell whether the person is treated as a child: a child, or somebody of doubtful age."""
    return first(answers, "majority") != "adult" or bool(first(answers, "age_in_doubt"))


def has_time(answers: Answers) -> bool:
    """Tell whether the person can stay for more than a few questions."""
    return not first(answers, "left_early")


def is_in_danger(answers: Answers) -> bool:
    """Tell whether there is danger now."""
    return first(answers, "danger") in IN_DANGER


def _what_to_do_first(place: Any, answers: Answers) -> dict[str, Any]:
    return {"is_in_danger": is_in_danger(answers)}


SCREENS = (
    Screen(
        name="now",
        title=_("Danger and what is needed now"),
        form=NowForm,
        intro=(_("Act first and write later. Nothing here has to be complete."),),
        aside=_what_to_do_first,
    ),
    Screen(
        name="talk",
        title=_("Before you talk"),
        form=TalkForm,
        intro=(
            _(
                "Find a quiet place without companions, employer or family. Offer water, a seat, a"
                " break. Say who you are and that the person may stop at any time."
            ),
            _("Say that help does not depend on what the person tells."),
        ),
        applies=has_time,
    ),
    Screen(name="how", title=_("How it came about"), form=HowForm),
    Screen(
        name="age",
        title=_("Child or adult"),
        form=AgeForm,
        intro=(_("If you are not sure, the person is treated as a child. Ask for no proof."),),
    ),
    Screen(
        name="beside",
        title=_("Who stands beside the child"),
        form=GuardianForm,
        intro=(
            _(
                "Call child protection before you ask anything more. Ask the child only what is"
                " needed now: hungry, tired, hurt, afraid of somebody here."
            ),
        ),
        applies=is_child,
    ),
    Screen(name="reach", title=_("A name to use, and a safe way"), form=ReachForm),
    Screen(
        name="about",
        title=_("What it may be about"),
        form=AboutForm,
        intro=(_("A word is enough. Nobody has to tell a story here."),),
        applies=has_time,
    ),
)
