"""What translates what in the versions that are older than the facts about it.

A text is taken for a translation of the Swedish in the version that it first stands in. Written out
in full, so that it does the same when the models have become others; only the hashes are those of
publishing.translatable, which later ones are compared with.
"""

from itertools import groupby

from django.conf import settings
from django.db import migrations
from modeltranslation.utils import build_localized_fieldname

from publishing.translatable import NOTHING, hash_of

# The field without which there is no page or entry in a language
NAMES = {
    "contacts.contactunit": "name",
    "contacts.helpline": "name",
    "images.image": "alt",
    "initiatives.district": "name",
    "initiatives.targetgroup": "name",
    "pages.notice": "text",
    "pages.sitesettings": "name",
    "pages.accessibilitystatement": "actor",
}
URGENCY = ["missing", "stale", "machine", "unreviewed", "current"]
CHUNK = 500


def learn(apps, schema_editor):
    if schema_editor.connection.alias != "default":
        return
    Track, Version = (apps.get_model("publishing", name) for name in ("Track", "Version"))
    versions = Version.objects.order_by("kind", "object_id", "number").defer("salts", "note")
    items = groupby(versions.iterator(CHUNK), key=lambda version: (version.kind, version.object_id))
    learnt = {}
    for place, history in items:
        if history := _Item.of(list(history)):
            learnt[place] = history
        if len(learnt) == CHUNK:
            _keep(apps, Track, learnt)
            learnt = {}
    _keep(apps, Track, learnt)


def _keep(apps, Track, learnt):
    Translation = apps.get_model("publishing", "Translation")
    Translation.objects.bulk_create(
        (
            Translation(kind=kind, object_id=key, **fact)
            for (kind, key), item in learnt.items()
            for fact in item.facts()
        ),
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    by_kind = groupby(sorted(learnt), key=lambda place: place[0])
    for kind, places in by_kind:
        tracks = Track.objects.filter(kind=kind, object_id__in=[key for _kind, key in places])
        tracks = list(tracks.only("kind", "object_id", "newest", "live", "translations"))
        for track in tracks:
            track.translations = learnt[kind, track.object_id].statuses(kind, track)
        Track.objects.bulk_update(tracks, ["translations"], batch_size=CHUNK)


class _Item:
    """The history of one item: known is {(language, field, text): {Swedish texts}}, by hashes."""

    def __init__(self, versions):
        self.known, self.pairs, self.status = {}, {}, versions[-1].status
        text = live = {}
        for version in versions:
            if version.data is None:
                continue
            pairs = self.pairs[version.pk] = _pairs(version.data)
            if version.is_minor:
                self._carry(live if version.is_live else text, pairs)
            self._write(pairs)
            text, live = pairs, pairs if version.is_live else live

    @classmethod
    def of(cls, versions):
        is_purged = any(version.action == "purged" for version in versions)
        return None if is_purged else cls(versions)

    def facts(self):
        for (language, field, text), sources in self.known.items():
            for source in sources:
                place = {"language": language, "field": field}
                yield {**place, "text_hash": text, "source_hash": source}

    def statuses(self, kind, track):
        shown = track.live_id if self._is_seen() and track.live_id else track.newest_id
        pairs = self.pairs.get(shown, {})
        codes = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        return {code: self._status(NAMES.get(kind, "title"), pairs, code) for code in codes}

    def _is_seen(self):
        state = self.status.get("state", "published")
        return state in ("published", "archived") or (
            state == "withdrawn" and self.status.get("withdrawal_reason") == "outdated"
        )

    def _status(self, name, pairs, language):
        own = {place: pair for place, pair in pairs.items() if place[0] == language}
        texts = {place: text for place, (text, _source) in own.items() if text != NOTHING}
        text, source = own.get((language, name), (NOTHING, NOTHING))
        has_swedish = any(each != NOTHING for _text, each in own.values())
        if (text == NOTHING and source != NOTHING) or (
            source == NOTHING and has_swedish and not texts
        ):
            return "missing"
        found = ["unreviewed" for _text in texts]
        if self._is_seen():
            found += ["stale" for p in texts if own[p][1] not in self.known[(*p, texts[p])]]
        return min(found, key=URGENCY.index, default="current")

    def _write(self, pairs):
        for place, (text, source) in pairs.items():
            if text != NOTHING:
                self.known.setdefault((*place, text), {source})

    def _carry(self, old, pairs):
        for place, (text, source) in pairs.items():
            was, was_source = old.get(place, (NOTHING, NOTHING))
            sources = self.known.get((*place, was), set())
            if text != NOTHING and was_source in sources:
                self.known.setdefault((*place, text), set()).add(source)
            elif text != NOTHING and sources:
                self.known.setdefault((*place, text), set(sources))


def _pairs(data, prefix=""):
    """{(language, field): (hash of the text, hash of the Swedish)}"""
    found = {}
    for column, value in data.items():
        name = column.removesuffix("_sv")
        if name != column:
            source = hash_of(value)
            for code, _name in settings.LANGUAGES:
                text = data.get(build_localized_fieldname(name, code))
                if code != settings.LANGUAGE_CODE:
                    found[code, f"{prefix}{name}"] = (hash_of(text), source)
        for row in value if isinstance(value, list) else []:
            if isinstance(row, dict):
                found |= _pairs(row, f"{prefix}{column}.{row['id']}.")
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("trollhattan_portal", "0002_first_versions"),
        ("publishing", "0003_translations"),
    ]
    operations = [migrations.RunPython(learn, migrations.RunPython.noop)]
