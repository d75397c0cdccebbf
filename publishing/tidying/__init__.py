"""Rich text as our editor would have written it, whatever program it was written in.

Word, Google Docs and web pages describe looks: lists that are paragraphs with a dot, emphasis as a
style, levels of headings that start anywhere. What it means is kept and the rest goes. The form is
the one that the editor gives back, so that opening and saving a text changes nothing.
"""

import re

import nh3

from publishing.tidying.blocks import LISTS, Block, from_table, merged, written
from publishing.tidying.links import clean_href
from publishing.tidying.markers import is_number, numbers
from publishing.tidying.runs import BREAK, trimmed
from publishing.tidying.tree import Node, parsed

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {
    *("p", "div", "section", "article", "main", "aside", "header", "footer", "nav", "address"),
    *("figure", "figcaption", "dl", "dt", "dd", "caption", "hr", "pre", "center"),
    *HEADINGS,
}
TABLE_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
SCHEMES = {"http", "https", "mailto", "tel"}

_reader = nh3.Cleaner(
    tags={*BLOCKS, *TABLE_PARTS, *LISTS, "li", "blockquote", "br", "span", "font"}
    | {"a", "b", "strong", "i", "em"},
    clean_content_tags={"script", "style", "title", "template", "noscript", "button", "select"}
    | {"del"},
    attributes={"a": {"href", "name"}, "ol": {"start"}, "li": {"data-aria-level"}, "*": {"style"}},
    url_schemes=SCHEMES,
    link_rel=None,
)

WORD_LIST = re.compile(r"\S+ level(\d)")
BOLD = re.compile(r"bold(er)?|[5-9]\d\d")
SLANTED = re.compile(r"italic|oblique")


def tidy(html):
    """``html`` in the form of the editor: paragraphs, two levels of headings, lists, quotations."""
    tree = parsed(_reader.clean(html))
    _unlink_places(tree)
    levels = _levels(tree)
    return "".join(map(written, merged(_Reading(levels).blocks(tree))))


def _unlink_places(tree):
    """Takes away the links to bookmarks that are in ``tree`` and don't come along."""
    anchors = [node for node in tree.below() if node.tag == "a"]
    places = {"#" + node.attributes["name"] for node in anchors if node.attributes.get("name")}
    for node in anchors:
        href = node.attributes.get("href", "")
        if href in places and not href.startswith("#_"):  # those are notes and comments
            del node.attributes["href"]


def _levels(tree):
    """{heading: the level that it gets}; those of the editor stay as they are."""
    used = [tag for tag in HEADINGS if any(node.tag == tag for node in tree.below())]
    if set(used) <= {"h2", "h3"}:
        return {"h2": "h2", "h3": "h3"}
    return {tag: "h3" if number else "h2" for number, tag in enumerate(used)}


