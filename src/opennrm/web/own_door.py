"""Steps by which a case manager opens a page of the person's own with her, and closes it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from opennrm.casework import own_door as work
from opennrm.records import own_door
from opennrm.vocabulary.roles import Role
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Place
from opennrm.web.open_case import OpenCase


class OpenForm(ActForm):
    """A page of her own, as she wants it."""

    makes = work.OwnDoorOpening
    wanted = ask.yes(_("She wants a page of her own, and knows that she does not need one"))
    looked_on = ask.day(_("When did you look at her page together?"))
    language = ask.one_from(_("Language of her page"), settings.LANGUAGES)
    word = ask.word(
        _("A word she says when she calls to have it closed"), required=True, longest=60
    )
    tells_duress = ask.yes(
        _("She agrees that you learn when she opens it with the words for moments under pressure")
    )

    code = ""

    def prepare(self) -> None:
        """Begin with today."""
        self.fields["looked_on"].initial = self.place.today

    def to_input(self) -> work.OwnDoorOpening:
        """Make the code, of which the use case gets a digest only."""
        self.code = own_door.new_code()
        digest = own_door.digest(self.code).hex()
        return self.makes(**self.values(self.makes), code_digest=digest)


class CloseForm(ActForm):
    """Why her page is closed."""

    makes = work.OwnDoorClosing
    reason = ask.one_of(
        _("Why?"),
        ask.codes("own_door_closed", "reason", "own_door_end", leave_out=("closed_by_herself",)),
    )


def is_open(case: OpenCase) -> bool:
    """Tell whether the viewer keeps her consents as her case manager."""
    return case.viewer.actor.holds_any((Role.CM,)) and case.page.compartments.get("D10") == "write"


def _word(place: Place) -> dict[str, Any]:
    opened = work.opened(place.case.case)
    return {"word": place.case.told(opened).get("word", "") if opened else ""}


NEEDS = {
    "open_own_door": lambda case: work.is_safe(case.case, on=case.today),
    "close_own_door": lambda case: work.opened(case.case),
}
ACTS = (
    Act(
        name="open_own_door",
        title=_("A page of her own"),
        form=OpenForm,
        use_case=work.open_own_door,
        noun="opening",
        button=_("Make the code"),
        done=_("The code is ready."),
        intro=(
            _("Who holds her phone, or stands behind her, reads it too. She can do without it."),
        ),
        touches=("D10",),
        after="own_door_opened.html",
        slug="own",
    ),
    Act(
        name="close_own_door",
        title=_("Close her page"),
        form=CloseForm,
        use_case=work.close_own_door,
        noun="closing",
        button=_("Close it now"),
        done=_("Her page is closed. The code opens nothing any more."),
        touches=("D10",),
        template="close_own_door.html",
        aside=_word,
        slug="own-end",
    ),
)
