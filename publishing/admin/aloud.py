"""The page "Så läses sidan upp": what somebody who can't see a page gets of it."""

from django.conf import settings
from django.template.response import TemplateResponse

from publishing.aloud import Aloud
from publishing.showing import for_one_person

READ_ALOUD = "Så läses sidan upp"
LANGUAGES = dict(settings.LANGUAGES)


def read_aloud(admin, request, showing, step):
    """The answer about ``showing``; ``step`` is (label, address) of the page before this one."""
    asked = request.GET.get("sprak")
    language = asked if asked in LANGUAGES else settings.LANGUAGE_CODE
    exists = language in showing.languages()
    told = Aloud.of(showing.page(language, request).content.decode()) if exists else None
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": f"{READ_ALOUD}: {showing.item}",
        "is_nav_sidebar_enabled": False,
        "step": READ_ALOUD,
        "before": step,
        "languages": [
            (name, f"?sprak={code}", code == language) for code, name in settings.LANGUAGES
        ],
        "language": language,
        "language_name": LANGUAGES[language],
        "told": told,
        "parts": _parts(told) if told else [],
    }
    request.current_app = admin.admin_site.name
    return for_one_person(TemplateResponse(request, "admin/aloud.html", context))


def _parts(told):
    """[(heading, what it is for, lines, what is said where there are none)]"""
    return [
        (
            "Rubriker",
            "Många tar sig fram på sidan genom att hoppa från rubrik till rubrik.",
            told.headings,
            "Sidan har inga rubriker.",
        ),
        (
            "Länkar",
            "Länkarna kan läsas upp som en lista, utan texten omkring.",
            told.links,
            "Sidan har inga länkar.",
        ),
        (
            "Bilder",
            "Alternativtexten läses upp i stället för bilden.",
            told.pictures,
            "Sidan har inga bilder.",
        ),
        (
            "Andra språk",
            "Här byter skärmläsaren uttal.",
            told.languages,
            "Allt är på sidans språk.",
        ),
        ("Tabeller", "Tabellens rubrik läses upp först.", told.tables, "Sidan har inga tabeller."),
    ]
