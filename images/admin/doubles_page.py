"""The page of pictures that look the same, so that one of them can be thrown away."""

from django.core.exceptions import PermissionDenied

from images.admin.page import BankPage
from images.models import Image

AT_MOST = 50  # groups


class DoublesPage(BankPage):
    def require_right(self):
        if not self.admin.has_change_permission(self.request):
            raise PermissionDenied

    def get(self):
        groups = Image.objects.doubles()
        shown = groups[:AT_MOST]
        keys = [pk for group in shown for pk in group]
        images, uses = Image.objects.in_bulk(keys), Image.objects.number_of_uses(keys)
        for image in images.values():
            image.number_of_uses = uses.get(image.pk, 0)
        return self.render(
            "doubles",
            "Dubbletter",
            groups=[[images[pk] for pk in group if pk in images] for group in shown],
            is_cut=len(groups) > AT_MOST,
        )
