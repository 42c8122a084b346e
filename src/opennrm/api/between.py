"""The door through which a partner's installation delivers a message of a hand-over.

Whoever is a partner gets a receipt that only it can open, whatever it says; everybody else gets
one and the same refusal, so that trying teaches nothing.
"""

from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from opennrm.api.problems import problem
from opennrm.exchange.crossborder.envelope import LONGEST
from opennrm.exchange.crossborder.refusals import NotAccepted
from opennrm.records.abroad.receiving import receive
from opennrm.records.abroad.sending import MEDIA_TYPE

REFUSAL = (
    "This message was not taken. If you are a partner, compare cards and clocks with the focal "
    "point, then send it again."
)
# From one address in a minute; a partner's queue sends fifty at a time.
MOST, SECONDS = 300, 60


@csrf_exempt
def deliver(request: HttpRequest) -> HttpResponse:
    """Take a message in and answer with its receipt, or with the one refusal there is."""
    if request.method != "POST":
        answer = problem(HTTPStatus.METHOD_NOT_ALLOWED, "Send a message with POST.")
        answer["Allow"] = "POST"
        return answer
    if _too_often(request):
        answer = problem(HTTPStatus.TOO_MANY_REQUESTS, "Too many calls in a short time. Wait.")
        answer["Retry-After"] = str(SECONDS)
        return answer
    text = _text(request)
    try:
        receipt = receive(text, at=timezone.now()) if text else ""
    except NotAccepted:
        receipt = ""
    if not receipt:
        return problem(HTTPStatus.BAD_REQUEST, REFUSAL, reason="not_accepted")
    return HttpResponse(receipt, content_type=MEDIA_TYPE)


deliver.own_door = True  # type: ignore[attr-defined]


def _text(request: HttpRequest) -> str:
    """Read the body, and no more of it than a message can have."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or not 0 < int(length) <= LONGEST:
        return ""
    try:
        return request.read(LONGEST + 1).decode("ascii")
    except (UnicodeDecodeError, OSError):
        return ""


def _too_often(request: HttpRequest) -> bool:
    key = f"between-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, SECONDS)
    try:
        counted: Any = cache.incr(key)
    except ValueError:  # It ran out between the two.
        return False
    return int(counted) > MOST
