"""Runs of text, [(text, {mark: value})], as they stand in one paragraph."""

import re
from html import escape

MARKS = ("a", "strong", "em")  # in the order in which the editor nests them
BREAK = "\0"  # a line break among runs of text, which the HTML itself can't hold
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
# One space that may not break belongs to a number or an abbreviation: 10 000 kr, 5 kap., t. ex.
LOOSE_NBSP = re.compile(r"(?<![\d.§])\xa0(?!\d)|\xa0(?=[ \xa0]|$)|(?<=[ \xa0])\xa0|^\xa0")
SPACES = re.compile(r"[ \t\n\r\f]+")


def trimmed(runs):
    """``runs`` without what can't be seen: spaces in a row, at the ends and around line breaks."""
    found, is_after_space = [], True
    for text, marks in runs:
        if text == BREAK:
            _strip_end(found, " ")
        else:
            text = LOOSE_NBSP.sub(" ", SPACES.sub(" ", INVISIBLE.sub("", text)))
            text = SPACES.sub(" ", text)
            text = text.lstrip(" ") if is_after_space else text
        if text:
            found.append((text, marks))
            is_after_space = text.endswith((" ", BREAK))
    _strip_end(found, f" \xa0{BREAK}")
    first = next((n for n, (text, _marks) in enumerate(found) if text.strip(f" \xa0{BREAK}")), 0)
    return list(_with_tight_links(found[first:]))


def _with_tight_links(runs):
    """The same with spaces beside the words of links, not among them."""
    links = ["", *(marks.get("a", "") for _text, marks in runs), ""]
    for (text, marks), before, link, after in zip(runs, links, links[1:], links[2:], strict=False):
        if not link or text == BREAK:
            yield text, marks
            continue
        around = {name: value for name, value in marks.items() if name != "a"}
        inside = text.lstrip(" ") if before != link else text
        if len(inside) < len(text):
            yield " ", around
        if after != link and inside.endswith(" "):
            yield inside[:-1], marks
            yield " ", around
        elif inside:
            yield inside, marks


def _strip_end(runs, signs):
    while runs:
        text, marks = runs.pop()
        if text := text.rstrip(signs):
            runs.append((text, marks))
            return


def inline(runs):
    html, is_open = [], []
    for text, marks in [*runs, ("", {})]:
        wanted = [(name, marks[name]) for name in MARKS if name in marks]
        same = 0
        while same < min(len(wanted), len(is_open)) and wanted[same] == is_open[same]:
            same += 1
        html += [f"</{name}>" for name, _value in reversed(is_open[same:])]
        for name, value in wanted[same:]:
            html.append(f'<a href="{escape(value)}">' if name == "a" else f"<{name}>")
        html.append("<br>" if text == BREAK else escape(text, quote=False))
        is_open = wanted
    return "".join(html)
