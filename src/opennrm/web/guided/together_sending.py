"""Splits people met together into cases: each in a transaction of her own, each once."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import combinations
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext

from opennrm.casework import contact, screening
from opennrm.casework.permissions import allows
from opennrm.casework.refusals import CaseNotFound
from opennrm.records import drafts
from opennrm.records.desk import AlreadySent
from opennrm.records.drafts import sending
from opennrm.records.same_person import answer_person
from opennrm.records.sessions import Session
from opennrm.vocabulary.together import PersonAnswer, PersonReason
from opennrm.web.contact import ContactForm
from opennrm.web.forms.act import Place
from opennrm.web.guided.screen import Answers, as_sent, first
from opennrm.web.guided.sending import Sending, whole
from opennrm.web.guided.sign_screens import noted
from opennrm.web.guided.together_screens import ADULTS, EACH, LABOUR, NOTHING

People = list[dict[str, list[str]]]
MOST_LINKED = 12
MET = (PersonReason.MET_TOGETHER,)


def send_all(
    viewer: Session, draft_ref: UUID, written: Mapping[str, Any], *, at: datetime
) -> None:
    """Let everybody's part take effect, and keep one receipt; each counts once.

    :raises StepRefused: when a use case refuses; those before it stand, and are not made again.
    :raises AlreadySent: when the whole took effect before.
    """
    people: People = written["people"]
    place = {name: values for name, values in written.items() if name != "people"}
    told = [_one(viewer, draft_ref, place, one, people, at=at) for one in people]
    _kept_together(viewer, told)
    with sending(viewer, draft_ref, at=at) as (_desk, receipt):
        receipt["people"] = told


def _kept_together(viewer: Session, told: list[dict[str, str]]) -> None:
    """Link the cases of each family with one another; a family of many is noted in words only."""
    families: dict[str, list[UUID]] = {}
    for one in told:
        if one["family"] and one["case"]:
            families.setdefault(one["family"], []).append(UUID(one["case"]))
    for members in families.values():
        for pair in combinations(members[:MOST_LINKED], 2):
            with suppress(CaseNotFound):  # Who may not read names has it in words only.
                answer_person(viewer, *pair, answer=PersonAnswer.FAMILY, because=MET)


def _one(
    viewer: Session,
    draft_ref: UUID,
    place: Answers,
    one: Answers,
    people: People,
    *,
    at: datetime,
) -> dict[str, str]:
    line = {name: first(one, name) for name in ("wristband", "family", "help", "language")}
    if first(one, "help") == NOTHING:
        return {**line, "wristband": "", "family": "", "language": "", "case": ""}
    own = uuid5(draft_ref, first(one, "wristband"))
    try:
        with whole(), sending(viewer, own, at=at) as (desk, receipt):
            on_way = Sending(viewer, at, {**place, **one}, desk)
            on_way.case_ref = _met(on_way, place, one)
            _told(on_way, one, people)
            _screened(on_way, one)
            receipt["case"] = str(on_way.case_ref)
    except AlreadySent:
        kept = drafts.own_draft(viewer, own)
        return {**line, "case": str(kept.written["case"]) if kept else ""}
    return {**line, "case": receipt["case"]}


def _met(on_way: Sending, place: Answers, one: Answers) -> UUID:
    labels = list(place.get("labels", ()))
    if first(one, "help") == LABOUR:
        labels = list(dict.fromkeys([*labels, "labour_dispute"]))
    answers = {**place, **one, "labels": labels}
    called = gettext("Wristband %(number)s") % {"number": first(one, "wristband")}
    form = ContactForm(as_sent({**answers, "called": [called]}), place=on_way.place)
    form.is_valid()
    return on_way.do("record_contact", contact.record_contact, contact=form.to_input())


def _told(on_way: Sending, one: Answers, people: People) -> None:
    """Write down wages, papers and who belongs together, where the viewer may."""
    lines = list(_lines(on_way.place, one, people))
    if lines and allows("note_account", actor=on_way.viewer.actor, at=on_way.at):
        note = contact.AccountNote(notes="\n".join(lines))
        on_way.do("record_contact", contact.note_account, account=note)


def _lines(place: Place, one: Answers, people: People) -> Iterator[str]:
    form = EACH.form(place=place, answers=one)
    papers: Any = form.fields["papers"]
    if wages := first(one, "wages"):
        yield gettext("Wages owed: %(wages)s") % {"wages": wages}
    if held := dict(papers.choices).get(first(one, "papers")):
        yield gettext("Who holds the passport: %(who)s") % {"who": held}
    family = first(one, "family")
    others = [
        first(other, "wristband")
        for other in people
        if other is not one and family and first(other, "family") == family
    ]
    if others:
        yield gettext("Met with family: wristbands %(numbers)s") % {"numbers": ", ".join(others)}


def _screened(on_way: Sending, one: Answers) -> None:
    """Take down the signs; what was said beside the foreman is no sign, and no answer either."""
    if not allows("record_screening", actor=on_way.viewer.actor, at=on_way.at):
        return
    alone = bool(first(one, "alone"))
    heard = list(one.get("heard", ())) if alone else []
    by = noted({**ADULTS, "seen": list(one.get("seen", ())), "heard": heard})
    if not by["seen"] and not alone:
        return
    made = screening.Screening(
        population="adult" if first(one, "majority") == "adult" else "child",
        seen=by["seen"],
        told=by["told"],
        not_asked=by["not_asked"],
        alone=alone,
        language=first(one, "language") or None,
        interpreter=bool(first(one, "interpreter")),
    )
    on_way.do("record_screening", screening.record_screening, screening=made)
