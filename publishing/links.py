"""Links inside the site, which follow when an address changes."""

import re

from django.apps import apps

from publishing import snapshot
from publishing.models.chain import Action
from publishing.models.reference import PREFIXES, Reference


def follow(chain, old, new, *, by):
    """Let every text that links to the Swedish path ``old`` link to ``new`` instead.

    The row that residents see, the editors' text and the one that waits; each is recorded.
    """
    replace = _replacer(old, new)
    for kind, key in Reference.objects.filter(target=old).values_list("kind", "object_id"):
        item = apps.get_model(kind)._base_manager.filter(pk=key).first()
        if item:
            _follow_in(chain, item, replace, by)


def _follow_in(chain, item, replace, by):
    from publishing.models.track import Track

    track, note = Track.begin(item, chain), "Adressen som länken går till har ändrats."
    moved = {}  # the version that a text had before: the one that it has now

    def moved_version(version):
        if version and version.pk not in moved:
            data = _replaced(type(item), version.data, replace)
            moved[version.pk] = (
                version
                if data == version.data
                else track.record(
                    chain,
                    item,
                    Action.LINKS,
                    data=data,
                    by=by,
                    note=note,
                    base=version.base,
                    is_live=version.pk == track.live_id,
                    is_minor=True,
                )
            )
        return version and moved[version.pk]

    is_shown = not track.live_id or track.live_id == track.newest_id or item.is_seen
    row = track.live if item.is_seen else track.newest
    if is_shown and row:
        _write_row(item, _replaced(type(item), row.data, replace))
    live, newest, scheduled = map(moved_version, (track.live, track.newest, track.scheduled))
    track.show(item, live=live, newest=newest, scheduled=scheduled)


def _write_row(item, data):
    names = snapshot.rich_columns(type(item))
    for name in names:
        setattr(item, name, data.get(name, ""))
    item.save(update_fields=names)


def _replaced(model, data, replace):
    rich = snapshot.rich_columns(model)
    return {name: replace(value) if name in rich else value for name, value in data.items()}


def _replacer(old, new):
    prefixes = "|".join(re.escape(prefix.rstrip("/")) for prefix in PREFIXES)
    link = re.compile(rf'(\bhref="(?:{prefixes})?){re.escape(old)}(?=["#?])')
    return lambda html: link.sub(lambda found: found[1] + new, html or "")
