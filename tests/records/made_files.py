"""Files made for tests: pictures that say where they were taken, documents that act, and worse."""

import io
import zipfile

import pikepdf
from PIL import Image

SECRET = "Taken at Rruga e Plepave 12"


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture with a description, a camera and a place in it."""
    out = io.BytesIO()
    drawn = Image.new("RGB", size, (200, 30, 30))
    noted = Image.Exif()
    noted[0x010E] = SECRET
    noted[0x0110] = "Camera of hers"
    noted.get_ifd(0x8825).update({1: "N", 2: (42.0, 0.0, 0.0), 3: "E", 4: (21.0, 26.0, 0.0)})
    drawn.save(out, kind, exif=noted, **({"comment": SECRET} if kind == "JPEG" else {}))
    return out.getvalue()


def document() -> bytes:
    """A PDF with a script, an attached file, an author, a form and a link to another site."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(200, 200))
        acts = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('here')")
        made.Root.OpenAction = made.make_indirect(acts)
        made.Root.AA = pikepdf.Dictionary(WC=acts)
        made.attachments["run.js"] = b"evil()"
        made.docinfo["/Author"] = SECRET
        with made.open_metadata() as noted:
            noted["dc:title"] = SECRET
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 50, 50],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/seen"),
        )  # fmt: skip
        made.pages[0].obj.Annots = made.make_indirect(pikepdf.Array([made.make_indirect(link)]))
        made.save(out)
    return out.getvalue()


def office(*more: str, kind: str = "word/document.xml", inside: bytes = b"<x/>") -> bytes:
    """An office document, with more parts where named."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", kind, *more):
            archive.writestr(name, inside)
    return out.getvalue()


def open_document(*more: str) -> bytes:
    """An OpenDocument text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name in ("content.xml", *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def bomb() -> bytes:
    """A small picture that says it is 60,000 by 60,000."""
    content = bytearray(picture("PNG"))
    place = content.index(b"IHDR") + 4
    content[place : place + 8] = (60_000).to_bytes(4, "big") * 2
    import zlib

    head = bytes(content[place - 4 : place + 13])
    content[place + 13 : place + 17] = zlib.crc32(head).to_bytes(4, "big")
    return bytes(content)
