"""Papperskorgen: what is thrown away is asked about first, and can be taken up again."""

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from publishing.admin.copying import CopyPages
from publishing.admin.undo import with_undo
from publishing.admin.uses import UsesPages, where_used
from publishing.models import kind_of
from publishing.models.track import BIN_TIME

AT_MOST = 100  # rows at once
USES_SHOWN = 20


class BinPages(CopyPages, UsesPages):
    """What an admin of content needs for it, where it is used and copies among that."""

    delete_confirmation_template = "admin/throw_away.html"

    def delete_view(self, request, object_id, extra_context=None):
        """Throw one row away, after asking; nothing in the back office deletes for ever."""
        item = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(request, item):
            raise PermissionDenied(self._why_not_thrown_away(request, item))
        if item is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        item.refresh_again()  # what is linked to is the address that residents have
        return ThrowAwayPage(self, request, [item]).answer(request.method == "POST")

    def _why_not_thrown_away(self, request, item):
        if item and item.may_be_binned_by(request.user):
            return f"Avpublicera ”{item}” innan du kastar den."
        return f"Du har inte rätt att kasta {self.opts.verbose_name_plural}."

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            label = "Lägg i papperskorgen"
            actions["delete_selected"] = (throw_away_selected, "delete_selected", label)
        return actions

    # Doors that Django has besides these

    def delete_model(self, request, obj):
        obj.move_to_bin(by=request.user)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            item.move_to_bin(by=request.user)


def throw_away_selected(model_admin, request, queryset):
    """The list action: the chosen rows are asked about, then judged one by one."""
    items = list(queryset[: AT_MOST + 1])
    if len(items) > AT_MOST:
        return model_admin.message_user(
            request, f"Välj högst {AT_MOST} rader åt gången.", messages.ERROR
        )
    is_sure = "post" in request.POST
    return ThrowAwayPage(model_admin, request, items, is_list=True).answer(is_sure)


class ThrowAwayPage:
    """Asks whether rows are to be thrown away, tells what uses them, and does it."""

    def __init__(self, model_admin, request, items, *, is_list=False):
        self.admin, self.request, self.items, self.is_list = model_admin, request, items, is_list

    def answer(self, is_sure):
        rows = [(item, self._uses(item)) for item in self.items]
        if is_sure and (self.is_list or not rows[0][1]):
            return self._throw_away(rows)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "opts": self.admin.opts,
            "title": "Lägg i papperskorgen?",
            "rows": rows,
            "item": None if self.is_list else self.items[0],
            "may": any(not uses for _item, uses in rows),
            "last_day": last_day(),
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            "bin_url": reverse("admin:bin"),
        }
        self.request.current_app = self.admin.admin_site.name
        return TemplateResponse(self.request, self.admin.delete_confirmation_template, context)

    def _uses(self, item):
        return where_used(self.admin.admin_site, self.request, item, USES_SHOWN)

    def _throw_away(self, rows):
        keys = [item.pk for item, _uses in rows]
        is_done = [self._throw_one_away(item, uses) for item, uses in rows]
        if done := [key for key, is_gone in zip(keys, is_done, strict=True) if is_gone]:
            self._offer_undo(done)
        page = "changelist" if self.is_list or all(is_done) else "change"
        args = [] if page == "changelist" else [self.items[0].pk]
        return HttpResponseRedirect(reverse(admin_urlname(self.admin.opts, page), args=args))

    def _throw_one_away(self, item, uses):
        title = str(item)
        if uses:
            named = ", ".join(f"{use.kind} ”{use.title}”" for use in uses)
            return self._refuse(
                f"”{title}” kan inte kastas, eftersom den används. Ändra först: {named}"
            )
        try:
            item.move_to_bin(by=self.request.user)
        except PermissionDenied as refusal:
            return self._refuse(str(refusal))
        except ValidationError as error:
            first, *users = error.messages
            return self._refuse(f"{first} {', '.join(users)}")
        self.admin.log_deletions(self.request, [item])
        sentence = format_html(
            "”{}” ligger i papperskorgen till {}. Besökarna ser den inte. "
            '<a href="{}">Öppna papperskorgen</a>',
            title,
            last_day(),
            reverse("admin:bin"),
        )
        self.admin.message_user(self.request, sentence, messages.SUCCESS)
        return True

    def _offer_undo(self, keys):
        rows, kind = [[key, None, {}] for key in keys], kind_of(self.admin.model)
        what = "Ångra det du kastade:" if len(keys) == 1 else f"Ångra alla {len(keys)} du kastade:"
        self.admin.message_user(self.request, with_undo(self.request, what, "bin", rows, kind=kind))

    def _refuse(self, sentence):
        self.admin.message_user(self.request, sentence, messages.ERROR)
        return False


def last_day():
    """The local date until which what is thrown away now stays in the bin: "7 juni 2024"."""
    date = timezone.localdate(timezone.now() + BIN_TIME)
    return date_format(date, "j F Y").replace(" ", "\N{NO-BREAK SPACE}")
