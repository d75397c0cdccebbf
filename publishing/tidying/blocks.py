"""What a text is made of: paragraphs, headings, lists and quotations."""

from dataclasses import dataclass, field

from publishing.tidying.runs import inline

LISTS = ("ul", "ol")


@dataclass
class Block:
    """A paragraph or heading with ``runs`` of text, or what has ``parts``: blocks, or items.

    ``depth`` is that of a list that its program didn't write within another. A list that only goes
    on from the one before it has no ``start``; ``also`` is what its first number could be too.
    """

    tag: str
    runs: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    start: int = 1
    depth: int = 0
    also: int = 0


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
    """The same with each list where its ``depth`` says, and a list in pieces as one."""
    found, open_lists = [], []
    for block in blocks:
        if block.tag not in LISTS:
            found.append(block)
            open_lists = []
            continue
        depth = block.depth or 1
        open_lists = [each for each in open_lists if each.depth < depth]
        place = open_lists[-1].parts[-1] if open_lists else found
        if not _continues(place, block):
            block.start = block.start or 1
            place.append(block)
        place[-1].depth = depth
        open_lists.append(place[-1])
    for block in found:
        block.depth = 0
    return found


def _continues(found, block):
    """Whether ``block`` has become the end of the list before it."""
    if not found or found[-1].tag != block.tag:
        return False
    following = found[-1].start + len(found[-1].parts)
    if block.tag == "ol" and following not in (block.start or following, block.also):
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
