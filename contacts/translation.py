from modeltranslation.translator import TranslationOptions, register

from contacts.models import ContactFunction, ContactUnit, Helpline, OpeningHours


@register(ContactUnit)
class ContactUnitTranslation(TranslationOptions):
    fields = ("name", "helps_with", "reply_promise", "hours_note")


@register(ContactFunction)
class ContactFunctionTranslation(TranslationOptions):
    fields = ("role",)


@register(OpeningHours)
class OpeningHoursTranslation(TranslationOptions):
    fields = ("reason",)


@register(Helpline)
class HelplineTranslation(TranslationOptions):
    fields = ("name", "helps_with")
