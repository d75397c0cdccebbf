"""The image bank. Pictures are live: what is saved here is what residents see at once."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from images.admin.consent_page import ConsentPage
from images.admin.doubles_page import DoublesPage
from images.admin.filters import AltFilter, PeopleFilter, RightsFilter, ShapeFilter, UseFilter
from images.admin.texts_page import TextsPage, write_texts
from images.admin.upload_page import UploadPage
from images.changing import IS_SHOWN
from images.forms import ImageForm
from images.models import Image
from images.recipe import VARIANTS
from publishing.admin import LiveAdmin
from publishing.admin.undo import with_undo
from publishing.admin.uses import where_used
from publishing.models import kind_of

USES_SHOWN = 20
CROPS = {
    "card": "Som kort",
    "wide": "Som bred bild",
    "full": "Hela bilden",
    "share": "När sidan delas",
}


class CountedChangeList(ChangeList):
    """The pictures of a page with how much each is used."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        uses = Image.objects.number_of_uses([image.pk for image in self.result_list])
        for image in self.result_list:
            image.number_of_uses = uses.get(image.pk, 0)


@admin.register(Image)
class ImageAdmin(LiveAdmin):
    form = ImageForm
    change_form_template = "admin/images/image.html"
    actions = [write_texts]
    list_display = ["thumbnail", "title", "alt_state", "rights_state", "uses"]
    list_display_links = ["title"]
    list_filter = [
        AltFilter,
        RightsFilter,
        ("shows_identifiable_people", PeopleFilter),
        UseFilter,
        ShapeFilter,
    ]
    search_fields = ["title", "alt_sv", "caption_sv", "photographer", "master"]
    search_help_text = "Söker i namn, alternativtext, bildtext, fotograf och filens namn."
    readonly_fields = ["focus", "consent"]
    fieldsets = [
        (None, {"fields": ["upload", "remove_old", "title", "alt", "is_decorative", "caption"]}),
        ("Upphov", {"fields": ["photographer", "licence"]}),
        ("Beskärning", {"fields": ["focus", "focal_x", "focal_y"]}),
        (
            "Personer och tid",
            {
                "fields": [
                    "shows_identifiable_people",
                    "legal_basis",
                    "consent_reference",
                    "valid_until",
                    "consent",
                ]
            },
        ),
    ]

    class Media:
        js = ["admin_portal/image-focus.js"]

    def get_urls(self):
        pages = {
            "upload": ("ladda-upp/", UploadPage),
            "texts": ("texter/", TextsPage),
            "doubles": ("dubbletter/", DoublesPage),
            "consent": ("<int:pk>/samtycke/", ConsentPage),
        }
        own = [
            path(route, self._view(page), name=f"images_image_{name}")
            for name, (route, page) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def _view(self, page):
        return self.admin_site.admin_view(
            lambda request, **kwargs: page(self, request, **kwargs).answer()
        )

    def list_tools(self, request):
        tools = []
        if self.has_add_permission(request):
            tools.append(("Ladda upp flera bilder", reverse("admin:images_image_upload")))
        if self.has_change_permission(request):
            tools.append(("Skriv alternativtexter", reverse("admin:images_image_texts")))
            tools.append(("Dubbletter", reverse("admin:images_image_doubles")))
        return tools

    def get_changelist(self, request, **kwargs):
        return CountedChangeList

    # Who may

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self._may_change(request, obj))

    def _may_change(self, request, image):
        """Django asks several times in a request."""
        known = request.__dict__.setdefault("may_change_images", {})
        if image.pk not in known:
            known[image.pk] = image.may_be_changed_by(request.user)
        return known[image.pk]

    # The form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not obj:
            left_out = ["focus", "consent", "remove_old"]  # there is nothing yet
        elif not self.has_change_permission(request, obj):
            left_out = ["upload", "remove_old"]  # fields of the form alone
        else:
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in left_out]})
            for name, options in fieldsets
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj:
            context |= self._about(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _about(self, request, image):
        uses = where_used(self.admin_site, request, image, USES_SHOWN + 1)
        is_locked = self.has_change_permission(request) and not self._may_change(request, image)
        return {
            "residents_see": IS_SHOWN if is_locked else "",
            "image": image,
            "image_problems": image.rights_problems().values(),
            "image_uses": uses[:USES_SHOWN],
            "has_more_uses": len(uses) > USES_SHOWN,
            "alike": Image.objects.alike(image),
        }

    def save_model(self, request, obj, form, change):
        self.locked_chain(request)
        if change:  # a page with it may have been published since the form was judged
            obj.require_changeable_by(request.user)
        if form.master:
            obj.set_master(form.master, is_kept=not form.cleaned_data.get("remove_old"))
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        before = form.track and form.track.newest.number
        super().save_related(request, form, formsets, change)
        image = form.instance
        if before and form.master:
            self._tell_replaced(request, form, before)
        if image.is_out_of_date:
            # Seconds of work: not while the database is locked for everybody else
            transaction.on_commit(image.make_renditions)
        for sentence in image.rights_problems().values():
            self.message_user(
                request, f"Bilden visas inte på webbplatsen. {sentence}", messages.WARNING
            )
        if form.master and (alike := Image.objects.alike(image)):
            links = format_html_join(", ", '<a href="{}">{}</a>', map(_linked, alike))
            sentence = format_html("Bilden är lik en som redan finns: {}.", links)
            self.message_user(request, sentence, messages.WARNING)

    def _tell_replaced(self, request, form, before):
        image = form.instance
        if not image.replaced:
            return self.message_user(request, "Den gamla bildfilen är borttagen.")
        row, kind = [image.pk, form.track.numbers, {"version": before}], kind_of(image)
        sentence = "Bildfilen är ersatt. Den gamla finns kvar i tolv timmar."
        return self.message_user(request, with_undo(request, sentence, "file", [row], kind=kind))

    @admin.display(description="så beskärs bilden")
    def focus(self, image):
        crops = [(name, label, self._crop(image, name)) for name, label in CROPS.items()]
        return render_to_string("admin/images/focus.html", {"image": image, "crops": crops})

    def _crop(self, image, name):
        if not image.renditions:
            return ""
        shape = VARIANTS[name]
        width, _height = shape.sizes(image.width, image.height)[0]
        return image.url(name, width, "jpg")

    @admin.display(description="samtycke")
    def consent(self, image):
        return render_to_string("admin/images/consent_state.html", {"image": image})

    # The list

    @admin.display(description="bild")
    def thumbnail(self, image):
        if not image.thumbnail_url:
            return "–"
        return format_html(
            '<img src="{}" width="96" height="64" alt="" loading="lazy">', image.thumbnail_url
        )

    @admin.display(description="alternativtext")
    def alt_state(self, image):
        if image.is_decorative:
            return "bara dekoration"
        return "finns" if image.alt_sv else "saknas"

    @admin.display(description="rätt att visa")
    def rights_state(self, image):
        return " ".join(image.rights_problems().values()) or "får visas"

    @admin.display(description="används")
    def uses(self, image):
        if not image.number_of_uses:
            return "ingenstans"
        places = "plats" if image.number_of_uses == 1 else "platser"
        address = reverse("admin:images_image_uses", args=[image.pk])
        return format_html('<a href="{}">på {} {}</a>', address, image.number_of_uses, places)


def _linked(image):
    return reverse("admin:images_image_change", args=[image.pk]), image.title
