"""The document that answers a court: a PDF of what was ordered, sealed with a passphrase."""

import io
import secrets
from collections.abc import Sequence
from typing import Any

import pikepdf
from django.utils.translation import get_language, get_language_bidi, gettext

from opennrm.web.paper import set_paper

# What was written comes in as data, never as markup.
LAYOUT = """
#let note = json(bytes(sys.inputs.note))
#set document(title: note.title, author: (), date: none)
#set page(numbering: "1 / 1", margin: 20mm)
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Libertinus Serif", "DejaVu Sans Mono"),
  size: 10pt, lang: note.language, dir: if note.rtl { rtl } else { ltr })
#heading(level: 1, note.title)
#for line in note.to { par(strong(line)) }
#par(note.rule)
#for entry in note.entries {
  heading(level: 2, entry.title)
  par(emph(entry.head + " - " + entry.by))
  for line in entry.lines { par(line) }
}
"""


def sealed_document(
    to: Sequence[str], entries: Sequence[dict[str, Any]], *, passphrase: str
) -> bytes:
    """Set the ordered entries as a tagged PDF, and encrypt it (AES-256) with a passphrase.

    Any reader of PDF files opens it; without the passphrase none does.
    """
    note = {
        "language": (get_language() or "en").partition("-")[0],
        "rtl": get_language_bidi(),
        "title": gettext("For the court"),
        "to": [*to],
        "rule": gettext(
            "Made on the order of the court, for the person named above only. It holds what was"
            " ordered and nothing else. It may not be passed on or used for another purpose."
        ),
        "entries": [*entries],
    }
    made = set_paper(LAYOUT, note)
    out = io.BytesIO()
    owner = secrets.token_urlsafe(32)
    with pikepdf.open(io.BytesIO(made)) as document:
        document.save(out, encryption=pikepdf.Encryption(user=passphrase, owner=owner, R=6))
    return out.getvalue()
