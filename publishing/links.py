"""Links inside the site, which follow when an address changes."""

import re

from django.apps import apps
from django.conf import settings

from publishing import snapshot
from publishing.models.chain import Action, Version
from publishing.models.reference import PREFIXES, Reference

NOTE = "Adressen som länken går till har ändrats."


def follow(chain, old, new, *, by):
    """Let every text that links to the Swedish path ``old`` link to ``new`` instead.

    The row that residents see, the editors' text and the one that waits; each is recorded. Returns
    whether there was any.
    """
    replace, is_any = _replacer(old, new), False
    for kind, key in Reference.objects.filter(target=old).values_list("kind", "object_id"):
        item = apps.get_model(kind)._base_manager.filter(pk=key).first()
        if item:
            _Following(chain, item, replace, by).follow()
            is_any = True
    return is_any


class _Following:
    """The texts of one item that links are corrected in."""

    def __init__(self, chain, item, replace, by):
        from publishing.models.track import Track

        self.chain, self.item, self.replace, self.by = chain, item, replace, by
        self.track = Track.begin(item, chain)
        self.moved = {None: None}  # number of a version: the one that has taken its place

    def follow(self):
        track = self.track
        live, newest, scheduled = map(self._moved, (track.live, track.newest, track.scheduled))
        track.show(self.item, live=live, newest=newest, scheduled=scheduled)
        self._write_row((live if self.item.is_seen else newest).data)

    def _moved(self, version):
        if not version:
            return None
        if version.number not in self.moved:
            data = self._replaced(version.data)
            is_same = data == version.data
            self.moved[version.number] = version if is_same else self._record(version, data)
        return self.moved[version.number]

    def _record(self, version, data):
        self.track.facts.carry(version.data, data)
        return self.track.record(
            self.chain,
            self.item,
            Action.LINKS,
            data=data,
            by=self.by,
            note=NOTE,
            base=self._moved_base(version.base),
            is_live=version.pk == self.track.live_id,
            is_minor=True,
        )

    def _moved_base(self, number):
        """The number of the text that another started from, links corrected in that one too.

        Else each corrected link would be a difference between the two, and clash with what has
        been written beside it.
        """
        if number not in self.moved:
            track = self.track
            found = Version.objects.filter(
                kind=track.kind, object_id=track.object_id, number=number
            ).first()
            self.moved[number] = found if not found or found.data is None else self._moved(found)
        base = self.moved[number]
        return base.number if base else number

    def _write_row(self, data):
        names = snapshot.rich_columns(type(self.item))
        for name in names:
            setattr(self.item, name, data.get(name, ""))
        self.item.save(update_fields=names)

    def _replaced(self, data):
        rich = snapshot.rich_columns(type(self.item))
        return {
            name: self.replace(text) if text and name in rich else text
            for name, text in data.items()
        }


def _replacer(old, new):
    site, path = re.escape(settings.BASE_URL), re.escape(old.rstrip("/"))
    prefixes = "|".join(re.escape(prefix.rstrip("/")) for prefix in PREFIXES)
    link = re.compile(rf'(\bhref="(?:{site})?(?:{prefixes})?){path}/?(?=["#?])')
    return lambda html: link.sub(lambda found: found[1] + new, html)
