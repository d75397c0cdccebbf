"""How hard a Swedish text is to read: LIX, and the sentences that make it so.

LIX = words a sentence + per cent of words longer than six letters. Headings and list items count
as sentences, and the points of abbreviations end none. It advises, it never blocks.
"""

import re
from dataclasses import dataclass

FEWEST_WORDS = 50  # below that the figure says nothing
LONG_SENTENCE = 15  # words: those that people lose the thread in
LONG = 6  # letters: a word of more than that is long
BANDS = [
    (30, "mycket lättläst"),
    (40, "lättläst"),
    (50, "medelsvår"),
    (60, "svår"),
]
HARDEST = "mycket svår"
ABBREVIATION = re.compile(
    r"\b(?:t\.ex|bl\.a|m\.m|m\.fl|d\.v\.s|o\.s\.v|fr\.o\.m|t\.o\.m|p\.g\.a|s\.k|f\.d|dvs|osv|kl"
    r"|ca|resp|inkl|exkl|kap|nr|st|tel|dr)\.",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_][\w-]*|\d(?:[\d\N{NO-BREAK SPACE}.,:–-]*\d)?")
END = re.compile(r"\n|[.!?]+[”\"')]*(?=\s+[^a-zåäö\s]|\s*$)", re.MULTILINE)


@dataclass(frozen=True)
class Reading:
    """LIX of a text, and its three longest sentences beyond 15 words, the longest first."""

    lix: int
    longest: list

    @property
    def band(self):
        return band(self.lix)


def band(lix):
    """The Swedish words for a LIX."""
    return next((words for limit, words in BANDS if lix < limit), HARDEST)


def lix_of(words, sentences, long):
    """LIX, not rounded, of so many words, sentences and long words."""
    return words / sentences + 100 * long / words


def sentences_in(text):
    """The sentences of a text, each line of which ends one."""
    hidden = ABBREVIATION.sub(lambda found: found[0].replace(".", "\0"), text)
    parts, start = [], 0
    for end in END.finditer(hidden):
        parts.append(hidden[start : end.end()])
        start = end.end()
    parts.append(hidden[start:])
    restored = (" ".join(part.replace("\0", ".").split()) for part in parts)
    return [part for part in restored if re.search(r"\w", part)]


def words_in(text):
    text = ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return WORD.findall(text)


def lix(text):
    """LIX, not rounded, of a text whose lines end sentences; None under 50 words."""
    words = words_in(text)
    if len(words) < FEWEST_WORDS:
        return None
    long = sum(len(word) > LONG for word in words)
    return lix_of(len(words), len(sentences_in(text)), long)


def reading_of(text):
    """The Reading of a text whose lines end sentences, or None when it is too short for one."""
    score = lix(text)
    if score is None:
        return None
    lengths = {each: len(words_in(each)) for each in sentences_in(text)}
    longest = sorted(lengths, key=lambda each: -lengths[each])[:3]
    return Reading(round(score), [each for each in longest if lengths[each] > LONG_SENTENCE])
