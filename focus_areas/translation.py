from modeltranslation.translator import TranslationOptions, register

from focus_areas.models import FocusArea


@register(FocusArea)
class FocusAreaTranslation(TranslationOptions):
    fields = ("title", "topic", "lead", "body", "goal")
