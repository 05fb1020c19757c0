"""Files made by hand, so that each test says what is in its own."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter

Line = tuple[str, float]
"""Text and its size in points; text that begins with ** is set in bold."""


def pdf(*pages: Sequence[Line]) -> bytes:
    """A PDF with these lines on its pages."""
    return _pages([_content(lines) for lines in pages])


def _pages(contents: Sequence[str]) -> bytes:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} >>"
    fonts = [font.format("Helvetica"), font.format("Helvetica-Bold")]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", *fonts]
    kids = []
    for content in contents:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def pdf_of_columns(*pages: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """A PDF of rows beside each other: each cell is its lines, in the middle of its row as browsers print it."""
    placed = []
    for rows in pages:
        top, written = 780.0, []
        for row in rows:
            height = 14.0 * max(map(len, row))
            for column, lines in enumerate(row):
                y = top - (height - 14.0 * len(lines)) / 2
                written += [(50.0 + 180 * column, y - 14.0 * n, line) for n, line in enumerate(lines)]
            top -= height + 12
        placed.append("\n".join(f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in written))
    return _pages(placed)


def encrypted(data: bytes) -> bytes:
    """The same PDF with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """A Word document of paragraphs; each is (style, text) with style h1, h2, item or an empty string."""
    body = "".join(_paragraph(style, text) for style, text in paragraphs)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _RELATIONS.format(
            f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
        ),
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{_STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{_W}">{_NUMBERING}</w:numbering>',
    }
    return archive(parts)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def _content(lines: Sequence[Line]) -> str:
    written, height = [], 800.0
    for text, size in lines:
        font = "F2" if text.startswith("**") else "F1"
        quoted = text.removeprefix("**").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        written.append(f"BT /{font} {size} Tf 50 {height} Td ({quoted}) Tj ET")
        height -= 1.4 * size
    return "\n".join(written)


def _file(objects: Sequence[str]) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def _paragraph(style: str, text: str) -> str:
    properties = {
        "h1": '<w:pStyle w:val="Heading1"/>',
        "h2": '<w:pStyle w:val="Heading2"/>',
        "item": '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        "": "",
    }[style]
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in (1, 2)
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
