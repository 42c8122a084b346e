"""The letter on a decision: a PDF in her language whose cover says nothing, given or kept."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opennrm.casework import decision_letter as work
from opennrm.lifecycle.facts import Fact
from opennrm.lifecycle.grounds import day
from opennrm.lifecycle.recovery import period
from opennrm.records.reference import reference
from opennrm.vocabulary.languages import is_right_to_left, language_name
from opennrm.web import letter_words as paper
from opennrm.web import words
from opennrm.web.forms import fields as ask
from opennrm.web.forms.act import Act, ActForm, Choice, Place
from opennrm.web.open_case import OpenCase, open_case
from opennrm.web.paper import set_paper
from opennrm.web.work import WorkRequest

KIND = "decision_letter_given"
# The first page is the cover: a word and a number. Words come in as data, never as markup.
LAYOUT = """
#let letter = json(bytes(sys.inputs.note))
#set document(title: letter.cover, author: (), date: none)
#set page(width: 148mm, height: 210mm, margin: 18mm)
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Libertinus Serif", "DejaVu Sans Mono"),
  size: 11pt, lang: letter.language, dir: if letter.rtl { rtl } else { ltr })
#v(1fr)
#align(center, heading(level: 1, letter.cover))
#align(center, text(letter.number))
#v(2fr)
#pagebreak()
#for part in letter.parts {
  if part.first() != "" { heading(level: 2, part.first()) }
  for line in part.last() { par(line) }
}
#v(1fr)
#text(size: 9pt, letter.small)
"""


class LetterForm(ActForm):
    """How the letter came to her, and the reasons in her language."""

    makes = work.LetterGiven
    language = ask.language(_("In which language"), required=True)
    own_language = ask.text(
        _("The reasons in the language of the person"),
        hint=_("As the translator wrote them. They stand in the letter in place of yours."),
    )
    handed_over = ask.one_of(
        _("How did it come to the person?"), ask.codes(KIND, "handed_over", "letter_handover")
    )
    given_on = ask.day(_("On which day?"))

    def prepare(self) -> None:
        """Begin with today, and the language the decision was told in."""
        self.fields["given_on"].initial = self.place.today
        decision = self.place.case.fact(self.place.asked["decision"])
        self.fields["language"].initial = decision.text("language") if decision else ""

    def to_input(self) -> work.LetterGiven:
        """Add which decision was chosen before."""
        return self.makes(**self.values(self.makes), decision=UUID(self.place.asked["decision"]))


@require_GET
def page(request: WorkRequest, case_ref: UUID, decision: UUID) -> HttpResponse:
    """Show the letter in a language of the pages, and offer it in each of them."""
    case = open_case(request.work, case_ref, at=request.at)
    fact = _decision(case, decision)
    language = _language(request.GET.get("language") or fact.text("language") or "")
    shown = {
        "case": case,
        "decision": fact.fact_ref,
        "letter": paper.letter(told_of(case, fact), language),
        "rtl": is_right_to_left(language),
        "languages": [(code, language_name(code)) for code in offered()],
        "spoken": language_name(fact.text("language") or "en", str(words.locale().language)),
        "given": [_given(one) for one in case.case.naming("decision", fact.fact_ref, KIND)],
    }
    return render(request, "decision_letter.html", shown)


@require_GET
def pdf(request: WorkRequest, case_ref: UUID, decision: UUID) -> HttpResponse:
    """Set the letter as a tagged PDF with a name that says nothing."""
    case = open_case(request.work, case_ref, at=request.at)
    fact = _decision(case, decision)
    language = _language(request.GET.get("language", ""))
    written = paper.letter(told_of(case, fact), language)
    answer = HttpResponse(printed(written), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    return answer


def printed(letter: paper.Letter) -> bytes:
    """Set the letter; the same words give the same bytes."""
    given: dict[str, Any] = {
        "language": letter.language,
        "rtl": is_right_to_left(letter.language),
        "cover": letter.cover,
        "number": letter.number,
        "parts": letter.parts,
        "small": letter.small,
    }
    return set_paper(LAYOUT, given)


def told_of(case: OpenCase, fact: Fact) -> paper.Told:
    """Read what the letter tells; the reasons are opened, which is logged."""
    rests = period(case.case)
    helped = [due.due_at for due in case.page.due if due.kind == "T22"]
    return paper.Told(
        outcome=fact.text("outcome") or "pending",
        decided_on=day(fact, "decided_on") or fact.at.date(),
        grounds=fact.texts("reasons_codes"),
        own_words=_own_words(case, fact),
        remedy=fact.text("remedy"),
        remedy_until=day(fact, "remedy_until"),
        rests_until=rests.until_on if rests else None,
        helped_until=max(helped) if helped else None,
        number=reference(fact.fact_ref),
    )


def letters(case: OpenCase) -> list[tuple[UUID, str]]:
    """List the decisions open to the viewer, each with a line."""
    return [
        (one.fact_ref, decision_line(one.kind, one.text("decided_on"))) for one in case.decisions
    ]


def decision_line(kind: str, decided_on: str | None) -> str:
    """Say a decision in a line: which, and of which day."""
    said = {"kind": words.kind(kind), "day": words.iso_day(decided_on)}
    return gettext("%(kind)s of %(day)s") % said


def choose_decision(place: Place) -> Iterator[Choice]:
    """Ask which of the decisions it is about."""
    options = [(str(ref), line) for ref, line in letters(place.case)]
    yield Choice(
        "decision", _("Which decision?"), options, nothing=_("No decision is open to you.")
    )


def _own_words(case: OpenCase, fact: Fact) -> tuple[str, ...]:
    given = case.case.naming("decision", fact.fact_ref, KIND)
    translated = [text for one in given if (text := case.told(one).get("own_language"))]
    text = translated[-1] if translated else case.told(fact).get("reasons", "")
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _decision(case: OpenCase, decision: UUID) -> Fact:
    fact = case.fact(str(decision))
    if fact is None or fact not in case.decisions:
        raise Http404
    return fact


def _language(code: str) -> str:
    known = offered()
    short = code.split("-", maxsplit=1)[0]
    return short if short in known else known[0]


def offered() -> list[str]:
    """Return the languages of the pages in which no sentence of the letter is missing."""
    return [code for code, _name in settings.LANGUAGES if paper.is_whole(code)]


def _given(fact: Fact) -> str:
    said = {
        "how": words.label(fact.text("handed_over") or "", "letter_handover"),
        "day": words.iso_day(fact.text("given_on")),
    }
    return gettext("%(how)s, %(day)s") % said


ACTS = (
    Act(
        name="give_letter",
        title=_("The letter was given"),
        form=LetterForm,
        use_case=work.give_letter,
        noun="letter",
        button=_("Save"),
        done=_("Saved. Whoever asks later sees how the person was told."),
        intro=(
            _("Ask first whether it is safe to carry. If not, read it aloud and keep it here."),
        ),
        choose=choose_decision,
        group="decide",
    ),
)
