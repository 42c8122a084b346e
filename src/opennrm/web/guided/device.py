"""The page that works without a line: the same screens in one page, and where they are sent."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from pathlib import Path
from typing import Any
from uuid import UUID

from django.forms import ChoiceField, Select
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from opennrm.casework.permissions import allows
from opennrm.consent import aloud
from opennrm.records import drafts
from opennrm.records.desk import AlreadySent
from opennrm.records.reference import reference
from opennrm.vocabulary.languages import is_right_to_left
from opennrm.web.forms.act import Place
from opennrm.web.forms.days import DayField
from opennrm.web.guided.path import BY_NAME, SCREENS, unfinished, walk
from opennrm.web.guided.screen import Answers, Screen, first
from opennrm.web.guided.sending import StepRefused, send
from opennrm.web.guided.sharing_screens import EVERY, FOR_CHILDREN, left_out
from opennrm.web.guided.together import MOST
from opennrm.web.guided.together_screens import EACH, PLACE
from opennrm.web.guided.together_sending import People, send_all
from opennrm.web.headers import POLICY_WITH_WORKER
from opennrm.web.work import WorkRequest, open_to_all

WORKER = Path(__file__).parents[1] / "static" / "opennrm" / "worker.js"
LARGEST = 400_000
INDENT = re.compile(rb"\s*\n\s*")
WISHES = ("refer", "protect", "notify", "later")
# The answers on which the words of a screen depend, by the name the page knows them by.
VARIANTS: Mapping[str, Mapping[str, list[str]]] = {
    "adult": {"majority": ["adult"], "wish": ["refer"]},
    "child": {"majority": ["child"], "wish": ["refer"]},
    "protect": {"majority": ["child"], "wish": ["protect"]},
}
# Which questions of a drawn screen, or which one answer, are there in which variant only.
ONLY = {
    name: [
        variant
        for variant in VARIANTS
        if name not in left_out(variant == "protect", variant != "adult")
    ]
    for name in ("form", "guardian", "assent", "duty_reason")
} | {f"scopes={FOR_CHILDREN}": ["child", "protect"]}
MET_TOGETHER = (PLACE, EACH)
FEW = 2  # Lists with more to choose from are not drawn; they are put in on the device.
NAMING = "recipient"  # Never drawn, however short: what lies on the device names nobody.
WORDS: Mapping[str, Any] = {
    "together": _("Several people met together"),
    "wristband": _("Wristband"),
    "taken": _("somebody else has this number"),
    "not_kept": _("This browser cannot keep the page for work without a line."),
    "too_short": _("Use at least 12 characters, such as three or four words."),
    "not_alike": _("The two are not the same."),
    "wrong": _("This passphrase does not open what is on this device."),
    "no_name": _("Without a name"),
    "unsent": _("Not sent. Saved:"),
    "waits": _("Waits for the line. Saved:"),
    "old": _("Older than a day: it is never sent by itself. Open it, check it and ask again."),
    "go_on": _("Go on"),
    "drop": _("Delete"),
    "drop_sure": _("Delete this draft for good?"),
    "saved": _("Saved on this device:"),
    "gone": _("This draft was sent or deleted in another window."),
    "needed": _("an answer is needed"),
    "change": _("Change"),
    "nothing": _("nothing"),
    "other_window": _("In the other window"),
    "this_window": _("Here"),
    "sending": _("Sending."),
    "no_line": _(
        "There is no line. The draft is kept; you are asked again when the line is back."
    ),
    "unknown": _(
        "The line broke before an answer came. The draft is kept; sending it again counts once."
    ),
    "signed_out": _("You are signed out. The draft is kept. Sign in, come back and send it."),
    "not_yours": _("These drafts were begun by somebody else who signed in on this device."),
    "waits_long": _("It waits. When the line is back you are asked whether it still stands."),
    "open": _("Some answers are still missing."),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A draft as it comes from a device: of one person, or of a place and who was met there."""

    draft_ref: UUID
    answers: dict[str, list[str]]
    people: People | None


@require_GET
def page(request: WorkRequest) -> HttpResponse:
    """Show the page that is kept on the device: nobody's name, no organisation, no token."""
    place = Place(viewer=request.work, at=request.at)
    return _kept(request, SCREENS, ways(place), "alone")


@require_GET
def page_together(request: WorkRequest) -> HttpResponse:
    """Show the page for several people met together, kept on the device in the same way."""
    return _kept(request, MET_TOGETHER, {}, "together")


