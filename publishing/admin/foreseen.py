"""What a verb will not do to chosen rows, and why: told before anybody presses."""

from dataclasses import dataclass

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse

from publishing.admin.quality import anchor_of
from publishing.admin.verbs import PUBLISH
from publishing.quality.links import Links
from publishing.usage import label_of


@dataclass(frozen=True)
class Reason:
    """Why not: a sentence, perhaps about a ``field`` that is mended at ``address``."""

    sentence: str
    field: str = ""
    address: str = ""


def reasons(verb, items, user):
    """{key: [Reason]} of those of ``items``, with their tracks, that ``verb`` will leave as is.

    Asked of what the verbs ask: at most four queries a row, two more with four eyes, and one for
    each address that the texts link to.
    """
    links = Links()
    found = {item.pk: list(_reasons(verb, item, user, links)) for item in items}
    return {key: each for key, each in found.items() if each}


def _reasons(verb, item, user, links):
    if not verb.fits(item):
        yield Reason(f"Lämnas som den är, eftersom {verb.why_not(item)}.")
        return
    if verb is not PUBLISH:
        return
    if item.needs_other_eyes(user):
        yield Reason("Du skrev senast, så någon annan måste publicera den.")
    form = reverse(admin_urlname(item._meta, "change"), args=[item.pk])
    for flaw in item.obstacles_ahead(links):
        field = item._meta.get_field(flaw.column)
        address = f"{form}?saknas#{anchor_of(field)}"
        yield Reason(flaw.sentence, label_of(field), address)
