"""Offers the macros of GOV.UK Frontend as plain functions: ``govuk.button({...})``."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

LIBRARY = "govuk_frontend_jinja"

Macro = Callable[[Mapping[str, Any]], str]


@cache
def _library() -> Environment:
    """Return the library's own templates; they leave options out and so cannot be strict."""
    return Environment(
        loader=PrefixLoader({LIBRARY: PackageLoader(LIBRARY, "templates")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )


@cache
def _macro(name: str) -> Macro:
    words = name.split("_")
    source = f"{LIBRARY}/components/{'-'.join(words)}/macro.html"
    module = _library().get_template(source).module
    macro: Macro = getattr(module, "govuk" + "".join(word.capitalize() for word in words))
    return macro


class Components:
    """Every component of the library, by its name with underscores."""

    def __getattr__(self, name: str) -> Callable[[Mapping[str, Any]], Markup]:
        """Return the component as a function of its options."""
        macro = _macro(name)
        return lambda options: Markup(macro(options))  # noqa: S704 - the library escapes
