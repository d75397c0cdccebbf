"""What pressing "Ångra" does."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponseRedirect
from django.urls import reverse

from publishing.admin.undo import SALT
from publishing.admin.unsaved import TAKEN_BACK, form_of
from publishing.models import OpenForm

HOURS = 12


class UndoPage:
    """Undoes what was done a moment ago, by the rights that the person has now."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request

    def answer(self):
        try:
            what = signing.loads(self.request.POST.get("what", ""), salt=SALT, max_age=HOURS * 3600)
        except signing.BadSignature:
            what = {}
        if what.get("by") != self.request.user.pk:
            messages.error(self.request, "Det går inte att ångra längre.")
            return HttpResponseRedirect(reverse("admin:index"))
        return getattr(self, f"_undo_{what['act']}")(what)

    def _undo_text(self, what):
        row = OpenForm.objects.of(self.request.user).filter(pk__in=what["keys"]).first()
        if not row or not row.written_at:
            messages.error(self.request, "Texten finns inte kvar.")
            return HttpResponseRedirect(reverse("admin:index"))
        row.take_up()
        return HttpResponseRedirect(f"{form_of(row)}?{TAKEN_BACK}={row.key}")