class _Reading:
    """Collects blocks, while it walks down a tree."""

    def __init__(self, levels):
        self.levels, self.found, self.runs, self.tag = levels, [], [], "p"

    def blocks(self, node, marks=()):
        self._walk_all(node, dict(marks))
        self._end()
        return self.found

    def _inside(self, node, marks):
        return _Reading(self.levels).blocks(node, marks)

    def _walk_all(self, node, marks):
        for child in node.children:
            self._walk(child, marks)

    def _walk(self, node, marks):
        if isinstance(node, str):
            self.runs.append((node, marks))
            return
        if _is_comment(node):
            return
        marks = _with_marks(node, marks)
        if node.tag == "br":
            self.runs.append((BREAK, marks))
        elif node.tag in LISTS:
            self._list(node, marks)
        elif node.tag == "blockquote":
            self._end()
            if inside := merged(self._inside(node, marks)):
                self.found.append(Block("blockquote", parts=inside))
        elif node.tag == "table":
            self._end()
            for caption in [each for each in node.below(stop="table") if each.tag == "caption"]:
                self.found += self._inside(caption, marks)
            self.found += from_table(self._rows(node, marks))
        elif level := node.tag in BLOCKS and WORD_LIST.match(node.styles.get("mso-list", "")):
            self._word_item(node, marks, int(level[1]))
        elif node.tag in BLOCKS or node.tag == "li":
            self._block(node, marks)
        else:
            self._walk_all(node, marks)

    def _block(self, node, marks):
        self._end()
        before, self.tag = self.tag, self.levels.get(node.tag, self.tag)
        if node.tag == "pre":
            lines = "".join(node.texts()).strip("\n").split("\n")
            self.runs = [run for line in lines for run in [(BREAK, marks), (line, marks)]][1:]
        else:
            self._walk_all(node, marks)
        self._end()
        self.tag = before

    def _word_item(self, node, marks, depth):
        self._end()
        marker = ""
        for ignored in [each for each in node.below() if each.styles.get("mso-list") == "ignore"]:
            marker, ignored.children = "".join(ignored.texts()).strip(), []
        if node.tag in HEADINGS:
            node.children[:0] = [f"{marker} "] if is_number(marker) else []
            self._block(node, marks)
            return
        self._walk_all(node, marks)
        if runs := trimmed(self._taken()):
            tag = "ol" if is_number(marker) else "ul"
            start, also = numbers(marker)
            item = [Block("p", runs=runs)]
            self.found.append(Block(tag, parts=[item], start=start, also=also, depth=depth))

    def _list(self, node, marks):
        self._end()
        block = Block(node.tag, start=_number(node.attributes.get("start")))
        for child in node.children:
            if isinstance(child, str):
                child = Node("li", {}, [child])
            if depth := child.attributes.get("data-aria-level"):
                self._online_item(node, child, marks, _number(depth))
                continue
            inside = child if child.tag == "li" else Node("li", {}, [child])
            self._item(block, self._inside(inside, _with_marks(inside, marks)))
        if block.parts:
            self.found.append(block)

    def _item(self, block, inside):
        """An item begins with a text: lists before it are the item's before it, or too deep."""
        texts = next((n for n, each in enumerate(inside) if each.tag not in LISTS), len(inside))
        if block.parts:
            block.parts[-1] = merged(block.parts[-1] + inside[:texts])
        else:
            for each in inside[:texts]:
                each.depth = (each.depth or 1) + 1
                self.found.append(each)
        if inside[texts:]:
            block.parts.append([_without_heading(each) for each in merged(inside[texts:])])

    def _online_item(self, node, item, marks, depth):
        """Word on the web writes each item as a list of its own, whatever its depth."""
        start = node.attributes.get("start")
        for each in merged(self._inside(item, marks)):
            if each.runs:
                parts = [[_without_heading(each)]]
                each = Block(node.tag, parts=parts, start=start and _number(start), depth=depth)
                start = None
            self.found.append(each)

    def _rows(self, table, marks):
        rows = [node for node in table.below(stop="table") if node.tag == "tr"]
        return [
            [
                self._inside(cell, _with_marks(cell, marks))
                for cell in row.children
                if not isinstance(cell, str)
            ]
            for row in rows
        ]

    def _taken(self):
        runs, self.runs = self.runs, []
        return runs

    def _end(self):
        if runs := trimmed(self._taken()):
            if self.tag != "p" and all("strong" in marks for _text, marks in runs):
                runs = [(text, _without_strong(marks)) for text, marks in runs]
            self.found.append(Block(self.tag, runs=runs))


def _is_comment(node):
    """Whether it is what somebody has said about a text in Word, or the mark that leads there."""
    is_mark = node.attributes.get("href", "").startswith("#_msocom")
    return is_mark or node.styles.get("mso-element", "").startswith("comment")


def _with_marks(node, marks):
    marks, styles = dict(marks), node.styles
    if node.tag == "a" and (href := clean_href(node.attributes.get("href", ""))):
        marks["a"] = href
    for name, tags, style, is_on in [
        ("strong", ("b", "strong"), "font-weight", BOLD),
        ("em", ("i", "em"), "font-style", SLANTED),
    ]:
        look = styles.get(style)
        if is_on.fullmatch(look) if look else node.tag in tags:
            marks[name] = True
        elif look:
            marks.pop(name, None)
    return marks


def _without_strong(marks):
    return {name: value for name, value in marks.items() if name != "strong"}


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 6 else 1


def _without_heading(block):
    return Block("p", runs=block.runs) if block.tag in ("h2", "h3") else block
