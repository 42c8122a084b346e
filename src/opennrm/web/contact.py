"""Pages of first contact: the first screen, who she is, how to reach her, what she told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opennrm.casework import contact as work
from opennrm.exchange.travel_document import LinesRefused
from opennrm.web import document_lines
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm

CONTACT = "contact_recorded"


class ContactForm(ActForm):
    """The first screen; three answers are enough."""

    makes = work.Contact
    danger = ask.one_of(
        _("Is there danger now?"),
        ask.codes(CONTACT, "danger", "risk_level"),
        hint=_("If life is in danger, act first and write later."),
        required=False,
        initial="not_asked",
    )
    safe_channel = ask.one_from(
        _("A safe way to reach the person"),
        ask.codes("safe_contact_noted", "safe_channel", "safe_contact"),
        hint=_("Ask the person. Never leave a message on a phone that someone else may hold."),
        required=False,
    )
    safe_way = ask.word(_("Number, place or person"), hint=_("Only what the person agrees to."))
    may_leave_message = ask.yes(_("It is safe to leave a message there"))
    called = ask.word(_("What the person wants to be called"), hint=_("No real name is needed."))
    words = ask.text(
        _("A word on what happened"),
        hint=_("What you saw or what the person told, briefly. Do not press for a story."),
    )
    route = ask.one_of(
        _("How did you come to know of the person?"),
        ask.codes(CONTACT, "route", "route_to_knowledge"),
        hint=_("Figures on people who are never found depend on this answer."),
    )
    channel = ask.one_from(
        _("How did the contact come about?"), ask.codes(CONTACT, "channel", "channel")
    )
    contact_on = ask.day(_("Day of the contact"))
    majority = ask.one_of(
        _("Child or adult?"),
        ask.codes(CONTACT, "majority", "majority"),
        initial="unknown",
    )
    age_in_doubt = ask.yes(
        _("The age is in doubt"), hint=_("The person is then treated as a child.")
    )
    sex = ask.one_of(
        _("Sex, as the person says"),
        ask.codes("person_described", "sex", "sex"),
        required=False,
        initial="not_asked",
    )
    age_group = ask.one_from(
        _("Age group"), ask.codes("person_described", "age_group", "age_group"), required=False
    )
    language = ask.language(_("Language the person speaks best"))
    forms = ask.several(
        _("What it may be about"),
        ask.codes("account_noted", "forms", "exploitation_form"),
        hint=_("Leave empty if you are not sure."),
    )
    scope_of_trafficking = ask.one_of(
        _("Within one State or across a border?"),
        ask.codes(CONTACT, "scope_of_trafficking", "trafficking_scope"),
        required=False,
        initial="unknown",
    )
    reporting_entity = ask.one_from(
        _("Your kind of organisation"),
        ask.codes(CONTACT, "reporting_entity", "reporting_entity"),
        required=False,
    )
    whereabouts = ask.text(
        _("Where the person is now"),
        hint=_("Only named people can ever open this. Leave empty unless it is needed."),
    )
    left_early = ask.yes(_("The person left before we could talk"))
    labels = ask.several(
        _("What did others call the case before?"),
        ask.codes(CONTACT, "labels", "case_label"),
        hint=_("It is kept beside your own view and decides nothing."),
    )
    came_back = ask.answered(
        _("Was the person helped before?"), hint=_("Nothing has to be proven a second time.")
    )
    parts = (
        ("", ("danger", "safe_channel", "safe_way", "may_leave_message", "called", "words")),
        (_("How it came about"), ("route", "channel", "contact_on", "reporting_entity")),
        (
            _("About the person, as far as known"),
            ("majority", "age_in_doubt", "sex", "age_group", "language", "came_back"),
        ),
        (
            _("If there was time"),
            ("forms", "scope_of_trafficking", "labels", "whereabouts", "left_early"),
        ),
    )

    def prepare(self) -> None:
        """Begin with today, and with a safe answer to what was not asked."""
        self.fields["contact_on"].initial = self.place.today


class PersonForm(ActForm):
    """Who she is, as far as she wishes to say."""

    makes = work.PersonDescription
    names = ask.word(
        _("Names, as the person says them"),
        hint=_("In any script. There is no need to split them."),
        longest=400,
    )
    called = ask.word(_("What the person wants to be called"))
    birthdate = ask.word(_("Date of birth, or what is known of it"))
    age_group = ask.one_from(
        _("Age group"), ask.codes("person_described", "age_group", "age_group"), required=False
    )
    sex = ask.one_of(
        _("Sex, as the person says"), ask.codes("person_described", "sex", "sex"), required=False
    )
    gender = ask.one_from(
        _("Gender, as the person says"),
        ask.codes("person_described", "gender", "gender"),
        required=False,
    )
    citizenship_first = ask.one_from(_("Citizenship"), (), required=False)
    citizenship_second = ask.one_from(_("Second citizenship"), (), required=False)
    nationality_note = ask.word(_("Note on nationality"))
    documents = ask.text(_("Identity documents"), hint=_("Which, and who holds them now."))
    lines = ask.text(
        _("Lines with < at the foot of a passport or card"),
        hint=_("They are checked and filled in above where that is empty, and not kept."),
    )

    def clean(self) -> dict[str, Any]:
        """Take in what the lines of a document say, or say which part does not add up."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            return document_lines.taken_in(dict(typed), on=self.place.today)
        except LinesRefused as refused:
            self.add_error("lines", document_lines.fault_of(refused))
            return typed

    def prepare(self) -> None:
        """Name the countries in the language of the page."""
        for name in ("citizenship_first", "citizenship_second"):
            field: Any = self.fields[name]
            field.choices = ask.citizenships

    def to_input(self) -> work.PersonDescription:
        """Put the citizenships together."""
        typed = self.cleaned_data
        held = (typed["citizenship_first"], typed["citizenship_second"])
        known = tuple(dict.fromkeys(code for code in held if code))
        return self.makes(**self.values(self.makes), citizenship=known)


