"""What the admin of every kind of content shares. Who may do what is asked of the models."""

from django.conf import settings
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from js_asset import Media
from modeltranslation.admin import (
    TranslationAdmin,
    TranslationStackedInline,
    TranslationTabularInline,
)


class LanguageFieldsets:
    """Swedish and what has no language first, then one folded fieldset for each other language."""

    def get_fieldsets(self, request, obj=None):
        declared = super().get_fieldsets(request, obj)
        languages = {field.name: getattr(field, "language", "") for field in self.opts.fields}
        names = flatten_fieldsets(declared)
        return [
            *(_only(fieldset, languages, ("", settings.LANGUAGE_CODE)) for fieldset in declared),
            *(
                (label, {"classes": ["collapse"], "fields": fields})
                for code, label in settings.LANGUAGES
                if code != settings.LANGUAGE_CODE
                and (fields := [name for name in names if languages.get(name) == code])
            ),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and (language := getattr(db_field, "language", None)):
            field.label = capfirst(db_field.translated_field.verbose_name)
            field.widget.attrs["lang"] = language
            field.widget.attrs["dir"] = "rtl" if get_language_info(language)["bidi"] else "ltr"
        return field


def _only(fieldset, languages, wanted):
    """The fieldset without the fields of other languages; rows of several fields stay rows."""
    title, options = fieldset
    rows = []
    for row in options["fields"]:
        names = [row] if isinstance(row, str) else list(row)
        kept = [name for name in names if languages.get(name, "") in wanted]
        if kept:
            rows.append(kept[0] if len(kept) == 1 else kept)
    return title, {**options, "fields": rows}


class LiveStackedInline(LanguageFieldsets, TranslationStackedInline):
    extra = 0


class LiveTabularInline(LanguageFieldsets, TranslationTabularInline):
    extra = 0


class LiveAdmin(LanguageFieldsets, TranslationAdmin):
    """A kind of content that residents see as soon as it is saved."""

    list_per_page = 50

    def render_change_form(self, request, context, *args, **kwargs):
        # The text editor's import map is an inline script, which needs the nonce of the policy
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)
