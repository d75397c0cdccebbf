"""Where an item stands between its editors and its residents."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from publishing import snapshot
from publishing.merging import merge
from publishing.models.chain import BY, NOTE, Action, Version, kind_of
from publishing.models.facts import Facts
from publishing.models.reference import Reference
from publishing.models.states import State
from publishing.models.translation import Translation
from publishing.translatable import texts_of
from publishing.translation_status import standings, statuses_in

BIN_TIME = timedelta(days=90)


class TrackQuerySet(models.QuerySet):
    def of(self, item):
        return self.filter(kind=kind_of(item), object_id=item.pk)

    def due(self, at=None):
        """Those with a version whose minute has come, the earliest first."""
        return self.filter(scheduled_at__lte=at or timezone.now()).order_by("scheduled_at", "pk")

    def with_changes(self):
        """Those of items that residents see, with a newer text that they don't see yet."""
        return self.filter(live__isnull=False, binned_at=None).exclude(newest=F("live"))

    def behind(self):
        """Those whose newer text was begun before what residents have got since."""
        begun = self.with_changes().filter(newest__base__isnull=False)
        return begun.filter(~Q(newest__base=F("live__number")))

    def clashing(self, most):
        """Those of behind() that somebody must settle; ``most`` of them are looked at: two queries.

        Their items are not asked, so that nothing of a kind need be known but where its HTML is.
        """
        tracks = list(self.behind().select_related("newest", "live").order_by("-pk")[:most])
        bases = Q(pk=None)
        for track in tracks:
            bases |= Q(kind=track.kind, object_id=track.object_id, number=track.newest.base)
        versions = Version.objects.filter(bases) if tracks else []
        known = {(each.kind, each.object_id): each.data for each in versions}
        return [each for each in tracks if each.clashes_with(known[each.kind, each.object_id])]

    def in_bin(self):
        """What has been thrown away and can still be taken up again."""
        return self.filter(binned_at__isnull=False).order_by("-binned_at")

    def standing(self, language, status):
        """Those of items whose translation to ``language`` has the ``status``."""
        return self.filter(**{f"translations__{language}": status})

    def statuses_of(self, items):
        """{item: {language: TranslationStatus}} of ``items``, rows of one model: one query."""
        if not items:
            return {}
        tracks = self.filter(kind=kind_of(items[0]), object_id__in=[item.pk for item in items])
        known = dict(tracks.values_list("object_id", "translations"))
        return {item: statuses_in(known.get(item.pk, {}), type(item)) for item in items}

    def attach_to(self, items):
        """Give each of ``items``, rows of one model, its track: one query."""
        if not items:
            return
        tracks = self.filter(kind=kind_of(items[0]), object_id__in=[item.pk for item in items])
        tracks = tracks.select_related("scheduled", "submitted_by").defer("scheduled__data")
        by_id = {track.object_id: track for track in tracks}
        for item in items:
            item.__dict__["track"] = by_id.get(item.pk)


