"""The numbers that Word writes before the items of its lists."""

import re

MARKER = re.compile(r"\(?(?:(?:\d+[.])*(\d{1,5})[.):]*|([a-zåäö]|[ivxlc]+)[.)]+)", re.I)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def is_number(marker):
    return bool(MARKER.fullmatch(marker))


def numbers(marker):
    """(what ``marker`` most likely counts to, what it could count to as well): i. is 1 or 9."""
    match = MARKER.fullmatch(marker)
    if not match:
        return 1, 0
    if match[1]:
        return int(match[1]), 0
    sign = match[2].lower()
    letter = LETTERS.find(sign) + 1
    if len(sign) > 1 or sign in "ivx":
        return _roman(sign), letter
    return letter, ROMAN.get(sign, 0)


def _roman(signs):
    values = [ROMAN[sign] for sign in signs]
    following = [*values[1:], 0]
    return sum(-one if one < other else one for one, other in zip(values, following, strict=True))
