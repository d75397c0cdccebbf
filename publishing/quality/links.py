"""What links must be: named by where they lead, and lead somewhere."""

import re
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import models

from publishing.addresses import is_answered, path_of
from publishing.models.reference import swedish_path

# Names that say nothing out of their sentence, in any of the languages
SAYING_NOTHING = {
    *("läs mer", "läs mer här", "läs här", "läs vidare", "läs mer om detta", "mer", "mer info"),
    *("läs mer om det", "mer information", "mer om detta", "se mer", "visa mer", "se här"),
    *("klicka här", "klicka", "tryck här", "här", "hit", "denna länk", "den här länken", "länk"),
    *("länken", "följ länken", "denna sida", "den här sidan", "hemsida", "hemsidan", "ladda ner"),
    *("ladda ned", "ladda ner här", "ladda ned här", "fortsätt", "gå vidare", "webbplats"),
    *("lue lisää", "lue lisää täältä", "lisää", "lisätietoja", "lisätietoa", "klikkaa tästä"),
    *("klikkaa tähän", "tästä", "täältä", "tässä", "täällä", "linkki", "linkistä", "lataa"),
    *("read more", "read more here", "more", "more info", "more information", "learn more"),
    *("find out more", "see more", "click here", "click", "here", "link", "this link"),
    *("this page", "download", "continue", "go", "website"),
    *("اقرأ المزيد", "اقرأ أكثر", "للمزيد", "المزيد", "مزيد من المعلومات", "معلومات أكثر"),
    *("انقر هنا", "اضغط هنا", "اضغطوا هنا", "هنا", "رابط", "الرابط", "هذا الرابط", "تحميل"),
}
EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def says_nothing(words):
    """Whether a link by the name of ``words`` says where it leads only by what stands around it."""
    return EDGES.sub("", words).casefold() in SAYING_NOTHING


def names_that_say_nothing(text):
    for link in text.links:
        words = " ".join(link.words.split())
        if not EDGES.sub("", words):
            yield (
                text.column,
                link.href,
                f"Länken till {link.href or 'ingenstans'} har ingen text. Skriv vart den leder, "
                "eller ta bort den.",
            )
        elif says_nothing(words):
            yield (
                text.column,
                f"{words} {link.href}",
                f"Länken ”{words}” säger inte vart den leder. Skriv så att den går att förstå för "
                "sig, till exempel ”Bibliotekets öppettider”.",
            )


class Links:
    """Whether links lead to something that residents can read: asked once for each address."""

    def __init__(self):
        self._answers = {}

    def leads_somewhere(self, path):
        if path not in self._answers:
            is_file = path.startswith(settings.MEDIA_URL)
            is_there = _is_there if is_file else is_answered
            self._answers[path] = is_there(path) or self._is_led_on(path)
        return self._answers[path]

    def _is_led_on(self, path):
        from publishing.models.redirect import Redirect

        redirect = Redirect.objects.at(path_of(path))
        return bool(redirect and redirect.target())


def _is_there(path):
    """Whether a row has the file at ``path``, uploaded for residents to fetch."""
    name = path_of(path).removeprefix(settings.MEDIA_URL)
    return any(
        model._base_manager.filter(**{field.name: name}).exists()
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField) and field.editable
    )


def broken_links(text, item, links):
    own = {item.path_now()} - {""}
    for href in dict.fromkeys(link.href for link in text.links):
        path = _path_here(href)
        if path is None or path_of(path) in own or (path and links.leads_somewhere(path)):
            continue
        words = next(" ".join(link.words.split()) for link in text.links if link.href == href)
        yield (
            text.column,
            href,
            f"Länken ”{words or href}” leder till {href or 'ingenstans'}, där besökarna inte "
            "hittar någon sida. Rätta adressen, eller publicera den sidan först.",
        )


def _path_here(href):
    """The Swedish path on this site, "" for what leads nowhere, None for what leads elsewhere."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    site = urlsplit(settings.BASE_URL)
    if parts.scheme and (parts.scheme, parts.netloc) != (site.scheme, site.netloc):
        return None
    if parts.netloc and parts.netloc != site.netloc:
        return None  # //example.org/
    path = parts.path or ("/" if parts.netloc else "")
    if not path.startswith("/"):
        return ""
    is_file = "." in path.rpartition("/")[2]
    return swedish_path(path if is_file else f"{path.rstrip('/')}/")  # Django adds the slash
