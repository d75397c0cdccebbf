"""What a text must be built of: headings in order, real lists, words and not capitals."""

import re
from itertools import pairwise

CAPITALS_IN_ONE_WORD = 7  # acronyms are shorter
CAPITALS_IN_MORE = 9
WORDS_IN_A_ROW = 4  # of capitals alone, in a sentence of others
WORD = re.compile(r"[^\W\d_]+")
BULLET = re.compile(r"^\s*[•●○▪■►▶→✓✔·‣◦]\s*\w")
DASH = re.compile(r"^\s*[-–—*]\s+\w")
NUMBER = re.compile(r"^\s*\(?(\d{1,2}|[a-zA-Z])[.)]\s+\w")
ENDS_SENTENCE = re.compile(r"[.!?…][”\"']?\s*$")
CELLS = re.compile(r"\S(?:\t+|[ \N{NO-BREAK SPACE}]{3,}|\s*\.{4,}\s*|\s+\|\s+)\S")


def headings_out_of_order(text):
    level = 1  # the title of the page
    for heading in text.headings:
        if not heading.words:
            yield text.column, "", "En rubrik är tom. Skriv en rubrik, eller ta bort den."
            continue
        own = int(heading.kind[1])
        # What isn't the body stands below a heading that the page itself has
        if own > level + 1 and text.field == "body":
            yield (
                text.column,
                heading.words,
                f"Rubriken ”{heading.words}” hoppar över en nivå. Gör den till rubrik {level + 1}, "
                "så att den som lyssnar på sidan hittar.",
            )
        level = own


def capitals(text):
    for block in text.blocks:
        if shouted := _shouted(block.words):
            yield (
                text.column,
                shouted,
                f"”{_short(shouted)}” står med bara stora bokstäver, som är svåra att läsa och kan "
                "läsas upp bokstav för bokstav. Skriv med små bokstäver.",
            )


def _shouted(words):
    """The part of a line that is in capitals, beyond acronyms; "" when none is."""
    found = WORD.findall(words)
    cased = [word for word in found if word.lower() != word.upper()]
    letters = sum(map(len, cased))
    if cased and all(word.isupper() for word in cased):
        limit = CAPITALS_IN_ONE_WORD if len(cased) == 1 else CAPITALS_IN_MORE
        return words if letters >= limit else ""
    row = []
    for word in [*cased, "x"]:
        if word.isupper():
            row.append(word)
            continue
        if len(row) >= WORDS_IN_A_ROW and sum(map(len, row)) >= 2 * CAPITALS_IN_MORE:
            return " ".join(row)
        row = []
    return ""


def lists_of_signs(text):
    """Lines that begin with a sign for a list, which no screen reader takes for one."""
    lines = _lines(text)
    for number, (block, line) in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else (None, "")
        before = lines[number - 1] if number else (None, "")
        is_second = before[1] and _is_list(before, (block, line))
        if BULLET.match(line) or (not is_second and _is_list((block, line), after)):
            yield (
                text.column,
                line,
                f"”{_short(line)}” ser ut som en lista men är ingen, så den som lyssnar hör inte "
                "att det är en lista. Använd knappen för punktlista eller numrerad lista.",
            )


def _is_list(one, other):
    (block, line), (next_block, next_line) = one, other
    if NUMBER.match(line) and NUMBER.match(next_line):
        return _follows(NUMBER.match(line)[1], NUMBER.match(next_line)[1])
    if not (DASH.match(line) and DASH.match(next_line)):
        return False
    # People who talk begin with a dash too: each in a paragraph of her own, with whole sentences
    is_talk = block is not next_block and all(map(ENDS_SENTENCE.search, (line, next_line)))
    return not is_talk


def _follows(one, other):
    if one.isdigit() != other.isdigit():
        return False
    return int(other) == int(one) + 1 if one.isdigit() else ord(other) == ord(one) + 1


def tables_of_signs(text):
    lines = _lines(text, strip=False)
    for number, ((_, line), (_, after)) in enumerate(pairwise(lines)):
        is_second = number and CELLS.search(lines[number - 1][1])
        if not is_second and CELLS.search(line.strip()) and CELLS.search(after.strip()):
            yield (
                text.column,
                line,
                f"”{_short(line)}” ser ut som en tabell men är ingen, och blir obegriplig uppläst "
                "eller i en smal skärm. Skriv varje rad som en punkt i en lista.",
            )


def _lines(text, *, strip=True):
    """[(block, line)] of what isn't a heading or a real list."""
    found = [(block, line) for block in text.blocks if block.kind == "p" for line in block.lines]
    return [(block, line.strip() if strip else line) for block, line in found if line.strip()]


def _short(words):
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
