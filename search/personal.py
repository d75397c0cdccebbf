"""What may be about somebody: texts with any of this are not kept, whatever else they say.

Names can't be told from other words. They are dealt with by how many have asked (MissedQuery).
"""

import re
import unicodedata

FEWEST_DIGITS = 6  # in a row: a date of birth, a short phone number
MOST_DIGITS = 9  # in all of a text
# Digits with what people put between them; a colon is of hours and laws (10:30, 2010:800)
DIGITS = re.compile(r"\d(?:[^\w:]{0,3}_?[^\w:]{0,3}\d)*")
# Years from–to, and the numbers for help that are the same all over Europe
HARMLESS = re.compile(r"(?:19|20)\d\d ?[-–—/] ?(?:19|20)\d\d|116 ?\d{3}")
NUMBER_WORD = "noll|ett|en|två|tre|fyra|fem|sex|sju|åtta|nio"
TOP = "se|nu|com|net|org|eu|info|fi|no|dk|de|io|me|uk|app|dev|biz"
MAIL_HOSTS = "gmail|hotmail|outlook|icloud|yahoo|telia|bredband|protonmail|live|msn|comhem"
MONTH = "jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec"
STREET = (
    r"\w*(?:gatan?|väg(?:en)?|gränd(?:en)?|stig(?:en)?|torget|allén|backen|plan|leden|katu|tie)"
)
MARKS = [
    re.compile(pattern)
    for pattern in (
        r"@",
        r"[(\[{<] ?(?:a|at|ät|snabel-?a) ?[)\]}>]",
        r"\bsnabel",
        rf"\b(?:at|ät|kanelbulle|miukumauku)\b.*\b(?:dot|punkt|piste|{TOP})\b",
        rf"\w\W+(?:{MAIL_HOSTS})\b",
        r"://|\bwww\b",
        rf"\w ?[.] ?(?:{TOP})\b|\b(?:punkt|dot|piste) (?:{TOP})\b",
        rf"\b{STREET} ?\d+",
        r"\b[a-zåäö]{3} ?(?!112\b)\d\d[a-z0-9]\b",  # a car
        r"\blgh\W*\d{4}\b",
        rf"\bfödd\b.*\b\d{{1,2}}\W*(?:{MONTH})",
        r"\b(?:snap|insta)\w*(?: ?:| \w*[\d_])",
        r"\b(?:hon|han|hen|den|\w*(?:son|dotter|barn|kompis|granne|man|fru)) heter\b",
        rf"(?:\b(?:{NUMBER_WORD})\b\W*){{6}}",
        r"\b(?:jag heter|mitt namn|vid namn|som heter|my name is|nimeni on|named)\b",
        r"اسمي|اسمه|اسمها",
    )
]


def may_be_personal(text):
    """Whether ``text`` has an identity or phone number, a mail or other address, or the like."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Mn", "Me"))
    if sum(sign.isdigit() for sign in text) > MOST_DIGITS:
        return True
    return any(map(_is_long, DIGITS.findall(text))) or any(mark.search(text) for mark in MARKS)


def _is_long(digits):
    number = sum(sign.isdigit() for sign in digits)
    return number >= FEWEST_DIGITS and not HARMLESS.fullmatch(digits)
