"""What an address asks of the search. What can't be understood is left out; nobody is refused."""

import unicodedata
from dataclasses import dataclass, replace

from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language

from search.finding import AREAS, Search
from search.models import Document, KindOfHit
from search.queries import MOST_LETTERS

MOST_PAGES = 1_000
# Signs that turn the words around them, on the page as in the field
TURNING = {*"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


def clean(text):
    """``text`` without what nobody types, and no longer than what is read of it."""
    kept = (
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign
        for sign in text[: 4 * MOST_LETTERS]
        if sign not in TURNING
    )
    return "".join(kept).strip()[:MOST_LETTERS].strip()


@dataclass(frozen=True)
class Asked:
    text: str = ""
    group: str = ""
    area: str = ""  # the slug of a focus area
    page: int = 1

    @classmethod
    def of(cls, params):
        """From the parameters q, typ, omrade and sida of an address."""
        group, page = params.get("typ", ""), params.get("sida", "")
        is_page = page.isascii() and page.isdigit() and 0 < int(page[:5]) <= MOST_PAGES
        return cls(
            text=clean(params.get("q", "")),
            group=group if group in KindOfHit.values else "",
            area=clean(params.get("omrade", "")),
            page=int(page[:5]) if is_page else 1,
        )

    @cached_property
    def area_key(self):
        """The key of the chosen area; None without one that residents may find."""
        if not self.area:
            return None
        areas = Document.objects.visible().filter(kind=AREAS, path__endswith=f"/{self.area}/")
        return areas.values_list("object_id", flat=True).first()

    @cached_property
    def search(self):
        return Search(self.text, get_language(), group=self.group, area=self.area_key)

    def results(self):
        return self.search.results(self.page)

    def parameters(self, **changed):
        """The part of an address after "?" that asks this, but for what is ``changed``."""
        other = replace(self, **{"page": 1, **changed})
        values = {"q": other.text, "typ": other.group, "omrade": other.area}
        values["sida"] = other.page if other.page > 1 else ""
        return urlencode({name: value for name, value in values.items() if value})