class SafeContactForm(ActForm):
    """How she can be reached without danger."""

    makes = work.SafeContactNote
    safe_channel = ask.one_of(
        _("A safe way to reach the person"),
        ask.codes("safe_contact_noted", "safe_channel", "safe_contact"),
    )
    safe_way = ask.word(_("Number, place or person"), hint=_("Only what the person agrees to."))
    may_leave_message = ask.yes(_("It is safe to leave a message there"))
    whereabouts = ask.text(
        _("Where the person is now"), hint=_("Only named people can open this.")
    )


class AccountForm(ActForm):
    """What she told, or what was seen."""

    makes = work.AccountNote
    words = ask.text(
        _("In the person's own words"),
        hint=_(
            "Write them down only if the person agrees. Breaks are fine; nothing must be told."
        ),
    )
    notes = ask.text(_("What you observed"))
    forms = ask.several(
        _("What it may be about"), ask.codes("account_noted", "forms", "exploitation_form")
    )
    scope_of_trafficking = ask.one_of(
        _("Within one State or across a border?"),
        ask.codes("account_noted", "scope_of_trafficking", "trafficking_scope"),
        required=False,
        initial="unknown",
    )
    means = ask.several(
        _("How the person was held or pressed"),
        ask.codes("account_noted", "means", "means", "means_of_control"),
    )


ACTS = (
    Act(
        name="record_contact",
        title=_("New contact"),
        form=ContactForm,
        use_case=work.record_contact,
        noun="contact",
        button=_("Save the contact"),
        done=_("The contact is saved. You can add more whenever the person is ready."),
        intro=(
            _("Write down what you have, even if the person has to leave. Most can stay empty."),
        ),
        starts_case=True,
        group="start",
    ),
    Act(
        name="describe_person",
        title=_("Who the person is"),
        form=PersonForm,
        use_case=work.describe_person,
        noun="person",
        button=_("Save"),
        done=_("Saved."),
        intro=(
            _(
                "Names and documents are sealed: only those with the person's consent or a legal"
                " duty can open them. Everything may stay empty."
            ),
        ),
        touches=("D2", "D2S"),
        group="know",
    ),
    Act(
        name="note_safe_contact",
        title=_("A safe way to reach the person"),
        form=SafeContactForm,
        use_case=work.note_safe_contact,
        noun="note",
        button=_("Save"),
        done=_("Saved."),
        intro=(_("We ask so that nobody puts the person in danger by calling or writing."),),
        touches=("D3", "D3S"),
        group="know",
    ),
    Act(
        name="note_account",
        title=_("What the person told"),
        form=AccountForm,
        use_case=work.note_account,
        noun="account",
        button=_("Save"),
        done=_("Saved. The person does not have to tell it again."),
        intro=(_("Write it once, so that nobody has to ask again."),),
        touches=("D4", "D4S"),
        group="know",
    ),
)
