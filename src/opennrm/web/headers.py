"""Sends the headers that keep a page to itself: no outside content, no trace, no frame."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        # The way out is a form that is sent on to the exit page.
        f"form-action 'self' {_origin(settings.OPENNRM_EXIT_URL)}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        # No text becomes markup or code in a page, and no script may make an exception to that.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
# One page keeps itself on a device. Its script may name one worker, and it may be installed.
POLICY_WITH_WORKER = POLICY.replace(
    "trusted-types 'none'", "trusted-types op-worker; manifest-src 'self'; worker-src 'self'"
)
# A browser that shows a file all the same, shows it in a place from which it reaches nothing.
HANDED_OUT = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        *("accelerometer", "autoplay", "browsing-topics", "camera"),
        *("display-capture", "geolocation", "gyroscope", "hid", "microphone", "midi"),
        *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
)
# Not "no-referrer": browsers then send "Origin: null" with every form, which the check against
# forged forms must refuse. Nothing leaves for another site under "same-origin" either.
REFERRER = "same-origin"
FORGET = '"cache", "cookies", "storage"'
# Whoever leaves in a hurry keeps the locked drafts on her device; signing out deletes them.
FORGET_BUT_DRAFTS = '"cache", "cookies"'
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": REFERRER,
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """Middleware: the same headers on every answer, and nothing kept but static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add the headers."""
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response[name] = value
        if policy := getattr(response, "policy", ""):
            response["Content-Security-Policy"] = policy
        if response.get("Content-Disposition", "").startswith("attachment"):
            response["Content-Security-Policy"] = HANDED_OUT
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
            lasts = f"max-age={settings.SECURE_HSTS_SECONDS}{below}"
            response["Strict-Transport-Security"] = lasts
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        return response
