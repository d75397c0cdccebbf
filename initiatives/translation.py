from modeltranslation.translator import TranslationOptions, register

from initiatives.models import District, Initiative, TargetGroup


@register(Initiative)
class InitiativeTranslation(TranslationOptions):
    fields = ("title", "lead", "body", "organiser")


@register(District)
class DistrictTranslation(TranslationOptions):
    fields = ("name",)


@register(TargetGroup)
class TargetGroupTranslation(TranslationOptions):
    fields = ("name", "said_by_member")