def _kept(
    request: WorkRequest, screens: Sequence[Screen], known: Mapping[str, list[str]], kind: str
) -> HttpResponse:
    if not allows("record_contact", actor=request.work.actor, at=request.at):
        raise Http404
    place = Place(viewer=request.work, at=request.at)
    drawn = [sections_of(screen, place, number) for number, screen in enumerate(screens)]
    shown = {
        "kind": kind,
        "sections": list(chain.from_iterable(drawn)),
        "ways": known,
        "words": {name: str(text) for name, text in WORDS.items()},
        "aloud": aloud.text_in(aloud.USUAL),
    }
    request.work = None  # type: ignore[assignment] # The page is kept; it says nobody's name.
    answer = render(request, "guided/device.html", shown)
    answer.content = INDENT.sub(b"\n", answer.content)  # Half of it would be indentation.
    answer.policy = POLICY_WITH_WORKER  # type: ignore[attr-defined]
    return answer


@open_to_all
@require_GET
def worker(request: WorkRequest) -> HttpResponse:
    """Hand out the script that keeps the page; it stands where it may keep only this page."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript")


@open_to_all
@require_GET
def manifest(request: WorkRequest) -> HttpResponse:
    """Describe the page to a device that keeps it among its own, by a name that says little."""
    start = reverse("device")
    described = {
        "name": gettext("Case work"),
        "short_name": gettext("Case work"),
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "icons": [{"src": static("opennrm/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_GET
def lists(request: WorkRequest) -> HttpResponse:
    """Hand out whom somebody may be referred to, and the token of the next sending."""
    place = Place(viewer=request.work, at=request.at)
    return JsonResponse(
        {
            "account": str(request.work.actor.account),
            "token": get_token(request),
            "aloud": {code: _aloud(code) for code in aloud.languages()},
            **long_lists(place),
        }
    )


def _aloud(code: str) -> dict[str, Any]:
    said = [one.words for one in aloud.text_in(code).sentences]
    return {"lang": code, "dir": "rtl" if is_right_to_left(code) else "ltr", "said": said}


def long_lists(place: Place) -> dict[str, list[tuple[str, str]]]:
    """Return what may be chosen in the lists that are not drawn, by question.

    A list that is another for a child stands there a second time, with the name of the variant.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for variant, answers in VARIANTS.items():
        for screen in (*SCREENS, *MET_TOGETHER):
            form = screen.form(place=place, answers=answers, auto_id=False)
            asked: dict[str, Any] = form.fields if _may_come(screen, answers) else {}
            for name, one in asked.items():
                if not _is_long(name, one):
                    continue
                offered = [(value, str(label)) for value, label in one.choices if value]
                if found.setdefault(name, offered) != offered:
                    found[f"{name} {variant}"] = offered
    return found


@require_POST
def take_in(request: WorkRequest) -> HttpResponse:
    """Take in a draft from a device; the same one again gives the same receipt."""
    sent = _read(request.body)
    if sent is None:
        return JsonResponse({"state": "refused", "says": gettext("This is no draft.")}, status=400)
    if sent.people is not None:
        return _take_in_many(request, sent, sent.people)
    draft_ref, answers = sent.draft_ref, sent.answers
    place = Place(viewer=request.work, at=request.at)
    if _receipt(request, draft_ref) is None and (missing := unfinished(place, answers)):
        return _open([(screen.name, str(screen.title)) for screen, _form in missing])
    try:
        send(request.work, draft_ref, answers, at=request.at)
    except AlreadySent:
        pass
    except StepRefused as refused:
        return _refused(refused)
    return JsonResponse(_receipt(request, draft_ref) or {"state": "unknown"})


def _take_in_many(request: WorkRequest, sent: Sent, people: People) -> HttpResponse:
    """Split people met together into cases; what was split before gives the same receipt."""
    place = Place(viewer=request.work, at=request.at)
    address = reverse("split", args=(sent.draft_ref,))
    before = drafts.own_draft(request.work, sent.draft_ref)
    if before is None or not before.is_sent:
        if missing := list(_unfit(place, sent.answers, people)):
            return _open(missing)
        try:
            written = {**sent.answers, "people": people}
            send_all(request.work, sent.draft_ref, written, at=request.at)
        except AlreadySent:
            pass
        except StepRefused as refused:
            says = gettext(refused.finding.says)
            return JsonResponse({"state": "refused", "says": says, "screens": []}, status=422)
    return JsonResponse({"state": "sent", "reference": "", "address": address})


