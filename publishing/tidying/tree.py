"""HTML that has been made whole, as a tree that can be walked."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Node:
    tag: str
    attributes: dict = field(default_factory=dict)
    children: list = field(default_factory=list)  # nodes and strings

    @property
    def styles(self):
        """{property: value}, in small letters."""
        style = self.attributes.get("style", "").lower()
        pairs = (each.partition(":") for each in style.split(";"))
        return {name.strip(): " ".join(value.split()) for name, _colon, value in pairs}

    def below(self, stop=""):
        """The nodes below this one; not those within ``stop``, a tag."""
        for child in self.children:
            if not isinstance(child, str):
                yield child
                if child.tag != stop:
                    yield from child.below(stop)

    def texts(self):
        for child in self.children:
            yield from [child] if isinstance(child, str) else child.texts()


class _Builder(HTMLParser):
    DEEPEST = 100  # no text that somebody has written is deeper, and Python can't walk much further
    EMPTY = (
        *("area", "base", "br", "col", "embed", "hr", "img", "input"),
        *("link", "meta", "source", "track", "wbr"),
    )

    def __init__(self):
        super().__init__()
        self.root = Node("div")
        self.open = [self.root]
        self.too_deep = 0

    def handle_starttag(self, tag, attrs):
        if len(self.open) > self.DEEPEST and tag not in self.EMPTY:
            self.too_deep += 1
            return
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in self.EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag):
        if tag in self.EMPTY:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parsed(html):
    """The tree of ``html``, in which each tag that is opened is also closed."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
