"""What the list of pictures is filtered by."""

from django.conf import settings
from django.contrib import admin
from django.db.models import F, Q
from modeltranslation.utils import build_localized_fieldname

from images.queries import SOON
from publishing.translation_status import other_languages


def is_empty(language=settings.LANGUAGE_CODE):
    name = build_localized_fieldname("alt", language)
    return Q(**{name: ""}) | Q(**{name: None})


class AltFilter(admin.SimpleListFilter):
    title = "alternativtext"
    parameter_name = "alt"

    def lookups(self, request, model_admin):
        names = dict(settings.LANGUAGES)
        return [
            ("missing", "saknas"),
            *((f"missing-{code}", f"saknas på {names[code]}") for code in other_languages()),
            ("present", "finns"),
            ("decorative", "bara dekoration"),
        ]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "present":
            return queryset.exclude(is_empty())
        if value == "decorative":
            return queryset.filter(is_decorative=True)
        if value in dict(self.lookup_choices):
            language = value.removeprefix("missing").removeprefix("-") or settings.LANGUAGE_CODE
            return queryset.filter(is_empty(language), is_decorative=False)
        return queryset


class RightsFilter(admin.SimpleListFilter):
    title = "rätt att visa"
    parameter_name = "rights"

    def lookups(self, request, model_admin):
        return [
            ("ok", "får visas"),
            ("soon", f"tiden går ut inom {SOON} dagar, och bilden används"),
            ("lost", "används på en sida men får inte visas"),
            ("missing", "rättslig grund saknas"),
            ("expired", "tiden är slut"),
            ("withdrawn", "samtycket är återkallat"),
            ("over", "tiden är slut eller samtycket återkallat"),
        ]

    def queryset(self, request, queryset):
        images = queryset.model.objects
        allowed, over = _keys(images.with_rights()), _keys(images.over())
        match self.value():
            case "ok":
                return queryset.filter(pk__in=allowed)
            case "soon":
                return queryset.filter(pk__in=_keys(images.consent_running_out()))
            case "lost":
                return queryset.filter(pk__in=_keys(images.without_right_but_used()))
            case "missing":
                return queryset.exclude(pk__in=allowed).exclude(pk__in=over)
            case "expired":
                return queryset.filter(pk__in=over, withdrawn_at=None)
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
            case "over":
                return queryset.filter(pk__in=over)
        return queryset


class UseFilter(admin.SimpleListFilter):
    title = "användning"
    parameter_name = "anvands"

    def lookups(self, request, model_admin):
        return [("ja", "används"), ("nej", "används inte")]

    def queryset(self, request, queryset):
        match self.value():
            case "ja":
                return queryset.used()
            case "nej":
                return queryset.unused()
        return queryset


class ShapeFilter(admin.SimpleListFilter):
    title = "format"
    parameter_name = "format"

    def lookups(self, request, model_admin):
        return [("liggande", "liggande"), ("staende", "stående"), ("kvadrat", "kvadratisk")]

    def queryset(self, request, queryset):
        match self.value():
            case "liggande":
                return queryset.filter(width__gt=F("height"))
            case "staende":
                return queryset.filter(width__lt=F("height"))
            case "kvadrat":
                return queryset.filter(width=F("height"))
        return queryset


class PeopleFilter(admin.BooleanFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "personer som går att känna igen"


def _keys(images):
    return images.order_by().values("pk")
