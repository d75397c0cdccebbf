"""Whether a text is fit to be seen: the one place that asks the quality gate before publishing."""

from django.core.exceptions import PermissionDenied, ValidationError

from publishing import snapshot
from publishing.models.chain import Action
from publishing.models.finding import Exemption
from publishing.models.states import State
from publishing.quality import judge


class Unfit(ValidationError):
    """What keeps a text from being published: ``flaws``, told by field."""

    def __init__(self, flaws):
        self.flaws = flaws
        super().__init__(told(flaws))


def told(flaws):
    """{column: [sentence]}"""
    by_column = {}
    for flaw in flaws:
        by_column.setdefault(flaw.column, []).append(flaw.sentence)
    return by_column


class Fitness:
    """What the verbs of Publishable ask of a text."""

    def flaws(self, languages=None, links=None):
        """[Flaw] of the text on this row, advice among them: one query a link to the site.

        ``links`` is for who asks of many.
        """
        return judge(self, languages, links)

    def obstacles(self, languages=None, links=None):
        """[Flaw] that would keep the text on this row from being published in ``languages``."""
        blocking = [flaw for flaw in self.flaws(languages, links) if flaw.blocks]
        if not blocking or not self.pk:
            return blocking
        held = Exemption.objects.of(self).in_force().values_list("fingerprint", flat=True)
        excused = set(held)
        return [
            flaw
            for flaw in blocking
            if not (flaw.rule.may_be_excused and flaw.fingerprint in excused)
        ]

    def obstacles_ahead(self, links=None):
        """The same of the editors' newest text, of which this row may know nothing."""
        if not self.track:
            return self.obstacles(links=links)
        probe = type(self)._base_manager.get(pk=self.pk)
        snapshot.write(probe, self.track.newest.data)
        return probe.obstacles(links=links)

    def publish_problems(self):
        """What is missing before this may be published: {field name: sentence}."""
        return {name: " ".join(each) for name, each in told(self.obstacles()).items()}

    def accept_flaws(self, override, *, by):
        """Let flaws of the page that residents see stay until a day. Returns the version.

        Raises PermissionDenied, or ValidationError without a reason and a day to come.
        """
        with self._acting(by, "publish", "göra undantag för") as (chain, track):
            if self.state != State.PUBLISHED:
                raise ValidationError("Undantag görs när sidan publiceras.")
            found = [flaw for flaw in self.obstacles() if flaw.fingerprint in override.accepted]
            if not found:
                raise ValidationError("Felet finns inte längre.")
            if any(not flaw.rule.may_be_excused for flaw in found):
                raise PermissionDenied("Den regeln går det inte att göra undantag från.")
            version = self._exempt(chain, track, found, override, by)
            track.save(update_fields=["numbers"])
            return version

    def _exempt(self, chain, track, flaws, override, by):
        """Write down that ``flaws`` may stay; what and until when is public, why a note."""
        if not flaws:
            return None
        rules = sorted({flaw.rule.name for flaw in flaws})
        status = {"exempted": rules, "mend_by": override.mend_by.isoformat()}
        note = override.reason.strip()
        version = track.record(chain, self, Action.EXEMPTED, by=by, note=note, status=status)
        Exemption.allow(self, flaws, override, version)
        return version

    def _make_public(self, data, *, is_minor, was, languages=None, override=None):
        """Raises ValidationError, with one sentence a field, for what isn't fit to be seen.

        Returns the flaws that ``override`` lets pass.
        """
        snapshot.write(self, data)
        self.state, self.withdrawal_reason = State.PUBLISHED, ""
        passed = self._require_quality(languages, override)
        is_update = not is_minor and (was is None or was.data != data)
        left_out = {"created_at", *([] if is_update else ["updated_at"])}
        fields = (field for field in self._meta.concrete_fields if not field.primary_key)
        self.save(update_fields=[field.name for field in fields if field.name not in left_out])
        snapshot.write_relations(self, data)
        return passed

    def _require_fit(self, data, languages=None, override=None):
        """Raises and returns as _make_public() would, and leaves this row as it is."""
        probe = type(self)._base_manager.get(pk=self.pk)
        snapshot.write(probe, data)
        return probe._require_quality(languages, override)

    def _require_quality(self, languages, override):
        left, passed = self.obstacles(languages), []
        if override:
            override.require_reasons()
            passed = [
                flaw
                for flaw in left
                if flaw.rule.may_be_excused and flaw.fingerprint in override.accepted
            ]
            left = [flaw for flaw in left if flaw not in passed]
        if left:
            raise Unfit(left)
        self.full_clean()
        return passed