class Track(models.Model):
    """Which versions of an item are the editors', the residents', and the one that waits."""

    kind = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    numbers = models.PositiveIntegerField(default=0)  # the last number that a version got
    newest = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    live = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(  # of the changes that newest has beyond live
        max_length=20, choices=State, default=State.DRAFT
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    sent_back_to = models.ForeignKey(  # who has not submitted it again since
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    scheduled = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    scheduled_at = models.DateTimeField(null=True)
    binned_at = models.DateTimeField(null=True)
    # {language: TranslationStatus} of what residents see, else of the editors' text: for lists
    translations = models.JSONField(default=dict, db_default={})
    # {language: ISO date} of when those that are current were reviewed: for lists
    translations_reviewed = models.JSONField(default=dict, db_default={})

    objects = TrackQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["scheduled_at"], name="publishing_track_due"),
            models.Index(fields=["binned_at"], name="publishing_track_bin"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="publishing_track_object"),
            models.CheckConstraint(
                name="publishing_track_schedule_whole",
                condition=Q(scheduled=None, scheduled_at=None)
                | Q(scheduled__isnull=False, scheduled_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"

    @classmethod
    def find(cls, item):
        """The track of ``item`` with its versions, or None when nobody has written one yet."""
        if not item.pk:
            return None
        versions = ["newest", "live", "scheduled", "submitted_by"]
        return cls.objects.of(item).select_related(*versions).first()

    @classmethod
    def begin(cls, item, chain, action=Action.IMPORTED, *, copy_of=None, **facts):
        """The track of ``item``, begun with the row as it is when there is none.

        Its texts are taken for translations of the Swedish beside them, if it is no copy of a text
        whose track, ``copy_of``, knows better.
        """
        if track := cls.find(item):
            return track
        track = cls(kind=kind_of(item), object_id=item.pk)
        track.facts = Facts(type(item), item.pk)  # there are none yet
        facts["is_live"] = item.is_seen
        data = snapshot.read(item)
        version = track.record(chain, item, action, data=data, **facts)
        if copy_of:
            track.facts.take_over(copy_of.facts, data)
        else:
            track.facts.write({}, data)
        track.show(item, newest=version, live=version if item.is_seen else None)
        return track

    @cached_property
    def facts(self):
        """The Facts about its translations, which show() keeps: one query."""
        model = apps.get_model(self.kind)
        return Facts.of(model(pk=self.object_id))

    @property
    def has_changes(self):
        """Whether the editors' text is another than the residents'."""
        return self.live_id is not None and self.newest_id != self.live_id

    @property
    def purged_on(self):
        """The local date from which it can't be taken up again, or None when it isn't binned."""
        return timezone.localdate(self.binned_at + BIN_TIME) if self.binned_at else None

    def clashes_with(self, base):
        """Whether the editors' text, begun from ``base`` ({column: value}), and residents' do."""
        rich = snapshot.rich_columns(apps.get_model(self.kind))
        _text, clashes = merge(base or {}, self.newest.data, self.live.data, rich=rich)
        return bool(clashes)

    def binned_version(self):
        """What the item was when it was thrown away, or None when it isn't."""
        if not self.binned_at:
            return None
        thrown = Version.objects.filter(kind=self.kind, object_id=self.object_id)
        return thrown.filter(action=Action.BINNED).order_by("number").last()

    def binned_name(self):
        """Its kind and title when it was thrown away: "nyhet ”Ny lekplats”"."""
        model, version = apps.get_model(self.kind), self.binned_version()
        return f"{model._meta.verbose_name} ”{model.title_in(version.data)}”"

    def version(self, number):
        """The version ``number`` of this item. Raises Version.DoesNotExist."""
        return Version.objects.get(kind=self.kind, object_id=self.object_id, number=number)

    def text_of(self, number):
        """The text of version ``number``; {} for None or what has been erased."""
        if number is None:
            return {}
        for known in (self.newest, self.live, self.scheduled):
            if known and known.number == number:
                return known.data or {}
        found = Version.objects.filter(
            kind=self.kind, object_id=self.object_id, number=number
        ).first()
        return (found and found.data) or {}

    def record(self, chain, item, action, *, data=None, by=None, note="", status=None, **facts):
        """Append to the chain what was done with ``item``; returns the version."""
        self.numbers += 1
        return chain.append(
            kind=self.kind,
            object_id=self.object_id,
            number=self.numbers,
            action=action,
            data=data,
            by=by,
            note=note,
            status={**item.status(), **(status or {})},
            **facts,
        )

    def show(self, item, *, is_said_otherwise=True, **changed):
        """Save this with ``changed`` values, and the index of what its texts refer to.

        How the translations stand is derived anew, unless texts and state are what they were.
        """
        for name, value in changed.items():
            setattr(self, name, value)
        if self.has_changes and self.newest.data == self.live.data:
            self.newest = self.live  # what was changed has been changed back
        if item.is_seen and not self.has_changes:
            self.stage, self.submitted_by, self.sent_back_to = State.DRAFT, None, None
        if is_said_otherwise:
            self.facts.keep()
            standings = self.standings(item).items()
            self.translations = {language: standing.status for language, standing in standings}
            self.translations_reviewed = {
                language: standing.reviewed_on.isoformat()
                for language, standing in standings
                if standing.reviewed_on
            }
        self.save()
        texts = [self.newest, self.live, self.scheduled]
        Reference.index(item, [version.data for version in texts if version and version.data])

    def standings(self, item):
        """{language: Standing} of what residents see of ``item``, else of the editors' text."""
        shown = (item.is_seen and self.live) or self.newest
        texts = texts_of(type(item), shown.data)
        return standings(type(item), texts, self.facts, is_seen=item.is_seen)

    def erase(self, chain, item, versions, parts, *, by, note):
        """Take ``parts`` out of ``versions`` of this item for ever, and record that and why.

        Raises PermissionDenied, and ValidationError without a reason, or for text that residents or
        editors see now.
        """
        if by and not by.has_perm("publishing.erase_version"):
            raise PermissionDenied("Du har inte rätt att radera ur historiken.")
        if not note.strip():
            raise ValidationError("Skriv varför. Skälet står kvar i historiken.")
        binned = self.binned_version()
        shown = {self.newest_id, self.live_id, self.scheduled_id, binned and binned.pk}
        if set(parts) - {BY, NOTE} and any(version.pk in shown for version in versions):
            raise ValidationError("Ändra först det som visas nu. Sedan kan den äldre texten bort.")
        erased = {}
        for version in versions:
            version.take_away(parts)
            version.save(update_fields=["data", "note", "by", "by_name", "salts", "gaps"])
            erased[str(version.sequence)] = sorted(version.gaps)
        if set(parts) - {BY, NOTE}:
            Translation.objects.forget_erased(item)
        status = {"erased": erased}
        record = self.record(chain, item, Action.ERASED, by=by, note=note, status=status)
        self.save(update_fields=["numbers"])
        return record
