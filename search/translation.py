"""What is searched for is written once for each language, so no column of it has others."""

from modeltranslation.translator import TranslationOptions, register

from search.models import PromotedAnswer, Synonyms


@register([Synonyms, PromotedAnswer])
class WordsTranslation(TranslationOptions):
    fields = ()
