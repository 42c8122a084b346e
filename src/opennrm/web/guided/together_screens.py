"""The screens for several people met together: the place once, then each person in a minute."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opennrm.indicators.manner import Manner
from opennrm.web.contact import ContactForm
from opennrm.web.forms import fields as ask
from opennrm.web.guided.first_screens import HowForm
from opennrm.web.guided.screen import Screen, ScreenForm
from opennrm.web.guided.sign_screens import signs_of
from opennrm.web.screening import ScreeningForm

CASE, LABOUR, NOTHING = "case", "labour", "nothing"
HELP = (
    (CASE, _("A case of her or his own")),
    (LABOUR, _("Labour help: wages, papers, complaint. Kept as a case of its own, too")),
    (NOTHING, _("Nothing. Only the number of people is kept")),
)
PAPERS = (
    ("person", _("The person")),
    ("employer", _("The employer or somebody else")),
    ("none", _("There are none")),
    ("unknown", _("Not known")),
)
ADULTS = {"majority": ["adult"]}


class PlaceForm(HowForm):
    """What is the same for everybody who was met."""

    borrowed = (*HowForm.borrowed, (ContactForm, ("words", "labels")))


class EachForm(ScreenForm):
    """One person of many; the wristband stands for the name."""

    borrowed = (
        (ContactForm, ("majority", "age_in_doubt", "sex", "language", "danger")),
        (ScreeningForm, ("interpreter",)),
    )
    wristband = ask.word(_("Number on the wristband"), required=True, longest=12)
    family = ask.word(
        _("Family"),
        hint=_("The same letter for those who belong together; keep them together."),
        longest=12,
    )
    alone = ask.yes(
        _("Talked to away from the foreman and the others"),
        hint=_("What was said beside the foreman is not taken down as a sign."),
    )
    papers = ask.one_of(_("Who holds the passport?"), PAPERS, initial="unknown")
    wages = ask.text(_("Wages owed"), hint=_("Months, amounts, and who promised them."))
    help = ask.one_of(
        _("What does the person want?"),
        HELP,
        hint=_("Somebody without any sign still gets labour help."),
        initial=LABOUR,
    )
    order = (
        *("wristband", "family", "majority", "age_in_doubt", "sex", "language", "interpreter"),
        *("danger", "alone", "papers", "wages", "seen", "heard", "help"),
    )

    def prepare(self) -> None:
        """Offer what can be seen and what is said at a place of work."""
        fields: dict[str, Any] = self.fields
        for manner, label in (
            (Manner.SEEN, _("Tick what you saw")),
            (Manner.HEARD, _("Tick what the person said, without going through it as a list")),
        ):
            signs = signs_of(ADULTS, manner)
            fields[manner.value] = ask.several(
                label, [(sign.id, ask.translated(sign.text)) for sign in signs]
            )
        self.order_fields(self.order)


PLACE = Screen(
    name="place",
    title=_("Several people met together"),
    form=PlaceForm,
    template="guided/screen.html",
    intro=(
        _("Bring people away from the foreman first. Families stay together. Water, a seat."),
        _("Give everybody a wristband with a number. Nobody is talked to in front of the others."),
    ),
)
EACH = Screen(name="person", title=_("One of them"), form=EachForm)
