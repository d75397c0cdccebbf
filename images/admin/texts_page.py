"""The page where what many pictures show is written in one go: those just uploaded, or chosen."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from images.admin.filters import is_empty
from images.admin.page import BankPage
from images.forms import TextsForm
from images.models import Image
from publishing.unsaved import given_back, written_in

AT_MOST = 50  # pictures at once


def write_texts(model_admin, request, queryset):
    """The list action."""
    keys = queryset.values_list("pk", flat=True)[:AT_MOST]
    return HttpResponseRedirect(texts_address(keys))


write_texts.short_description = "Skriv alternativtexter"
write_texts.allowed_permissions = ["change"]


def texts_address(keys):
    query = urlencode([("id", key) for key in keys])
    return f"{reverse('admin:images_image_texts')}?{query}"


class TextsPage(BankPage):
    methods = ["GET", "HEAD", "POST"]

    def require_right(self):
        if not self.admin.has_change_permission(self.request):
            raise PermissionDenied

    def get(self):
        keys = written_in(self.request).getlist("id") or self.request.GET.getlist("id")
        forms = [TextsForm(instance=image) for image in self._images(keys)]
        return self._show([given_back(form, self.request) for form in forms])

    def post(self):
        """Those that are right are saved, and the others come back as they were written."""
        images = self._images(self.request.POST.getlist("id"))
        forms = [TextsForm(self.request.POST, instance=image) for image in images]
        wrong = [form for form in forms if not form.is_valid()]
        saved = [form.instance for form in forms if form not in wrong and self._save(form)]
        if saved:
            self.say(f"Sparat: {len(saved)} {_pictures(len(saved))}.", messages.SUCCESS)
        if wrong:
            self.say("Något behöver rättas. Resten är sparat.", messages.ERROR)
            return self._show(wrong)
        lacking = [each for each in images if not (each.alt_sv or each.is_decorative)]
        if missing := len(lacking):
            self.say(
                f"{missing} {_pictures(missing)} saknar alternativtext och kan inte användas på en "
                "sida som publiceras.",
                messages.WARNING,
            )
        return HttpResponseRedirect(reverse("admin:images_image_changelist"))

    def _images(self, keys):
        """Those that are asked for and may be changed by who asks, else those without alt text."""
        if not all(key.isdecimal() and len(key) < 19 for key in keys):
            raise BadRequest
        images = Image.objects.all()
        if keys:
            images = images.filter(pk__in=keys[:AT_MOST])
        else:
            images = images.filter(is_empty(), is_decorative=False)
        if not self.request.user.has_perm("images.publish_image"):
            images = images.exclude(pk__in=Image.objects.approved().order_by().values("pk"))
        return list(images[:AT_MOST])

    def _save(self, form):
        """Write what somebody has changed; whether that is anything."""
        image, said = form.instance, form.said
        if not said:
            return False
        image.require_changeable_by(self.request.user)
        with image.recording(by=self.request.user):
            for name, value in said.items():
                setattr(image, name, value)
            image.save()
        self.admin.log_change(self.request, image, "Skrev texter.")
        if image.is_out_of_date:
            transaction.on_commit(image.make_renditions)
        return True

    def _show(self, forms):
        return self.render("texts", "Skriv alternativtexter", forms=forms, at_most=AT_MOST)


def _pictures(number):
    return "bild" if number == 1 else "bilder"
