"""The parts of a text that rules look at: its paragraphs, headings, list items and links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"p", "h2", "h3", "li", "blockquote"}


@dataclass
class Block:
    """A paragraph ("p"), heading ("h2", "h3") or list item ("li"), by its lines."""

    kind: str
    lines: list = field(default_factory=lambda: [""])

    @property
    def words(self):
        """Its text in one line."""
        return " ".join(" ".join(self.lines).split())

    @property
    def is_heading(self):
        return self.kind in ("h2", "h3")


@dataclass
class Link:
    href: str
    words: str = ""


def blocks_of_plain(text):
    """[Block] of a text without mark-up: one paragraph for each empty line in it."""
    found = [Block("p", [])]
    for line in text.splitlines():
        if line.strip():
            found[-1].lines.append(line)
        elif found[-1].lines:
            found.append(Block("p", []))
    return [block for block in found if block.lines]


def parse(html):
    """([Block], [Link]) of ``html`` as RichTextField lets it through."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [block for block in reader.blocks if block.words or block.is_heading], reader.links


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks, self.links = [], []
        self.is_open, self.in_item, self.link = False, 0, None

    def handle_starttag(self, tag, attrs):
        if tag == "li":
            self.in_item += 1
        if tag in BLOCKS:
            self._begin("li" if self.in_item else tag)
        elif tag == "br" and self.is_open:
            self.blocks[-1].lines.append("")
        elif tag == "a":
            self.link = Link(dict(attrs).get("href") or "")
            self.links.append(self.link)

    def handle_endtag(self, tag):
        if tag == "li":
            self.in_item = max(self.in_item - 1, 0)
        if tag in BLOCKS:
            self.is_open = False
        elif tag == "a":
            self.link = None

    def handle_data(self, data):
        if self.link:
            self.link.words += data
        if not self.is_open:
            if not data.strip():
                return
            self._begin("li" if self.in_item else "p")
        self.blocks[-1].lines[-1] += data

    def _begin(self, kind):
        if not self.is_open or self.blocks[-1].words:
            self.blocks.append(Block(kind))
        else:
            self.blocks[-1].kind = kind if kind != "blockquote" else "p"
        if self.blocks[-1].kind == "blockquote":
            self.blocks[-1].kind = "p"
        self.is_open = True
