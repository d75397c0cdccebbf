"""What a screen reader makes of a page: its headings, links, pictures, languages and tables.

Drawn from the HTML that residents would get, so that nothing is told that isn't so.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from publishing.quality.links import says_nothing
from publishing.tidying.tree import parsed

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNREAD = ("script", "style", "template", "head")
EXCERPT = 80


@dataclass(frozen=True)
class Line:
    """One thing that is read, with ``detail`` and what is wrong with it, if anything is."""

    text: str
    detail: str = ""
    problem: str = ""
    level: int = 0


@dataclass
class Aloud:
    headings: list = field(default_factory=list)
    links: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    languages: list = field(default_factory=list)
    tables: list = field(default_factory=list)

    @classmethod
    def of(cls, html):
        """Of a whole page, without the menus that are the same on all of them."""
        root, told = parsed(html), cls()
        page = next((node for node in root.below() if node.tag == "html"), root)
        for node in page.below():
            if node.tag in ("main", "aside") and not _is_hidden(node):
                told._walk(node, page.attributes.get("lang", ""))
        return told

    @property
    def problems(self):
        parts = (self.headings, self.links, self.pictures, self.tables)
        return sum(bool(line.problem) for lines in parts for line in lines)

    def _walk(self, node, language):
        for child in node.children:
            if isinstance(child, str) or _is_hidden(child) or child.tag == "aside":
                continue
            spoken = child.attributes.get("lang") or language
            if spoken != language:
                self.languages.append(Line(_short(_read(child)), spoken))
            if child.tag in HEADINGS:
                self._heading(child)
            elif child.tag == "a" and "href" in child.attributes:
                self._link(child)
            elif child.tag == "img" or child.attributes.get("role") == "img":
                self._picture(child)
            elif child.tag == "table":
                self._table(child)
            self._walk(child, spoken)

    def _heading(self, node):
        text, level = _read(node), int(node.tag[1])
        before = self.headings[-1].level if self.headings else 0
        problem = ""
        if not text:
            problem = "Rubriken är tom."
        elif level == 1 and any(line.level == 1 for line in self.headings):
            problem = "Sidan har redan en huvudrubrik."
        elif level > before + 1:
            problem = (
                f"En nivå är överhoppad: det finns ingen rubrik på nivå {level - 1} före den här."
            )
        self.headings.append(Line(text, f"Nivå {level}", problem, level))

    def _link(self, node):
        text, href = _read(node), node.attributes["href"]
        others = [line for line in self.links if line.text == text and line.detail != href]
        problem = ""
        if not text:
            problem = "Länken har ingen text."
        elif says_nothing(text):
            problem = "Texten säger inte vart länken leder."
        elif urlsplit(text).scheme in ("http", "https") or text.startswith("www."):
            problem = "Adressen läses upp tecken för tecken. Skriv vad sidan heter."
        elif others:
            problem = "En annan länk har samma text men leder någon annanstans."
        self.links.append(Line(text, href, problem))

    def _picture(self, node):
        facts = node.attributes
        name = facts.get("alt") if node.tag == "img" else facts.get("aria-label", "")
        if name is None or (not name and node.tag != "img" and "aria-labelledby" not in facts):
            self.pictures.append(Line("", problem="Bilden saknar alternativtext."))
        elif name:
            self.pictures.append(Line(name))
        else:
            self.pictures.append(Line("", "Dekorativ: läses inte upp."))

    def _table(self, node):
        captions = [_read(each) for each in node.children if getattr(each, "tag", "") == "caption"]
        name = next(filter(None, captions), node.attributes.get("aria-label", ""))
        named = name or "aria-labelledby" in node.attributes
        self.tables.append(Line(name, problem="" if named else "Tabellen saknar rubrik."))


def _is_hidden(node):
    facts = node.attributes
    return node.tag in UNREAD or "hidden" in facts or facts.get("aria-hidden") == "true"


def _read(node):
    """What is said of ``node``, as its name is computed: its label, or the texts in it."""
    return " ".join((node.attributes.get("aria-label") or "".join(_pieces(node))).split())


def _pieces(node):
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif not _is_hidden(child):
            yield child.attributes.get("alt", "") if child.tag == "img" else "".join(_pieces(child))
            if child.tag in ("p", "li", "br", "div", "td", "th", *HEADINGS):
                yield " "


def _short(text):
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
