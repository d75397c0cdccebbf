"""The page /admin/sokningar/: what residents have searched for and not found."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import SlugField
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from modeltranslation.utils import build_localized_fieldname

from publishing.admin.undo import with_undo
from publishing.models import Publishable
from publishing.showing import for_one_person
from search.languages import NAMES, languages
from search.models import KEPT_DAYS, MissedQuery, PromotedAnswer, Synonyms

A_PAGE = 50
DAYS = 30  # that are shown when nothing else is asked for


class MissedPage:
    """For those who may see it; to set a text aside one must be allowed to change it."""

    def __init__(self, admin_site, request):
        self.site, self.request = admin_site, request
        self.may_look = request.user.has_perm("search.view_missedquery")
        self.may_change = request.user.has_perm("search.change_missedquery")

    def answer(self):
        if not self.may_look:
            raise PermissionDenied
        if self.request.method == "POST":
            return self._set_aside()
        if self.request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return self._list()

    # The list

    def _list(self):
        chosen = Chosen(self.request.GET)
        page = Paginator(chosen.totals(), A_PAGE).get_page(self.request.GET.get("sida"))
        context = {
            **self.site.each_context(self.request),
            "title": "Det som inte hittades",
            "chosen": chosen,
            "page": page,
            "rows": [
                {**row, "name": NAMES.get(row["language"]), "answers": self._answers(row)}
                for row in page
            ],
            "may_change": self.may_change,
            "least_times": MissedQuery.LEAST_TIMES,
            "kept_days": KEPT_DAYS,
        }
        self.request.current_app = self.site.name
        return for_one_person(TemplateResponse(self.request, "admin/missed.html", context))

    def _answers(self, row):
        """[(what can be made of it, the form for that, filled in)]"""
        language, text = row["language"], row["text"]
        words = {"language": language, "words": text}
        queries = {"language": language, "queries": text}
        found = [("Gör synonymer", Synonyms, words), ("Välj ett svar", PromotedAnswer, queries)]
        title = text[:1].upper() + text[1:]
        for model in self._written_kinds:
            values = {build_localized_fieldname("title", language): title}
            if language == settings.LANGUAGE_CODE:
                values["slug"] = slugify(text)
            found.append((f"Skriv {model._meta.verbose_name}", model, values))
        return [
            (label, f"{reverse(admin_urlname(model._meta, 'add'))}?{urlencode(values)}")
            for label, model, values in found
            if self._may_add(model)
        ]

    @property
    def _written_kinds(self):
        """The published kinds of which there may be one more."""
        return [
            model
            for model in self.site._registry
            if issubclass(model, Publishable)
            and any(isinstance(field, SlugField) for field in model._meta.fields)
        ]

    def _may_add(self, model):
        return self.request.user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}")

    # What is done there

    def _set_aside(self):
        """Show a text no more, for as long as today's count of it is kept."""
        if not self.may_change:
            raise PermissionDenied
        posted = self.request.POST
        language, text = posted.get("language"), posted.get("text")
        rows = MissedQuery.objects.of_texts(language, [text])
        if rows.update(set_aside_on=timezone.localdate()):
            sentence = f"”{text}” visas inte här längre."
            undoable = with_undo(self.request, sentence, "set_aside", [language, text])
            messages.success(self.request, undoable)
        query = Chosen(self.request.GET).query
        return HttpResponseRedirect(f"{reverse('admin:missed')}?{query}")

    def undo(self, rows):
        """Show again the text that was set aside: ``rows`` are its language and itself."""
        if not self.may_change:
            raise PermissionDenied
        [language, text] = rows
        aside = MissedQuery.objects.of_texts(language, [text]).filter(set_aside_on__isnull=False)
        if aside.update(set_aside_on=None):
            messages.success(self.request, f"Ångrat: ”{text}” visas igen.")
        else:
            sentence = f"Det gick inte att ångra. Någon har redan gjort något åt ”{text}”."
            messages.error(self.request, sentence)
        return HttpResponseRedirect(reverse("admin:missed"))

    # The first page

    def tasks(self):
        """(how many, what, link) for the first page, without the noughts: one query."""
        number = self.may_change and Chosen({}).totals().count()
        if number:
            what = "sökning" if number == 1 else "sökningar"
            yield number, f"{what} gav inget bra svar", reverse("admin:missed")


class Chosen:
    """What a request asks for: how many days, a language; odd words ask for nothing."""

    all_days = [(str(DAYS), f"{DAYS} dagar"), (str(KEPT_DAYS), f"{KEPT_DAYS} dagar")]

    def __init__(self, asked):
        self.days = asked.get("dagar") if asked.get("dagar") in dict(self.all_days) else str(DAYS)
        self.language = asked.get("sprak") if asked.get("sprak") in dict(languages()) else ""

    def totals(self):
        rows = MissedQuery.objects.since(int(self.days))
        return (rows.filter(language=self.language) if self.language else rows).totals()

    @property
    def all_languages(self):
        return [("", "Alla språk"), *languages()]

    @property
    def query(self):
        return urlencode({"dagar": self.days, "sprak": self.language})
