"""Every address of the pages, and what each may be about: one that is not listed here fails."""

from collections.abc import Iterator
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

# Addresses that name no case, by their name or by how it begins, and what they may show.
ABOUT = {
    "worklist": "the viewer's own cases",
    "find": "the viewer's own cases",
    "notices": "what was told to the viewer's organisation",
    "account": "the viewer",
    "calendar": "the viewer's own deadlines, by reference",
    "record_contact": "nothing yet",
    "notify": "nothing yet",
    "figures": "published figures",
    "rule_figures": "published figures",
    "release": "requests for figures",
    "ask_release": "requests for figures",
    "publish_release": "requests for figures",
    "send_back_release": "requests for figures",
    "services": "what organisations offer",
    "coordination": "organisations and plans, no case",
    "rules": "the law",
    "rule": "the law",
    "periods": "the law",
    "check_periods": "the law",
    "ask_for_help": "nothing yet",
    "help_asked": "nothing",
    "account_login": "nothing",
    "account_logout": "nothing",
    "leave": "nothing",
}
# They end the session with which the others are tried.
END_SESSION = frozenset({"account_logout", "leave"})
INVENTED = {"secret": "0" * 43, "rule": "R99"}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Yield every address of the resolver."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def of_a_case() -> list[URLPattern]:
    """List the addresses that name a case."""
    return [one for one in patterns() if "case_ref" in one.pattern.converters]


def of_no_case() -> list[URLPattern]:
    """List the addresses that name none and keep the session."""
    named = (one for one in patterns() if "case_ref" not in one.pattern.converters)
    return [one for one in named if one.name not in END_SESSION]


def invented(pattern: URLPattern) -> dict[str, object]:
    """Make up what an address needs: references of things that are not there."""
    return {name: INVENTED.get(name, uuid4()) for name in pattern.pattern.converters}


def unlisted() -> list[str]:
    """Name the addresses that neither name a case nor stand in the table."""
    return [
        str(one.name)
        for one in of_no_case()
        if not any(one.name == key or str(one.name).startswith(f"{key}_") for key in ABOUT)
    ]
