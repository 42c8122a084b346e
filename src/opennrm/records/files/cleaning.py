"""Writes pictures and PDF files anew; run by itself in a child process that has little to lose.

It imports nothing of OpenNRM, reads a file from standard input and writes the new one to standard
output. What does not decode whole ends it with a status, and nothing it read is kept.
"""

import io
import sys
import warnings

import pikepdf
from PIL import Image, ImageOps

LARGEST_PIXELS = 50_000_000
REFUSED = 3
# What acts when a PDF is opened or read, carries other files, or says who made it.
ACTS = ("/OpenAction", "/AA", "/JavaScript", "/EmbeddedFiles", "/Metadata", "/AcroForm", "/XFA")
ON_PAGES = ("/AA", "/Metadata", "/PieceInfo")
SAFE_LINKS = ("/Link",)


def cleaned_picture(content: bytes, kind: str) -> bytes:
    """Draw a picture anew, upright, without anything but its pixels."""
    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    out = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
        if picture.width * picture.height > LARGEST_PIXELS:
            raise ValueError
        upright = ImageOps.exif_transpose(picture)
        mode = "RGBA" if kind == "PNG" and "A" in upright.getbands() else "RGB"
        drawn = Image.new(mode, upright.size)
        drawn.paste(upright.convert(mode))
        drawn.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue()


def cleaned_pdf(content: bytes) -> bytes:
    """Write a PDF anew, without scripts, attached files, forms that act, and metadata."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        # What was filled in is drawn into the page, where it stays; the form itself goes.
        document.generate_appearance_streams()
        document.flatten_annotations("all")
        names = document.Root.get("/Names", pikepdf.Dictionary())
        for place, keys in ((document.Root, ACTS), (names, ACTS)):
            _without(place, keys)
        for page in document.pages:
            _without(page.obj, ON_PAGES)
            _without_acts(page.obj)
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        document.remove_unreferenced_resources()
        document.save(out, linearize=False, fix_metadata_version=False)
    return out.getvalue()


def _without(place: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in place:
            del place[key]


def _without_acts(page: pikepdf.Object) -> None:
    """Keep links inside the document; take away every other annotation that can act."""
    if "/Annots" not in page:
        return
    kept = [
        note
        for note in page["/Annots"]
        if str(note.get("/Subtype")) in SAFE_LINKS and "/A" not in note and "/AA" not in note
    ]
    page["/Annots"] = pikepdf.Array(kept)


def main() -> int:
    """Clean what comes in; answer with a status where it cannot be read whole."""
    kind = sys.argv[1]
    content = sys.stdin.buffer.read()
    try:
        new = cleaned_pdf(content) if kind == "pdf" else cleaned_picture(content, kind.upper())
    except Exception:
        return REFUSED
    sys.stdout.buffer.write(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
