"""The words of the letter on a decision: a cover that says nothing, then plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from opennrm.web import words

COVER = _("Letter")
UNREVIEWED = _("This letter was translated. Ask for an interpreter if anything is not clear.")
OUTCOMES = {
    "positive": _(
        "Our answer is yes. There are good reasons to believe that other people exploited you. "
        "You do not have to prove anything."
    ),
    "negative": _(
        "Our answer is no. From what we know, we cannot say that there are good reasons to "
        "believe that other people exploited you. This does not mean that you did anything wrong."
    ),
    "identified": _(
        "Our answer is yes. You are recognised as a person whom other people exploited."
    ),
    "not_identified": _(
        "Our answer is no. From what we know, we cannot recognise you as a person whom other "
        "people exploited. This does not mean that you did anything wrong."
    ),
    "pending": _("We cannot answer yet. We need to know more. Help goes on meanwhile."),
}
# What is ticked under the grounds of a decision, as a sentence she can understand.
BLOCKS = {
    "own_account": _("We read what you told us."),
    "support_worker": _("We read what the people who support you wrote."),
    "police": _("We read what the police wrote."),
    "health": _("We read what health staff wrote."),
    "labour_inspection": _("We read what the labour inspectors wrote."),
    "screening": _("We looked at the signs that others noticed."),
    "country_information": _("We looked at what is known about the country."),
    "document": _("We looked at documents."),
    "signs": _("Several signs fit together."),
    "act_found": _("Somebody brought you, took you in, or kept you."),
    "means_found": _("Somebody forced you, threatened you or lied to you."),
    "purpose_found": _("Somebody did it to exploit you."),
    "child_means_not_required": _(
        "You were under 18. So we do not ask whether anybody forced you."
    ),
    "no_act": _("We did not find that somebody brought you, took you in, or kept you."),
    "no_means": _("We did not find that somebody forced you, threatened you or lied to you."),
    "no_purpose": _("We did not find that somebody wanted to exploit you."),
    "not_credible": _("Some facts do not fit together for us. We name them below."),
    "not_enough_information": _("We do not know enough yet."),
    "other_offence": _(
        "What happened to you was wrong, but it is called by another name in the law."
    ),
    "other": _("There is another reason. We name it below."),
}
REMEDIES = {
    "reconsideration": _("You can ask us to look at it again until %(day)s."),
    "appeal": _("You can appeal until %(day)s."),
    "court_review": _("You can ask a court to look at it until %(day)s."),
    "complaint": _("You can complain until %(day)s."),
}
HEADINGS = {
    "why": _("Why"),
    "own": _("In our own words"),
    "next": _("What this means for you"),
    "against": _("If you do not agree"),
}
NO = frozenset({"negative", "not_identified"})
NOTHING_ASKED = _("Help does not depend on whether you speak with the police.")
NOBODY_SENDS = _("You have time to rest and to think until %(day)s. Nobody may send you away.")
GOES_ON = _("Help goes on at least until %(day)s.")
LATER_TOO = _("If you ask later, we keep your request too. A lawyer can help you with it.")
NOT_TO_CARRY = _(
    "If it is not safe to keep this letter, give it back. We keep it for you. Ask for number "
    "%(number)s."
)
DECIDED = _("On %(day)s we decided about your situation.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a letter tells: the decision in codes and days, and the reasons as written."""

    outcome: str
    decided_on: date
    grounds: tuple[str, ...]
    own_words: tuple[str, ...]
    remedy: str | None
    remedy_until: date | None
    rests_until: date | None
    helped_until: datetime | None
    number: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is set: the cover, and parts with a heading and lines."""

    language: str
    cover: str
    number: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    small: str


def is_whole(language: str) -> bool:
    """Tell whether every sentence a letter can hold is there in a language."""
    if language == "en":
        return True
    kept = (*OUTCOMES.values(), *BLOCKS.values(), *REMEDIES.values(), *HEADINGS.values())
    alone = (COVER, UNREVIEWED, NOTHING_ASKED, NOBODY_SENDS, GOES_ON, LATER_TOO)
    with override("en"):
        sentences = [str(one) for one in (*kept, *alone, NOT_TO_CARRY, DECIDED)]
    with override(language):
        return all(gettext(one) != one for one in sentences)


def letter(told: Told, language: str) -> Letter:
    """Write the letter in a language of the pages."""
    with override(language):
        small = "" if language == "en" else gettext(str(UNREVIEWED))
        parts = tuple((title, lines) for title, lines in _parts(told) if lines)
        return Letter(language, str(COVER), told.number, parts, small)


def _parts(told: Told) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "", (str(DECIDED) % {"day": words.day(told.decided_on)}, str(OUTCOMES[told.outcome]))
    blocks = (str(BLOCKS[code]) for code in told.grounds if code in BLOCKS)
    yield str(HEADINGS["why"]), tuple(dict.fromkeys(blocks))
    yield str(HEADINGS["own"]), told.own_words
    yield str(HEADINGS["next"]), tuple(_next(told))
    yield str(HEADINGS["against"]), tuple(_against(told))
    yield "", (str(NOT_TO_CARRY) % {"number": told.number},)


def _next(told: Told) -> Iterator[str]:
    if told.rests_until and told.outcome not in NO:
        yield str(NOBODY_SENDS) % {"day": words.last_day(told.rests_until)}
    if told.helped_until and told.outcome in NO:
        yield str(GOES_ON) % {"day": words.last_day(told.helped_until)}
    yield str(NOTHING_ASKED)


def _against(told: Told) -> Iterator[str]:
    if told.outcome in NO and told.remedy in REMEDIES and told.remedy_until:
        yield str(REMEDIES[told.remedy]) % {"day": words.day(told.remedy_until)}
        yield str(LATER_TOO)
