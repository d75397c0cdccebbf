"""Texts that translators send back: each item becomes a draft, or says what keeps it from that."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from publishing import snapshot
from publishing.history import recorded_kinds
from publishing.merging import meaning
from publishing.models import Clashing, Publishable, Track, kind_of
from publishing.models.translation import Origin
from publishing.translatable import (
    NOTHING,
    Pair,
    Place,
    column_of,
    hash_of,
    owner_of,
    pairs_of,
    texts_of,
    translated_columns,
)
from publishing.translation_units import Unit

SWEDISH = settings.LANGUAGE_CODE


class Outcome(models.TextChoices):
    """What became of a text."""

    SAVED = "saved", "Sparad"
    UNCHANGED = "unchanged", "Oförändrad"
    CLASHING = "clashing", "Krockar"
    INVALID = "invalid", "Går inte att spara"
    UNKNOWN = "unknown", "Okänd rad"
    REFUSED = "refused", "Saknar rätt"


@dataclass
class Result:
    """``theirs`` is what stands where a text clashes; ``item`` what it belongs to, if known."""

    unit: Unit
    outcome: Outcome
    reason: str = ""
    theirs: str = ""
    is_cleaned: bool = False
    item: object = None
    text: str = ""  # as it is kept
    is_reviewed: bool = False  # and that is known from now on
    may_be_reviewed: bool = False  # as the file says, but nobody has taken its word for it


def bring_home(units, language, *, by, origin=Origin.PERSON, trusts_reviews=False):
    """[Result] of saving ``units`` in ``language`` as changes by ``by``, in their order.

    A published kind gets a draft; in other kinds residents see the text at once. With
    ``trusts_reviews`` what the file calls reviewed is taken to be so, on the word of ``by``.
    """
    kinds = {kind_of(model): model for model in recorded_kinds() if translated_columns(model)}
    results, groups, seen = {}, defaultdict(list), set()
    for number, unit in enumerate(units):
        if not unit.place or unit.version is None or unit.place[0] not in kinds:
            results[number] = Result(unit, Outcome.UNKNOWN)
        elif unit.place in seen:
            results[number] = Result(unit, Outcome.INVALID, "Samma text står tidigare i filen.")
        else:
            seen.add(unit.place)
            groups[(*unit.place[:2], unit.version)].append(number)
    for (kind, key, version), numbers in groups.items():
        homecoming = _Homecoming(kinds[kind], key, version, language, by, origin)
        found = homecoming.bring([units[number] for number in numbers])
        homecoming.review(found, trusts_reviews)
        results |= zip(numbers, found, strict=True)
    return [results[number] for number in range(len(results))]


class _Homecoming:
    """Of the texts of one item, all taken from one version of it."""

    def __init__(self, model, key, version, language, by, origin):
        self.model, self.key, self.version = model, key, version
        self.language, self.by, self.origin = language, by, origin
        self.note = f"Importerad översättning ({dict(settings.LANGUAGES)[language]})."

    def bring(self, units):
        meta = self.model._meta
        if not self.by.has_perm(f"{meta.app_label}.change_{meta.model_name}"):
            return [Result(unit, Outcome.REFUSED) for unit in units]
        self.item = self.model._base_manager.filter(pk=self.key).first()
        self.track = self.item and Track.find(self.item)
        self.old = self.track.text_of(self.version) if self.track else {}
        if not self.old:
            return [Result(unit, Outcome.UNKNOWN) for unit in units]
        was = texts_of(self.model, self.old)
        now = texts_of(self.model, self.track.newest.data)
        results = [self._judged(unit, was, now) for unit in units]
        new = {each.unit.place[2]: each for each in results if each.outcome == Outcome.SAVED}
        if new:
            self._save(new)
        return results

    def review(self, results, is_trusted):
        """Take the file's word, if it ``is_trusted``, for what it calls reviewed."""
        kept = (Outcome.SAVED, Outcome.UNCHANGED)
        read = [each for each in results if each.unit.is_reviewed and each.outcome in kept]
        found = self._news(read) if read else []
        if not found or not is_trusted:
            for result, _place, _pair in found:
                result.may_be_reviewed = True
            return
        only = {place: pair for _result, place, pair in found}
        facts = {"by": self.by, "reviewed": True, "note": self.note, "only": only}
        try:
            is_said = bool(self.item.confirm_translation(self.language, **facts))
        except PermissionDenied as refusal:
            for result, _place, _pair in found:
                result.reason = f"{result.reason} {refusal}".strip()
        else:
            for result, _place, _pair in found:
                result.is_reviewed = is_said

    def _news(self, results):
        """[(Result, Place, Pair)] of those whose text nobody is known to have read.

        It must stand now as it was read, beside the Swedish that it was made from.
        """
        track, found = Track.find(self.item), []
        was, now = (pairs_of(texts_of(self.model, d)) for d in (self.old, track.newest.data))
        for result in results:
            place = Place(self.language, result.unit.place[2])
            pair = Pair(hash_of(result.unit.target), was[place].source)
            fact = track.facts.joining(place, pair)
            if pair == now.get(place) and pair.text != NOTHING and not (fact and fact.reviewed_at):
                found.append((result, place, pair))
        return found

    def _judged(self, unit, was, now):
        """The Result of a unit if nobody has written meanwhile, its text as it would be kept."""
        field = unit.place[2]
        if self.language not in was.get(field, {}):
            return Result(unit, Outcome.UNKNOWN)
        result = Result(unit, Outcome.SAVED, item=self.item)
        same = [meaning(each[field][self.language]) for each in (was, now) if field in each]
        # An empty line is one that nobody has translated
        if meaning(unit.target) in [None, *same]:
            result.outcome = Outcome.UNCHANGED
            return result
        try:
            result.text = self._kept(field, unit.target)
        except ValidationError as error:
            result.outcome, result.reason = Outcome.INVALID, " ".join(error.messages)
            return result
        result.is_cleaned = meaning(result.text) != meaning(unit.target)
        if meaning(result.text) in same:
            result.outcome = Outcome.UNCHANGED
        elif meaning(was[field].get(SWEDISH)) != meaning(now.get(field, {}).get(SWEDISH)):
            result.reason = "Svenskan har ändrats sedan filen exporterades."
        return result

    def _kept(self, field, text):
        """``text`` as its column keeps it. Raises ValidationError when it can't."""
        owner = owner_of(self.model, field)
        name = column_of(Place(self.language, field))
        kept = snapshot.normalised(owner, {name: text})[name]
        if meaning(kept) is None:
            raise ValidationError("Ingen text blev kvar när det som inte är tillåtet togs bort.")
        owner._meta.get_field(name).clean(kept, None)
        return kept

    def _save(self, results):
        """Save the texts of ``results`` ({field: Result}), and change those that can't be."""
        is_draft = issubclass(self.model, Publishable)
        try:
            (self._save_draft if is_draft else self._save_live)(results)
        except PermissionDenied as refusal:
            self._refuse(results, Outcome.REFUSED, str(refusal))
        except ValidationError as error:
            self._refuse(results, Outcome.INVALID, " ".join(error.messages))

    def _refuse(self, results, outcome, reason):
        for result in results.values():
            if result.outcome == Outcome.SAVED:
                result.outcome, result.reason = outcome, reason

    def _save_draft(self, results):
        """All but what clashes with what somebody has saved since."""
        left = {column_of(Place(self.language, field)): each for field, each in results.items()}
        while left:
            values = {column: result.text for column, result in left.items()}
            facts = {"note": self.note, "origin": self.origin}
            try:
                self.item.save_draft(by=self.by, values=values, base=self.version, **facts)
                break
            except Clashing as clashing:
                for clash in clashing.clashes:
                    result = left.pop(clash.field)
                    result.outcome, result.theirs = Outcome.CLASHING, clash.theirs or ""

    def _save_live(self, results):
        """The same, also where the Swedish has changed: readers would take it for translated."""
        was = texts_of(self.model, self.old)
        with self.item.recording(by=self.by, note=self.note, origin=self.origin):
            data = snapshot.read(self.item)
            now = texts_of(self.model, data)
            for field, result in results.items():
                shown = now.get(field, {})
                if not shown or any(
                    meaning(shown.get(code)) != meaning(was[field].get(code))
                    for code in (SWEDISH, self.language)
                ):
                    result.outcome, result.theirs = Outcome.CLASHING, shown.get(self.language, "")
                else:
                    _put(data, column_of(Place(self.language, field)), field, result.text)
            if any(result.outcome == Outcome.SAVED for result in results.values()):
                snapshot.write(self.item, data)
                self.item.full_clean()
                self.item.save()
                snapshot.write_children(self.item, data)


def _put(data, column, field, text):
    """Put ``text`` into ``data``, a version, or into one of the rows that it holds."""
    row = data
    if "." in field:
        rows, key, _name = field.split(".")
        row = next(each for each in data[rows] if each["id"] == int(key))
    row[column] = text
