"""HTML, and Markdown and plain text through HTML, as blocks. Scripts, styles and what is hidden are left out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag
from markdown_it import MarkdownIt

from interviewer.importing.asking import asks
from interviewer.importing.document import Block, BlockKind, Document

HEADINGS = {f"h{level}": level for level in range(1, 7)}
ITEMS = {"li", "dd"}
LISTS = {"ul", "ol", "dl"}
BLOCKS = {
    *HEADINGS, *ITEMS, "p", "pre", "tr", "dt", "blockquote", "div", "section", "article", "main", "body", "ul",
    "ol", "dl", "table", "figure", "figcaption", "details", "summary", "fieldset", "address", "center", "caption",
    "button",
}  # fmt: skip
SILENT = {
    "script", "style", "title", "noscript", "template", "head", "nav", "footer", "aside", "form", "svg", "math",
    "select", "iframe", "object", "canvas", "audio", "video",
}  # fmt: skip
TEXT = (NavigableString, CData)
FOLDED = {"summary", "dt", "button"}
"""What is a heading, of the lowest level, of what stands below it: a summary always, the others where they ask."""
WHOLE = {"html", "body", "main", "article", *HEADINGS}
"""What is never taken for something around the text, whatever it is called."""
LOWEST_LEVEL = 6
CONTENT_SHARE = 0.4
"""A <main> or <article> with so much of the page's text is all that is read."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|sidebar|breadcrumbs?|cookies?|consent|newsletter|subscribe|share"
    r"|sharing|social|related|recommended|comments?|respond|promo|advert\w*|ads?|banner|pagination|popup|modal|toc"
    r"|table-of-contents|footer|byline|post-meta|entry-meta|author-box|skip-link|screen-reader-text|sr-only)"
    r"(?:$|[\s_-](?:posts?|articles?|links?|list|bar|box|items?|area|section|container|wrapper|menu|consent|form)?\b)",
    re.IGNORECASE,
)
"""Class and id of what stands around the text of a page."""
_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
_TEXT = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_inline", "entity", "escape"])


def from_html(html: str) -> Document:
    """The blocks of a page; its title is that of <title>, or its only heading of the first level."""
    soup = BeautifulSoup(html, "html.parser")
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    blocks = tuple(_blocks(_content(soup)))
    largest = [block.text for block in blocks if block.kind is BlockKind.HEADING and block.level == 1]
    return Document(title=" ".join((title or (largest[0] if len(largest) == 1 else "")).split()), blocks=blocks)


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
    """Consecutive text inside one and the same block element; the page itself where there is none.

    `depth` is the number of lists around it.
    """

    owner: Tag
    strings: list[NavigableString]
    depth: int = 0


def _content(soup: BeautifulSoup) -> Tag:
    """The part of a page that holds most of its text, if it says which that is; the page otherwise."""
    whole = len(soup.get_text())
    for name in ("main", "article"):
        parts = soup.find_all(name)
        if len(parts) == 1 and len(parts[0].get_text()) >= CONTENT_SHARE * whole:
            return parts[0]
    return soup


def _blocks(soup: Tag) -> Iterator[Block]:
    term = ""
    for owner, strings, depth in _pieces(soup):
        block = _block(owner, strings, depth)
        if not block.text or _leads_elsewhere(block, strings):
            continue
        if owner.name == "summary" or (owner.name in FOLDED and asks(block.text)):
            term = ""
            yield Block(BlockKind.HEADING, " ".join(block.text.split()), level=LOWEST_LEVEL)
        elif owner.name == "button":
            continue
        elif owner.name == "dt":
            term = block.text
        elif block.text:
            if term and owner.name in ("dd", "p"):
                block = Block(BlockKind.ITEM, f"{term}: {block.text}", depth, term)
            term = ""
            yield block


def _leads_elsewhere(block: Block, strings: list[NavigableString]) -> bool:
    """Whether it is a line of a table of contents, or a way back to the top: nothing but links within the page."""
    said = [string for string in strings if string.strip()]
    return block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH) and all(map(_is_jump, said))


def _is_jump(string: NavigableString) -> bool:
    link = string.find_parent("a")
    return link is not None and str(link.get("href", "")).startswith("#")


def _pieces(soup: Tag) -> Iterator[_Piece]:
    """The page's text in its order, cut wherever another block element begins or ends."""
    silent: set[int] = set()
    owners: dict[int, Tag] = {id(soup): soup}
    depths = {id(soup): 0}
    piece: _Piece | None = None
    for node in soup.descendants:
        if isinstance(node, Tag):
            owners[id(node)] = node if node.name in BLOCKS else owners[id(node.parent)]
            depths[id(node)] = depths[id(node.parent)] + (node.name in LISTS)
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
            piece = _Piece(owner, [], depths[id(node.parent)])
        piece.strings.append(node)
    if piece is not None:
        yield piece


def _is_silent(tag: Tag) -> bool:
    return (
        tag.name in SILENT
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(str(tag.get("style", ""))))
        or (tag.name not in WHOLE and bool(_AROUND.search(f"{_attribute(tag, 'class')} {_attribute(tag, 'id')}")))
        or (tag.name == "header" and tag.find_parent(["main", "article"]) is None)
    )


def _attribute(tag: Tag, name: str) -> str:
    """The value of an attribute; several are joined."""
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value)


def _block(owner: Tag, strings: list[NavigableString], depth: int) -> Block:
    if owner.name == "pre":
        return Block(BlockKind.CODE, "".join(strings).strip("\n"))
    if owner.name == "tr":
        cells = _cells(owner, strings)
        return Block(BlockKind.ROW, " | ".join(filter(None, cells)), cells=cells)
    text = _flat("".join(_with_breaks(strings)))
    if owner.name in HEADINGS:
        return Block(BlockKind.HEADING, " ".join(text.split()), level=HEADINGS[owner.name])
    item = owner.name in ITEMS or (owner.name in ("p", "div") and owner.parent is not None and _opens_item(owner))
    term = _bold_start(strings, text)
    return Block(BlockKind.ITEM, text, depth, term) if item else Block(BlockKind.PARAGRAPH, text, term=term)


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
