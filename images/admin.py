"""The image bank. Pictures are live: what is saved here is what residents see at once."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.utils.html import format_html, format_html_join

from images.forms import ImageForm
from images.models import Image
from images.recipe import VARIANTS
from publishing.admin import LiveAdmin

NO_ALT = Q(alt_sv="") | Q(alt_sv=None)


class AltFilter(admin.SimpleListFilter):
    title = "alternativtext"
    parameter_name = "alt"

    def lookups(self, request, model_admin):
        return [("missing", "saknas"), ("present", "finns"), ("decorative", "bara dekoration")]

    def queryset(self, request, queryset):
        match self.value():
            case "missing":
                return queryset.filter(NO_ALT, is_decorative=False)
            case "present":
                return queryset.exclude(NO_ALT)
            case "decorative":
                return queryset.filter(is_decorative=True)
        return queryset


class RightsFilter(admin.SimpleListFilter):
    title = "rätt att visa"
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [
            ("ok", "får visas"),
            ("missing", "rättslig grund saknas"),
            ("over", "tiden är slut eller samtycket återkallat"),
        ]

    def queryset(self, request, queryset):
        allowed, over = Image.objects.with_rights(), Image.objects.over()
        match self.value():
            case "ok":
                return queryset.filter(pk__in=allowed)
            case "missing":
                return queryset.exclude(pk__in=allowed).exclude(pk__in=over)
            case "over":
                return queryset.filter(pk__in=over)
        return queryset


class PeopleFilter(admin.BooleanFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "personer som går att känna igen"


@admin.register(Image)
class ImageAdmin(LiveAdmin):
    form = ImageForm
    list_display = ["thumbnail", "title", "alt_state", "rights_state", "is_used"]
    list_display_links = ["title"]  # a picture without words is no name for a row or a link
    list_filter = [AltFilter, RightsFilter, ("shows_identifiable_people", PeopleFilter)]
    search_fields = ["title", "alt_sv", "caption_sv", "photographer"]
    search_help_text = "Söker i namn, alternativtext, bildtext och fotograf."
    readonly_fields = ["crops"]
    fieldsets = [
        (None, {"fields": ["upload", "title", "alt", "is_decorative", "caption"]}),
        ("Upphov", {"fields": ["photographer", "licence"]}),
        ("Beskärning", {"fields": ["focal_x", "focal_y", "crops"]}),
        (
            "Personer och tid",
            {
                "fields": [
                    "shows_identifiable_people",
                    "legal_basis",
                    "consent_reference",
                    "valid_until",
                    "is_withdrawn",
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_usage()

    def save_model(self, request, obj, form, change):
        if form.master:
            obj.set_master(form.master)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        image = form.instance
        if "is_withdrawn" in form.changed_data:
            withdrawn = form.cleaned_data["is_withdrawn"]
            (image.withdraw_consent if withdrawn else image.renew_consent)(by=request.user)
        if image.is_out_of_date:
            # Seconds of work: not while the database is locked for everybody else
            transaction.on_commit(image.make_renditions)
        for sentence in image.rights_problems().values():
            self.message_user(
                request, f"Bilden visas inte på webbplatsen. {sentence}", messages.WARNING
            )

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

    @admin.display(description="används", boolean=True, ordering="is_used")
    def is_used(self, image):
        return image.is_used

    @admin.display(description="så beskärs bilden: som kort, bred och hel")
    def crops(self, image):
        if not image.renditions:
            return "Visas när bilden är sparad."
        return format_html_join(" ", '<img src="{}" height="128" alt="{}">', self._crops(image))

    def _crops(self, image):
        for name, label in [("card", "Som kort"), ("wide", "Som bred bild"), ("full", "Hela")]:
            width, _height = VARIANTS[name].sizes(image.width, image.height)[0]
            yield image.url(name, width, "webp"), label
