"""Page of the anonymous notification: seven coarse answers and nothing that could be typed."""

from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opennrm.casework import notification as work
from opennrm.casework.ports import Notification
from opennrm.rights.jurisdictions import PresetRefused, presets
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place

SENT = "notification_sent"
MONTHS_BACK = 12
UNKNOWN = "unknown"


class NotificationForm(ActForm):
    """What is sent, whole: there is no other field."""

    makes = Notification
    age_group = ask.one_from(_("Age group"), ask.codes(SENT, "age_group", "age_group"))
    sex = ask.one_of(_("Sex"), ask.codes(SENT, "sex", "sex"))
    main_form = ask.one_from(
        _("What it may be about"), ask.codes(SENT, "main_form", "exploitation_form")
    )
    citizenship_group = ask.one_from(_("Citizenship, as a group"), ())
    place_region = ask.one_from(_("Region"), (), hint=_("Large regions only, never a town."))
    month = ask.one_from(_("Month"), ())
    reporting_entity = ask.one_from(
        _("Your kind of organisation"), ask.codes(SENT, "reporting_entity", "reporting_entity")
    )

    def prepare(self) -> None:
        """Offer the last twelve months by name, and the parts of the world."""
        offer_coarse(self.fields, self.place)


def offer_coarse(fields: dict[str, Any], place: Place) -> None:
    """Offer the last twelve months by name, the parts of the world and the regions here."""
    fields["citizenship_group"].choices = [("", ""), *_citizenships()]
    fields["place_region"].choices = [*_regions(place), (UNKNOWN, _("Not known"))]
    fields["place_region"].initial = UNKNOWN
    fields["month"].choices = _months(place.today)
    fields["month"].initial = place.today.isoformat()[:7]


def _regions(place: Place) -> list[tuple[str, Any]]:
    try:
        found = presets(place.viewer.actor.jurisdiction).regions
    except PresetRefused:
        return []
    return [(code, gettext(name)) for code, name in found.items()]


def _citizenships() -> list[tuple[str, Any]]:
    """Name the groups; parts of the world are names, so each of their words begins large."""
    listed = dict(ask.listed("citizenship_group"))
    known = ask.codes(SENT, "citizenship_group", "citizenship_group")
    return [(code, listed.get(code) or _part_of_world(code)) for code, _label in known]


def _part_of_world(code: str) -> str:
    words_of = (each if each == "and" else each.capitalize() for each in code.split("_"))
    return gettext(" ".join(words_of))


def _months(today: date) -> list[tuple[str, str]]:
    counted = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(MONTHS_BACK)]
    days = [date(year, month + 1, 1) for year, month in counted]
    return [
        (one.isoformat()[:7], format_date(one, "MMMM y", locale=words.locale())) for one in days
    ]


ACTS = (
    Act(
        name="notify_without_identity",
        title=_("Notify without identity"),
        form=NotificationForm,
        use_case=work.notify_without_identity,
        noun="notification",
        button=_("Send these seven answers"),
        done=_("The notification is sent. It holds these seven answers and nothing else."),
        intro=(
            _("For a person who does not want to be referred. It says that someone was found."),
            _(
                "What you see on this page is all that is sent: no name, no contact, no case"
                " reference, nothing you wrote elsewhere."
            ),
        ),
        touches=("D1",),
        group="share",
    ),
)
