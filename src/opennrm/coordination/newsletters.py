"""Assembles a newsletter from what changed in a period: for everybody, or for the mechanism.

For everybody only what was published goes in. The other edition takes what every reader of the
co-ordination may read. Neither looks at cases, or at a register with readers of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from opennrm.coordination.models import (
    Action,
    Change,
    Clipping,
    CourseSession,
    Event,
    LibraryItem,
    Newsletter,
    Publication,
    Recommendation,
    Report,
)
from opennrm.coordination.models.kept import Kept
from opennrm.coordination.publishing import PLAN
from opennrm.coordination.reports.document import (
    Chapter,
    Document,
    Section,
    blocks_of,
)
from opennrm.vocabulary import registry
from opennrm.vocabulary.languages import day_in_words

AHEAD = timedelta(days=92)
HEADING = "# "


def assembled(made: Newsletter) -> str:
    """Write the text of a newsletter from the registers; a part without news is left out."""
    parts = FOR_EVERYBODY if made.for_everybody else FOR_THE_MECHANISM
    told = [(str(title), list(lines(made))) for title, lines in parts]
    written = [
        f"{HEADING}{title}\n\n" + "\n".join(f"- {_one_line(line)}" for line in lines)
        for title, lines in told
        if lines
    ]
    return "\n\n".join(written)


def assemble(made: Newsletter) -> None:
    """Put the text together anew, in the language that is read now."""
    made.language = get_language() or "en"
    made.text = assembled(made)


def document_of(made: Newsletter) -> Document:
    """Set the text as a document: each heading begins a chapter."""
    return Document(
        title=made.title,
        body=made.organisation.name,
        period_from=made.from_on,
        period_until=made.until_on,
        language=made.language,
        chapters=tuple(chapters_of(made.text)),
        is_draft=False,
        runs_on=True,
    )


def chapters_of(text: str) -> Iterator[Chapter]:
    """Read the chapters of a text: each heading begins one."""
    title, lines = "", list[str]()
    for line in [*text.replace("\r\n", "\n").split("\n"), HEADING]:
        if not line.startswith(HEADING):
            lines.append(line)
            continue
        blocks = blocks_of("\n".join(lines))
        if title or blocks:
            yield Chapter(title or gettext("Foreword"), (Section("", blocks),))
        title, lines = line.removeprefix(HEADING).strip(), []


def _plan_published(made: Newsletter) -> Iterator[str]:
    """Say which actions stood otherwise in the plan as published last than before the period."""
    plans = Publication.objects.filter(kind=PLAN).order_by("at")
    before = {one.about: one for one in plans.filter(at__date__lt=made.from_on)}
    for about, now in {one.about: one for one in plans.filter(_within(made, "at__date"))}.items():
        if about in before:
            was = {step["number"]: step["status"] for step in _steps(before[about])}
            for step in _steps(now):
                yield from _moved(step["number"], step["text"], was, step["status"])


def _steps(one: Publication) -> Iterator[dict[str, Any]]:
    for aim in one.content["aims"]:
        yield from aim["steps"]


def _plan_kept(made: Newsletter) -> Iterator[str]:
    """Say which actions changed their status in the period, as the history keeps it."""
    first: dict[UUID, str] = {}
    last: dict[UUID, str] = {}
    for change in _changes(made, Action, "update"):
        was, became = change.before or {}, change.after or {}
        if "status" in was:
            first.setdefault(change.row, was["status"])
            last[change.row] = became["status"]
    for one in Action.objects.filter(pk__in=first).order_by("objective__number", "number"):
        yield from _moved(one.number, one.text, {one.number: first[one.pk]}, last[one.pk])


def _moved(number: str, text: str, was: dict[str, str], now: str) -> Iterator[str]:
    if number in was and was[number] != now:
        said = {"what": f"{number} {text}", "now": _label(now), "was": _label(was[number])}
        yield gettext("%(what)s: %(now)s (before: %(was)s)") % said


def _label(status: str) -> str:
    return gettext(registry.code_list("action_status").labels().get(status, status))


def _recommendations(made: Newsletter) -> Iterator[str]:
    new = Q(pk__in=_added(made, Recommendation)) | _within_text(made, "made_on")
    for one in Recommendation.objects.filter(new):
        yield f"{one.number}: {one.text} ({one.addressee})"


def _events(made: Newsletter) -> Iterator[str]:
    held = Event.objects.filter(from_on__lt=made.until_on, until_on__gte=made.from_on)
    yield from (_dated(one.from_on, one.title, one.place) for one in held.order_by("from_on"))


def _ahead(made: Newsletter) -> Iterator[str]:
    soon = {"from_on__gte": made.until_on, "from_on__lt": made.until_on + AHEAD}
    sessions = CourseSession.objects.filter(**soon).exclude(status="cancelled")
    found = [
        *((one.from_on, one.title, one.place) for one in Event.objects.filter(**soon)),
        *((one.from_on, one.course.title, one.place) for one in sessions.select_related("course")),
    ]
    yield from (_dated(*one) for one in sorted(found))


def _laws(made: Newsletter) -> Iterator[str]:
    yield from _items(made, Q(kind="law"), "in_force_from")


def _library(made: Newsletter) -> Iterator[str]:
    yield from _items(made, ~Q(kind="law"), "issued_on")


def _items(made: Newsletter, kinds: Q, day: str) -> Iterator[str]:
    new = Q(pk__in=_added(made, LibraryItem)) | _within(made, day)
    labels = registry.code_list("library_kind").labels()
    for one in LibraryItem.objects.filter(kinds, new).select_related("state"):
        kind = gettext(labels[one.kind]) if one.kind in labels else one.kind
        about = ", ".join(part for part in (kind, str(one.state or "")) if part)
        yield f"{one.title} ({about}) [^{one.source}]"


def _clippings(made: Newsletter) -> Iterator[str]:
    """Say what the press wrote, without what shows or blames a person."""
    found = Clipping.objects.filter(_within(made, "published_on"), harms=False)
    for one in found.order_by("language", "published_on"):
        yield f"{_dated(one.published_on, one.title, one.outlet)}. {one.summary}"


def _reports(made: Newsletter) -> Iterator[str]:
    for one in Report.objects.filter(_within(made, "public_on")).order_by("public_on"):
        yield _dated(one.public_on, one.title, one.organisation.name)


def _published(made: Newsletter) -> Iterator[str]:
    found = Publication.objects.filter(_within(made, "at__date")).order_by("about", "-at")
    rows = found.distinct("about").values_list("at__date", "title")
    yield from (_dated(day, title) for day, title in sorted(rows))


Lines = Callable[[Newsletter], Iterable[str]]
FOR_EVERYBODY: tuple[tuple[Any, Lines], ...] = (
    (_("Action plan"), _plan_published),
    (_("Yearly reports"), _reports),
    (_("What everybody can read"), _published),
)
FOR_THE_MECHANISM: tuple[tuple[Any, Lines], ...] = (
    (_("Action plan"), _plan_kept),
    (_("Recommendations"), _recommendations),
    (_("Events"), _events),
    (_("Coming up"), _ahead),
    (_("Laws"), _laws),
    (_("Library"), _library),
    (_("Yearly reports"), _reports),
    (_("Clippings of the press"), _clippings),
    (_("What everybody can read"), _published),
)


def _added(made: Newsletter, model: type[Kept]) -> list[UUID]:
    """List the rows that somebody added in the period; what an installation brings is not new."""
    return list(_changes(made, model, "insert").values_list("row", flat=True))


def _changes(made: Newsletter, model: type[Kept], act: str) -> Any:
    table = model._meta.db_table
    found = Change.objects.filter(_within(made, "at__date"), table=table, act=act)
    return found.filter(account__isnull=False).order_by("id")


def _within(made: Newsletter, field: str) -> Q:
    return Q(**{f"{field}__gte": made.from_on, f"{field}__lt": made.until_on})


def _within_text(made: Newsletter, field: str) -> Q:
    """Compare days that are kept as they were written: only whole days fall into a period."""
    whole = Q(**{f"{field}__regex": r"^\d{4}-\d{2}-\d{2}$"})
    first, end = made.from_on.isoformat(), made.until_on.isoformat()
    return whole & Q(**{f"{field}__gte": first, f"{field}__lt": end})


def _dated(day: date | None, *parts: str) -> str:
    said = day_in_words(day, get_language() or "en")
    return ", ".join(part for part in (said, *parts) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
