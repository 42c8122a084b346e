"""Sets up the templates: strict about unknown names, translated, with the components at hand."""

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from opennrm.web import acts, words
from opennrm.web.components import Components
from opennrm.web.forms import drawing
from opennrm.web.rules import rule_link


def environment(**options: Any) -> Environment:
    """Build the template environment that settings name."""
    options["undefined"] = StrictUndefined
    built = Environment(  # noqa: S701 - Django hands autoescape in among the options
        **options, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"]
    )
    built.globals.update(
        govuk=Components(),
        back=drawing.back,
        chosen=drawing.chosen,
        controls=drawing.controls,
        error_summary=drawing.error_summary,
        get_messages=get_messages,
        json_script=json_script,
        options=drawing.options,
        pairs=drawing.pairs,
        place_of=drawing.place_of,
        rule_link=rule_link,
        sign=drawing.sign,
        static=static,
        tied=drawing.tied,
        url=_address,
        ways_out=acts.ways_out,
    )
    built.filters.update(
        any_label=words.any_label,
        notice=words.notice,
        code=words.code,
        day=words.day,
        kind=words.kind,
        label=words.label,
        last_day=words.last_day,
        moment=words.moment,
        on_tab=words.on_tab,
        said=words.said,
    )
    built.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return built


def _address(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts or None)
