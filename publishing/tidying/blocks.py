"""What a text is made of: paragraphs, headings, lists and quotations."""

from dataclasses import dataclass, field

from publishing.tidying.runs import inline

LISTS = ("ul", "ol")


@dataclass
class Block:
    """A paragraph or heading with ``runs`` of text, or what has ``parts``: blocks, or items.

    ``depth`` is that of a list item that its program wrote as a paragraph.
    """

    tag: str
    runs: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    start: int = 1
    depth: int = 0


def from_table(rows):
    """A list with an item for each row, where the cells are short; else what is in the cells."""
    rows = [[cell for cell in row if cell] for row in rows]
    is_layout = all(len(row) < 2 for row in rows)
    if is_layout or any(len(cell) > 1 or cell[0].parts for row in rows for cell in row):
        return [block for row in rows for cell in row for block in cell]
    items = []
    for row in filter(None, rows):
        runs = list(row[0][0].runs)
        for number, cell in enumerate(row[1:]):
            runs += [(", " if number else ": ", {}), *cell[0].runs]
        items.append([Block("p", runs=runs)])
    return [Block("ul", parts=items)]


def merged(blocks):
    """The same with items that were paragraphs as lists, and a list in pieces as one."""
    found, open_lists = [], []
    for block in blocks:
        if not block.depth:
            open_lists = []
            if not _continues(found, block):
                found.append(block)
            continue
        open_lists = [each for each in open_lists if each.depth <= block.depth]
        if open_lists and open_lists[-1].depth == block.depth and open_lists[-1].tag != block.tag:
            open_lists.pop()
        if not open_lists or open_lists[-1].depth < block.depth:
            new = Block(block.tag, start=block.start, depth=block.depth)
            (open_lists[-1].parts[-1] if open_lists else found).append(new)
            open_lists.append(new)
        open_lists[-1].parts.append([Block("p", runs=block.runs)])
    return found


def _continues(found, block):
    """Whether ``block`` has become the end of the list before it."""
    if not found or block.tag not in LISTS or found[-1].tag != block.tag:
        return False
    if block.tag == "ol" and block.start != found[-1].start + len(found[-1].parts):
        return False
    found[-1].parts += block.parts
    return True


def written(block):
    if block.runs:
        return f"<{block.tag}>{inline(block.runs)}</{block.tag}>"
    if block.tag in LISTS:
        start = f' start="{block.start}"' if block.tag == "ol" and block.start != 1 else ""
        items = ("<li>" + "".join(map(written, item)) + "</li>" for item in block.parts)
        return f"<{block.tag}{start}>{''.join(items)}</{block.tag}>"
    return f"<{block.tag}>{''.join(map(written, block.parts))}</{block.tag}>"
