"""What pressing "Ångra" does: the opposite, by the model's own verbs and the rights of now."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse

from publishing.admin.status import what_residents_see
from publishing.admin.undo import SALT, TAKEN_BACK
from publishing.admin.unsaved import TAKEN_BACK as TAKEN_UP
from publishing.admin.unsaved import form_of
from publishing.models import OpenForm, Publishable, ShareLink, Track, kind_of
from publishing.models.undoing import LATER, NOTE, UNDO_TIME


class UndoPage:
    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request

    def answer(self):
        what = self._what()
        if what.get("by") != self.request.user.pk:
            messages.error(self.request, "Det går inte att ångra längre.")
            return HttpResponseRedirect(reverse("admin:index"))
        if what["act"] == "text":
            return self._take_text_up(what["rows"])
        if page := self.site.undoing.get(what["act"]):
            return page(self.site, self.request).undo(what["rows"])
        return self._undo(what["act"], what["kind"], what["rows"])

    def _what(self):
        sent = self.request.POST.get("what", "")
        try:
            return signing.loads(sent, salt=SALT, max_age=UNDO_TIME)
        except signing.BadSignature:
            return {}

    def _take_text_up(self, keys):
        row = OpenForm.objects.of(self.request.user).filter(pk__in=keys).first()
        if not row or not row.written_at:
            messages.error(self.request, "Texten finns inte kvar.")
            return HttpResponseRedirect(reverse("admin:index"))
        row.take_up()
        return HttpResponseRedirect(f"{form_of(row)}?{TAKEN_UP}={row.key}")

    def _undo(self, act, kind, rows):
        admin = next(each for each in self.site._registry.values() if kind_of(each.model) == kind)
        done = [self._undo_one(admin, act, *row) for row in rows]
        opts = admin.opts
        if len(rows) == 1 and done[0]:
            return HttpResponseRedirect(reverse(admin_urlname(opts, "change"), args=[rows[0][0]]))
        return HttpResponseRedirect(reverse(admin_urlname(opts, "changelist")))

    def _undo_one(self, admin, act, key, number, facts):
        """Returns whether the row is there afterwards."""
        title = ""
        try:
            item = self._row(admin, act, key, number)
            title = f" ”{item}”" if item else ""
            item, besides = UNDOING[act](item, admin.model, key, self.request.user, **facts)
        except (PermissionDenied, ValidationError) as refusal:
            why = " ".join(getattr(refusal, "messages", [str(refusal)]))
            admin.message_user(self.request, f"Det gick inte att ångra{title}. {why}", "error")
            return admin.model._base_manager.filter(pk=key).exists()
        sees = what_residents_see(item) if isinstance(item, Publishable) else ""
        sentence = f"Ångrat: ”{item}” är som förut. {sees} {besides}".strip()
        admin.message_user(self.request, sentence, messages.SUCCESS)
        admin.log_change(self.request, item, NOTE)
        return True

    def _row(self, admin, act, key, number):
        if act == "bin":
            return None
        item = admin.model._base_manager.filter(pk=key).first()
        track = item and Track.find(item)
        if not track or track.numbers != number:
            raise ValidationError(LATER)
        item.track = track  # so that what is judged here is what is undone
        return item


# Each returns the row, and a sentence about what didn't come back with it


def _take_out_of_bin(_item, model, key, user):
    return model.take_out_of_bin(key, by=user), ""


def _take_back(item, _model, _key, user):
    return item, item.take_back(by=user, number=item.track.numbers)


def _submit_again(item, _model, _key, user, *, writer=None):
    writer = get_user_model().objects.filter(pk=writer).first()
    item.submit(by=user, note=NOTE, writer=writer)
    return item, ""


def _restore(item, _model, _key, user, *, version):
    item.restore(Track.find(item).version(version), by=user)
    return item, ""


def _put_file_back(item, _model, _key, user, *, version):
    item.put_file_back(Track.find(item).version(version), by=user)
    return item, "Den nya bildfilen är borttagen."


def _share_again(item, _model, _key, user, *, link):
    item.share_again(ShareLink(pk=link), by=user)
    return item, "Länken gäller igen."


UNDOING = {
    "bin": _take_out_of_bin,
    **dict.fromkeys(TAKEN_BACK, _take_back),
    "send_back": _submit_again,
    "restore": _restore,
    "unshare": _share_again,
    "file": _put_file_back,
}
