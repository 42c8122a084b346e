"""Closes, in an installation for training, the pages by which figures and news go out."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

WAYS_OUT = ("/open-figures/", "/abroad/", "/between/", "/account/mail/", "/account/systems/")


def closed(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer as if the pages that lead out were not there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return respond(request)

    def process_view(request: HttpRequest, *_view: object) -> None:
        if request.path.startswith(WAYS_OUT):
            raise Http404

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
