"""Files as people upload them, made by hand: documents, packages, PDFs with text at given places."""

import io
import zipfile
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of text on a PDF page; `x`, `y` in points from the upper left corner."""

    x: float
    y: float
    text: str
    size: float = 10


def packed(*members: tuple[str, bytes]) -> bytes:
    """A ZIP of (name, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, raw: str = "", head: str = "") -> bytes:
    """A Word document of these paragraphs; `raw` is XML at the end of its body, `head` before its root."""
    lines = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs)
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{lines}{raw}</w:body></w:document>'
    return packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.encode()))


def pdf(*pages: list[Printed], encrypted: bool = False, picture: bool = False) -> bytes:
    """A PDF with Chinese text in a font that every reader has; `picture` puts an image on each page."""
    font, image = 3, 4
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        font: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [5 0 R] >>",
        image: b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
        5: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 6 0 R >>",
        6: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    }
    kids = []
    for number, lines in enumerate(pages):
        page, content = 10 + 2 * number, 11 + 2 * number
        kids.append(b"%d 0 R" % page)
        drawn = b"".join(
            b"BT /F1 %g Tf %g %g Td <%s> Tj ET\n"
            % (line.size, line.x, 842 - line.y, line.text.encode("utf-16-be").hex().encode())
            for line in lines
        )
        drawn += b"q 500 0 0 700 40 40 cm /Im1 Do Q\n" if picture else b""
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 4 0 R >> >> >>" % content
        )
        objects[content] = b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn)
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    trailer = b""
    if encrypted:
        objects[7] = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (
            b"11" * 32,
            b"22" * 32,
        )
        trailer = b" /Encrypt 7 0 R /ID [<00> <00>]"
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.4\n")
    for key, body in sorted(objects.items()):
        places[key] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (key, body))
    start, last = out.tell(), max(objects)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1))
    for key in range(1, last + 1):
        out.write(b"%010d 00000 n \n" % places[key] if key in places else b"0000000000 00000 f \n")
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, trailer, start))
    return out.getvalue()
