"""Prepares the frame of a page: direction, navigation, who is signed in, the way out."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext

from opennrm.casework.permissions import COMPARTMENTS, PERMISSIONS, allows, readable
from opennrm.coordination.permissions import areas_of
from opennrm.records import sessions
from opennrm.vocabulary.roles import Role
from opennrm.web import bound

PLACES = (
    ("worklist", "Work list"),
    ("find", "Find a person"),
    ("calls", "Calls"),
    ("steps", "New contact"),
    ("deposit_referral", "Hand in"),
    ("notices", "Notices"),
    ("night", "Night duty"),
    ("who_reads", "Who reads"),
    ("abroad", "Other States"),
    ("services", "Services"),
    ("coordination", "Co-ordination"),
    ("figures", "Figures"),
)

# With which page somebody begins who can never hold a case.
WITHOUT_CASES = ("deposit_referral", "coordination", "figures", "notices")
ONLY_FOR = {"who_reads": Role.DP, "calls": Role.HL}

# Whoever can never hold such a part of a case has nothing to look for there.
NEEDS_PART = {"worklist": frozenset(COMPARTMENTS), "find": frozenset({"D2", "D2S"})}


def layout(request: HttpRequest) -> dict[str, Any]:
    """Give every template what its frame needs."""
    session = getattr(request, "work", None)
    return {
        "service_name": gettext("Case work"),
        "lang": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "sheet": "opennrm/opennrm-rtl.css" if get_language_bidi() else "opennrm/opennrm.css",
        "languages": settings.LANGUAGES,
        "back_here": request.get_full_path() if request.method == "GET" else "",
        "exit_url": settings.OPENNRM_EXIT_URL,
        "idle_seconds": int(sessions.IDLE.total_seconds()),
        "work": session,
        "bound": _bound(request) if session else "",
        "practice": settings.OPENNRM_PRACTICE,
        "navigation": _navigation(request) if session else [],
    }


def _bound(request: Any) -> str:
    return bound.said(request.work, request.at)


def _navigation(request: Any) -> list[dict[str, Any]]:
    here, actor = request.path, request.work.actor
    return [
        {"text": gettext(title), "href": reverse(name), "active": here == reverse(name)}
        for name, title in PLACES
        if is_open(name, actor, request.at)
    ]


def first_page(actor: Any, at: Any) -> str:
    """Name the page with which somebody begins whose work is no cases."""
    return next(name for name in WITHOUT_CASES if is_open(name, actor, at))


def is_open(name: str, actor: Any, at: Any) -> bool:
    """Tell whether one of the main pages is there for somebody."""
    if name == "coordination":
        return bool(areas_of(actor))
    if name in ONLY_FOR:
        return ONLY_FOR[name] in actor.roles
    if name in NEEDS_PART:
        return any(NEEDS_PART[name] & readable(role) for role in actor.roles)
    if name == "abroad":
        return bool({Role.TF, Role.NCO} & actor.roles)
    name = {"night": "open_in_emergency", "steps": "record_contact"}.get(name, name)
    return name not in PERMISSIONS or allows(name, actor=actor, at=at)
