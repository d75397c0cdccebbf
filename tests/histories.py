"""Histories to read: drafts with versions, rewritten and erased ones, and where they are shown."""

from django.urls import reverse

from publishing.models import Chain, Track, Version
from tests.factories import NewsItemFactory


def address(item, page="history", *numbers):
    """Where the back office shows ``page`` of the history of ``item``."""
    meta = item._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[item.pk, *numbers])


def draft(writer, *texts, **facts):
    """A draft with a version for each of ``texts``, {column: JSON value}, after its first."""
    item = NewsItemFactory(draft=True, title_sv="Torget", **facts)
    for text in texts:
        item.save_draft(by=writer, values=text)
    return item


def versions(item):
    return list(Version.objects.of(item))


def rewrite(item, number, **data):
    """Change the text of a version as if it had been written so, when its model was another."""
    version = Version.objects.of(item).get(number=number)
    Version.objects.filter(pk=version.pk).update(data={**version.data, **data})


def forget(item, number, *names):
    """Take columns out of a version as if they hadn't been in its model then."""
    version = Version.objects.of(item).get(number=number)
    kept = {name: value for name, value in version.data.items() if name not in names}
    Version.objects.filter(pk=version.pk).update(data=kept)


def erase(item, number, parts, note="Begäran, dnr 1.", by=None):
    """Take ``parts`` out of a version as the law asks; returns the record of it."""
    with Chain.writing() as chain:
        versions = list(Version.objects.of(item).filter(number=number))
        return Track.find(item).erase(chain, item, versions, parts, by=by, note=note)
