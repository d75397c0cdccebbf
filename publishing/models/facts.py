"""The facts about the translations of one item: read once, asked, and written with its track."""

from collections import defaultdict

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from publishing.models.chain import kind_of
from publishing.models.translation import Origin, Translation
from publishing.translatable import NOTHING, UNKNOWN, Pair, column_of, pairs_of, texts_of


class Facts:
    """What is known of the texts of one item; what is added is kept by keep().

    Texts are given as {column: JSON value} of ``model``, as versions hold them.
    """

    def __init__(self, model, object_id, rows=()):
        self.model, self.object_id = model, object_id
        self._by_text, self._new, self._reviewed = {}, [], []
        for row in rows:
            self._index(row)

    @classmethod
    def of(cls, item, language=None):
        """Those of ``item``, perhaps in one language only: one query."""
        rows = Translation.objects.of(item).order_by("pk")
        rows = rows.filter(language=language) if language else rows
        return cls(type(item), item.pk, rows)

    @classmethod
    def attach_to(cls, tracks, language):
        """Give each of ``tracks``, of many kinds, its facts about one language: one query."""
        places = {(track.kind, track.object_id) for track in tracks}
        kinds, keys = zip(*places, strict=True)
        rows = Translation.objects.filter(language=language, kind__in=kinds, object_id__in=keys)
        found = defaultdict(list)
        for row in rows.order_by("pk"):  # also of items with the key of another kind
            found[row.kind, row.object_id].append(row)
        for track in tracks:
            rows = found[track.kind, track.object_id]
            track.facts = cls(apps.get_model(track.kind), track.object_id, rows)

    def about(self, place, text_hash):
        """{hash of a Swedish text: Translation} of what a text was made from, the oldest first."""
        return self._by_text.get((*place, text_hash), {})

    def joining(self, place, pair):
        """The Translation that joins the two texts of a pair, or None."""
        return self.about(place, pair.text).get(pair.source)

    # What is learnt

    def write(self, old, new, *, is_minor=False, origin=Origin.PERSON):
        """Somebody has made ``new`` of ``old``, who saw both Swedish and the language then.

        What she changed in a language translates the Swedish of ``new``. A minor change leaves
        each translation what it was.
        """
        if is_minor:
            self.carry(old, new)
        for place, pair, was in self._changes(old, new):
            is_carried = is_minor and was.text != NOTHING
            if pair.text in (was.text, NOTHING) or is_carried or self.joining(place, pair):
                continue
            self._add(place, pair, origin=self._origin(place, pair, origin))

    def carry(self, old, new):
        """``new`` was made of ``old`` without changing what any text says."""
        for place, pair, was in self._changes(old, new):
            self._pass_on(place, pair, [was])

    def merge(self, new, *sides, settled=()):
        """``new`` was merged of ``sides``: it is translated as well as the worst of them.

        Not so where somebody has ``settled`` ({column: text}) which text is to stand: another than
        those of the sides was written with the Swedish in view.
        """
        befores = [self._pairs(side) for side in sides]
        for place, pair in self._pairs(new).items():
            was = [before.get(place, Pair(NOTHING, NOTHING)) for before in befores]
            if pair in was or not _is_settled(place, settled):
                self._pass_on(place, pair, was)
            elif pair.text not in [each.text for each in was]:
                self._add(place, pair)

    def take_over(self, other, data):
        """``data`` is a copy of a text of another item, whose facts hold for it too."""
        for place, pair in self._pairs(data).items():
            for source, fact in other.about(place, pair.text).items():
                self._add(place, Pair(pair.text, source), **_worst([fact]))

    def unsaid(self, data, language, *, is_reviewed):
        """{Place: Pair} of what nobody has said yet of ``data`` in ``language``.

        That it translates the Swedish beside it; with ``is_reviewed`` that one who speaks it has
        read it today.
        """
        found, today = {}, timezone.localdate()
        for place, pair in self._pairs(data).items():
            fact = self.joining(place, pair)
            if place.language == language and pair.text != NOTHING:
                is_said = fact and (not is_reviewed or fact.reviewed_on == today)
                found |= {} if is_said else {place: pair}
        return found

    def confirm(self, pairs, *, is_reviewed):
        """Somebody says so of ``pairs`` ({Place: Pair})."""
        for place, pair in pairs.items():
            fact = self.joining(place, pair)
            if not fact:
                fact = self._add(place, pair, origin=self._origin(place, pair))
            if is_reviewed:
                fact.reviewed_at = timezone.now()
                self._reviewed += [fact] if fact.pk else []

    def keep(self):
        """Write down what is new: one query, and one for reviews of what was known before."""
        new, reviewed, self._new, self._reviewed = self._new, self._reviewed, [], []
        if new:
            Translation.objects.bulk_create(new)
        if reviewed:
            Translation.objects.bulk_update(reviewed, ["reviewed_at"])

    def _changes(self, old, new):
        """(Place, Pair, the Pair that was there) of all texts."""
        before = self._pairs(old)
        for place, pair in self._pairs(new).items():
            yield place, pair, before.get(place, Pair(NOTHING, NOTHING))

    def _pairs(self, data):
        return pairs_of(texts_of(self.model, data))

    def _origin(self, place, pair, otherwise=Origin.PERSON):
        """Who made a text, whatever it is said to be a translation of now."""
        facts = list(self.about(place, pair.text).values())
        return facts[-1].origin if facts else otherwise

    def _pass_on(self, place, pair, was):
        """Let ``pair`` be translated as well as the worst of the pairs that it comes from."""
        if pair.text == NOTHING or self.joining(place, pair):
            return
        known = [self.joining(place, each) for each in was]
        if all(known):
            self._add(place, pair, **_worst(known))
        elif self.about(place, pair.text):
            return
        elif len(was) == 1:
            for source, fact in self.about(place, was[0].text).items():
                self._add(place, Pair(pair.text, source), **_worst([fact]))
        else:
            facts = [fact for each in was for fact in self.about(place, each.text).values()]
            self._add(place, Pair(pair.text, UNKNOWN), origin=_worst(facts)["origin"])

    def _add(self, place, pair, *, origin=Origin.PERSON, reviewed_at=None):
        fact = Translation(
            kind=kind_of(self.model),
            object_id=self.object_id,
            language=place.language,
            field=place.field,
            text_hash=pair.text,
            source_hash=pair.source,
            origin=origin,
            reviewed_at=reviewed_at,
        )
        self._new.append(fact)
        self._index(fact)
        return fact

    def _index(self, fact):
        known = self._by_text.setdefault((fact.language, fact.field, fact.text_hash), {})
        known[fact.source_hash] = fact


def _worst(facts):
    """{column: value} of what is derived from all of ``facts``."""
    reviews = [fact.reviewed_at for fact in facts]
    return {
        "origin": Origin.MACHINE if any(fact.is_by_machine for fact in facts) else Origin.PERSON,
        "reviewed_at": min(reviews) if reviews and all(reviews) else None,
    }


def _is_settled(place, settled):
    swedish = place._replace(language=settings.LANGUAGE_CODE)
    return bool({column_of(swedish), column_of(place)} & set(settled))
