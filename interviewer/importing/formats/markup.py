"""HTML, and Markdown and plain text through HTML, as blocks. Scripts, styles and what is hidden are left out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag
from markdown_it import MarkdownIt

from interviewer.importing.document import Block, BlockKind, Document

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ITEMS = {"li", "dd"}
BLOCKS = {
    *HEADINGS, *ITEMS, "p", "pre", "tr", "dt", "blockquote", "div", "section", "article", "main", "body", "ul",
    "ol", "dl", "table", "figure", "figcaption", "details", "summary", "fieldset", "address", "center", "caption",
}  # fmt: skip
SILENT = {
    "script", "style", "title", "noscript", "template", "head", "nav", "footer", "aside", "form", "svg", "math",
    "button", "select", "iframe", "object", "canvas", "audio", "video",
}  # fmt: skip
TEXT = (NavigableString, CData)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_TEXT = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_inline", "entity", "escape"])


def from_html(html: str) -> Document:
    """The blocks of a page; its title is that of <title> or the first heading of the first level."""
    soup = BeautifulSoup(html, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    blocks = tuple(_blocks(soup))
    first = next((block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1), "")
    return Document(title=" ".join((title or first).split()), blocks=blocks)


def from_markdown(text: str) -> Document:
    """The blocks of a Markdown file; front matter is not text."""
    return from_html(_MARKDOWN.render(_FRONT_MATTER.sub("", text, count=1)))


def from_text(text: str) -> Document:
    """Plain text: paragraphs, lists and underlined headings are read as Markdown reads them, tags are text."""
    return from_html(_TEXT.render(text))


def to_text(html: str) -> str:
    """A short piece of HTML, such as a field of a flashcard, as plain text with its paragraphs."""
    return "\n\n".join(block.text for block in _blocks(BeautifulSoup(html, "html.parser")))


class _Piece(NamedTuple):
    """Consecutive text inside one and the same block element; the page itself where there is none."""

    owner: Tag
    strings: list[NavigableString]


def _blocks(soup: BeautifulSoup) -> Iterator[Block]:
    term = ""
    for owner, strings in _pieces(soup):
        block = _block(owner, strings)
        if owner.name == "dt":
            term = block.text
        elif block.text:
            if term and owner.name in ("dd", "p"):
                block = Block(BlockKind.ITEM, f"{term}: {block.text}", term=term)
            term = ""
            yield block


def _pieces(soup: BeautifulSoup) -> Iterator[_Piece]:
    """The page's text in its order, cut wherever another block element begins or ends."""
    silent: set[int] = set()
    owners: dict[int, Tag] = {id(soup): soup}
    piece: _Piece | None = None
    for node in soup.descendants:
        if isinstance(node, Tag):
            owners[id(node)] = node if node.name in BLOCKS else owners[id(node.parent)]
            if id(node.parent) in silent or _is_silent(node):
                silent.add(id(node))
            continue
        # Comments, declarations and the like are strings too, of other types.
        if id(node.parent) in silent or not isinstance(node, NavigableString) or type(node) not in TEXT:
            continue
        owner = owners[id(node.parent)]
        if piece is None or piece.owner is not owner:
            if piece is not None:
                yield piece
            piece = _Piece(owner, [])
        piece.strings.append(node)
    if piece is not None:
        yield piece


def _is_silent(tag: Tag) -> bool:
    return (
        tag.name in SILENT
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(str(tag.get("style", ""))))
    )


def _block(owner: Tag, strings: list[NavigableString]) -> Block:
    if owner.name == "pre":
        return Block(BlockKind.CODE, "".join(strings).strip("\n"))
    if owner.name == "tr":
        cells = _cells(owner, strings)
        return Block(BlockKind.ROW, " | ".join(filter(None, cells)), cells=cells)
    text = _flat("".join(_with_breaks(strings)))
    if owner.name in HEADINGS:
        return Block(BlockKind.HEADING, " ".join(text.split()), level=HEADINGS[owner.name])
    item = owner.name in ITEMS or (owner.name in ("p", "div") and owner.parent is not None and _opens_item(owner))
    return Block(BlockKind.ITEM if item else BlockKind.PARAGRAPH, text, term=_bold_start(strings, text))


def _opens_item(paragraph: Tag) -> bool:
    """Whether it is the first paragraph of a list item; later ones are paragraphs of their own."""
    parent = paragraph.parent
    return parent is not None and parent.name in ITEMS and parent.find(True) is paragraph


def _with_breaks(strings: list[NavigableString]) -> Iterator[str]:
    """A <br> is the end of a line."""
    for string in strings:
        previous = string.previous_element
        yield "\n" if isinstance(previous, Tag) and previous.name == "br" else ""
        yield str(string)


def _cells(row: Tag, strings: list[NavigableString]) -> tuple[str, ...]:
    texts: dict[int, list[str]] = {id(cell): [] for cell in row.find_all(["td", "th"], recursive=False)}
    for string in strings:
        for parent in string.parents:
            if id(parent) in texts:
                texts[id(parent)].append(str(string))
                break
    return tuple(" ".join("".join(parts).split()) for parts in texts.values())


def _bold_start(strings: list[NavigableString], text: str) -> str:
    """The words in bold that the block begins with, without the colon that ends them."""
    bold: list[str] = []
    for string in strings:
        if string.strip() and not any(parent.name in ("b", "strong") for parent in string.parents):
            break
        bold.append(str(string))
    found = " ".join("".join(bold).split())
    return found.rstrip(" :.–—-") if found and text.startswith(found) else ""


def _flat(text: str) -> str:
    """White space folded; the ends of lines stay."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