def _unfit(place: Place, answers: Answers, people: People) -> Iterator[tuple[str, str]]:
    """Name whose answers cannot be taken: the place, or a person by her place in the list."""
    if not PLACE.filled(place, answers).is_valid():
        yield PLACE.name, str(PLACE.title)
    bands = [first(one, "wristband").strip() for one in people]
    for number, one in enumerate(people):
        is_twice = bands[number] in bands[:number]
        if is_twice or number >= MOST or not EACH.filled(place, one).is_valid():
            yield str(number), gettext("Wristband %(number)s") % {"number": bands[number]}
    if not people:
        yield PLACE.name, gettext("Nobody is on the list yet.")


def _open(screens: list[tuple[str, str]]) -> HttpResponse:
    says = gettext("Some answers are still missing.")
    return JsonResponse({"state": "open", "says": says, "screens": screens}, status=422)


def _refused(refused: StepRefused) -> HttpResponse:
    told = {
        "state": "refused",
        "says": gettext(refused.finding.says),
        "screens": [(refused.screen, str(BY_NAME[refused.screen].title))],
    }
    return JsonResponse(told, status=422)


def _receipt(request: WorkRequest, draft_ref: UUID) -> dict[str, str] | None:
    kept = drafts.own_draft(request.work, draft_ref)
    if kept is None or not kept.is_sent:
        return None
    return {
        "state": "sent",
        "reference": reference(UUID(kept.written["case"])),
        "address": reverse("receipt_of_steps", args=(draft_ref,)),
    }


def _read(body: bytes) -> Sent | None:
    """Read a draft as a device sends it; nothing when it is none."""
    if len(body) > LARGEST:
        return None
    try:
        told = json.loads(body)
        many = told.get("people")
        sent = Sent(
            UUID(str(told["draft"])),
            dict(told["answers"]),
            None if many is None else [dict(one) for one in many],
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return sent if all(map(_is_plain, (sent.answers, *(sent.people or ())))) else None


def _is_plain(answers: Mapping[str, Any]) -> bool:
    return all(
        isinstance(values, list)
        and all(isinstance(one, str) and "\0" not in one for one in values)
        for values in answers.values()
    )


def ways(place: Place) -> dict[str, list[str]]:
    """Work out the way for every combination of the answers on which it depends."""
    found = {}
    for left, child, alone, wish in product("01", "01", "01", WISHES):
        answers = {
            "majority": ["child" if child == "1" else "adult"],
            "left_early": ["on"] if left == "1" else [],
            "alone": ["on"] if alone == "1" else [],
            "wish": [wish],
        }
        key = f"{left}{child}{alone}{wish}"
        found[key] = [screen.name for screen in walk(place, answers).screens]
    return found


def sections_of(screen: Screen, place: Place, number: int) -> list[dict[str, Any]]:
    """Draw a screen for each of the answers on which its questions depend, the same only once."""
    drawn: dict[str, dict[str, Any]] = {}
    for variant, answers in VARIANTS.items():
        if not _may_come(screen, answers):
            continue
        asked = {**answers, "wish": [EVERY]} if screen.name == "agreed" else answers
        form = screen.form(place=place, answers=asked, auto_id=f"op{number}{variant[0]}-%s")
        alike = _likeness(form)
        if alike in drawn:
            drawn[alike]["variants"].append(variant)
            continue
        drawn[alike] = {
            "screen": screen,
            "variants": [variant],
            "only": ONLY if screen.name == "agreed" else {},
            "days": _without_days(form, place),
            "form": form,
            "names": list(form.fields),
            "required": [name for name, one in form.fields.items() if one.required],
        }
    return list(drawn.values())


def _may_come(screen: Screen, answers: Mapping[str, list[str]]) -> bool:
    """Tell whether a screen comes for these answers, whatever is wished for."""
    return any(screen.applies({**answers, "alone": ["on"], "wish": [wish]}) for wish in WISHES)


def _likeness(form: Any) -> str:
    """Say what a form asks, so that two that ask the same are drawn once."""
    asked = [
        (name, str(one.label), [str(value) for value, _label in getattr(one, "choices", ())])
        for name, one in form.fields.items()
        if name != "recipient"
    ]
    return repr(asked)


def _is_long(name: str, one: Any) -> bool:
    """Tell whether a question is a list of more than a few."""
    is_list = isinstance(one, ChoiceField) and isinstance(one.widget, Select)
    return name == NAMING or (is_list and len(list(one.choices)) > FEW)


def _without_days(form: Any, place: Place) -> dict[str, int]:
    """Take out the days a form begins with and its longest lists; both are put in on the device.

    The page may be shown weeks after it was drawn, and what lies on the device names nobody.
    """
    days = {}
    for name, one in form.fields.items():
        if isinstance(one, DayField) and one.initial:
            days[name] = (one.initial - place.today).days
            one.initial = None
        if _is_long(name, one):
            one.choices, one.initial = [("", "")], None
    return days
