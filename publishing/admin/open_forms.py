"""What an open form tells of itself, every now and then, and what it is answered."""

from django.http import HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import date_format

from publishing.admin.base import ContentAdmin
from publishing.admin.unsaved import forms_at, is_number, key_in, sentences_about
from publishing.models import OpenForm, Track, kind_of
from publishing.models.unsaved import LARGEST
from publishing.unsaved import FORM, text_in

NEW_TEXT, SAME_TEXT, NO_TEXT = "text", "same", "none"  # what _written says


class OpenFormPage:
    """For scripts: keeps what is written, tells who else is there, and gives a fresh token.

    Who says whose page it is (``_user``) is told when another person has logged in since.
    """

    def __init__(self, admin_site, request):
        self.request, self.sent = request, request.POST
        self.admins = {kind_of(model): each for model, each in admin_site._registry.items()}

    def answer(self):
        if self.request.method == "GET":
            return self._say(200 if self._is_mine(self.request.GET) else 409)
        if self.request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        admin, pk = self.admins.get(self.sent.get("_kind")), self.sent.get("_id", "")
        if not isinstance(admin, ContentAdmin) or (pk and not is_number(pk)):
            return self._say(404)
        if not self._is_mine(self.sent):
            return self._say(409)  # the form is somebody's who sat here before
        if not self._may(admin, pk):
            return self._say(403)
        key, written = key_in(self.sent.get(FORM), ""), self.sent.get("_written")
        if not key or written not in (NEW_TEXT, SAME_TEXT, NO_TEXT):
            return self._say(400)
        text = text_in(self.sent) if written == NEW_TEXT else {}
        if sum(len(each) for values in text.values() for each in values) > LARGEST:
            return self._say(413)
        return self._keep(kind_of(admin.model), int(pk) if pk else None, key, text, written)

    def _is_mine(self, data):
        own = str(self.request.user.pk)
        return data.get("_user", own) == own

    def _may(self, admin, pk):
        if pk:
            return admin.has_change_permission(self.request)
        return admin.has_add_permission(self.request)

    def _keep(self, kind, object_id, key, text, written):
        user = self.request.user
        fields = None if written == SAME_TEXT else text
        is_open = OpenForm.tell(user, key, kind, object_id, fields)
        return self._say(
            200 if is_open else 410,
            at=date_format(timezone.localtime(), "G:i"),
            said=self._said(kind, object_id) if object_id else [],
        )

    def _said(self, kind, object_id):
        """Sentences about others: who has the item open, and who has saved it meanwhile."""
        rows = forms_at(kind, object_id, self.request.user)
        said = sentences_about(row for row in rows if row.user_id != self.request.user.pk)
        base = self.sent.get("base_version")
        newest = Track.objects.filter(kind=kind, object_id=object_id)
        facts = newest.values_list("newest__number", "newest__by_name", "newest__by").first()
        # A form that was opened before anything was recorded began with the first version
        if facts and base is not None and facts[0] > (int(base) if is_number(base) else 1):
            own = facts[2] == self.request.user.pk
            who = "Du" if own else facts[1] or "Någon"
            said.append(
                f"{who} har sparat en ny version{' i ett annat fönster' if own else ''}. Spara som "
                "vanligt: texterna läggs ihop, och du får välja där de skiljer sig."
            )
        return said

    def _say(self, status, **facts):
        return JsonResponse({"token": get_token(self.request), **facts}, status=status)
