"""The back office: what I must do first, then my content, then everything."""

from allauth.account import views as account_views
from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import slugify

from publishing.admin.bin_page import BinPage
from publishing.admin.open_forms import OpenFormPage
from publishing.admin.pages_to_link import PagesToLink
from publishing.admin.quality import RulesPage
from publishing.admin.shared_links import SharedLinksPage
from publishing.admin.translation_exchange import ExportPage, ImportPage
from publishing.admin.translations import TranslationsPage
from publishing.admin.undo_page import UndoPage
from publishing.admin.unsaved import ThrowTextAway
from search.missed_page import MissedPage
from trollhattan_portal.desk import Desk
from trollhattan_portal.log_in_again import keeping_text
from trollhattan_portal.rights import RightsPage, sentence_about

# In the order of how often they are used; what is not named here comes last
SECTIONS = {
    "Innehåll": ["NewsItem", "Initiative", "FocusArea", "Page", "StartPage"],
    "Bilder, dokument och diagram": ["Image", "Resource", "Chart"],
    "Kontakter": ["ContactUnit", "ContactFunction", "OpeningHours", "Helpline"],
    "Sökningen": ["Synonyms", "PromotedAnswer"],
    "Webbplatsen": [
        *["Notice", "SiteSettings", "AccessibilityStatement", "Redirect", "District", "TargetGroup"]
    ],
    "Användare": ["User", "Group"],
}


class PortalAdminSite(AdminSite):
    site_header = "Redaktion"
    site_title = "Redaktion"
    index_title = "Vad vill du göra?"
    empty_value_display = "–"
    undoing = {"set_aside": MissedPage}  # who undoes what is done with something else than content

    @method_decorator(secure_admin_login)
    def login(self, request, extra_context=None):
        return super().login(request, extra_context)

    def logout(self, request, extra_context=None):
        return account_views.logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def admin_view(self, view, cacheable=False):
        return keeping_text(super().admin_view(view, cacheable))

    def get_urls(self):
        # That one leads anybody of the staff to the address of any row, drafts among them
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [
            path("papperskorg/", self._view(BinPage), name="bin"),
            path("delade-lankar/", self._view(SharedLinksPage), name="shared_links"),
            path("kvalitetsregler/", self._view(RulesPage), name="quality_rules"),
            path("lanka/", self._view(PagesToLink), name="pages_to_link"),
            path("sokningar/", self._view(MissedPage), name="missed"),
            path("kladd/", self._view(OpenFormPage), name="open_form"),
            path("kladd/kasta/", self._view(ThrowTextAway), name="throw_text_away"),
            path("angra/", self._view(UndoPage), name="undo"),
            path("oversattningar/", self._view(TranslationsPage), name="translations"),
            path("oversattningar/exportera/", self._view(ExportPage), name="translations_export"),
            path("oversattningar/importera/", self._view(ImportPage), name="translations_import"),
            path("vem-far-gora-vad/", self.admin_view(self.rights), name="rights"),
            *urls,
        ]

    def rights(self, request):
        return RightsPage(self, request, SECTIONS).answer()

    def _view(self, page):
        return self.admin_view(lambda request: page(self, request).answer())

    def get_app_list(self, request, app_label=None):
        if app_label:
            return super().get_app_list(request, app_label)
        # The index asks twice, for itself and for the menu, and each model asks the database
        if not hasattr(request, "sections"):
            request.sections = self._sections(request, super().get_app_list(request))
        return request.sections

    def _sections(self, request, app_list):
        left = {model["object_name"]: model for app in app_list for model in app["models"]}
        sections = [
            (name, [left.pop(each) for each in models if each in left])
            for name, models in SECTIONS.items()
        ]
        sections.append(("Övrigt", list(left.values())))
        sections = [_section(name, models) for name, models in sections if models]
        if BinPage(self, request).admins:
            # Under what is most often thrown away
            sections[0]["models"].append(_entry("Papperskorgen", "Bin", reverse("admin:bin")))
        if SharedLinksPage(self, request).models:
            links = _entry("Delade länkar", "ShareLink", reverse("admin:shared_links"))
            sections[0]["models"].append(links)
        if TranslationsPage(self, request).models:
            page = _entry("Översättningar", "Translation", reverse("admin:translations"))
            sections[0]["models"].append(page)
        if RulesPage(self, request).may_look:
            rules = _entry("Kvalitetsregler", "Rule", reverse("admin:quality_rules"))
            sections[0]["models"].append(rules)
        if MissedPage(self, request).may_look:
            words = next((each for each in sections if each["name"] == "Sökningen"), sections[0])
            page = _entry("Det som inte hittades", "MissedQuery", reverse("admin:missed"))
            words["models"].append(page)
        for section in sections:
            if section["name"] == "Användare":
                page = _entry("Vem får göra vad", "Rights", reverse("admin:rights"))
                section["models"].append(page)
        return sections

    def index(self, request, extra_context=None):
        context = {**Desk(self, request).context(), "about_me": sentence_about(request.user)}
        return super().index(request, {**context, **(extra_context or {})})


def _section(name, models):
    return {"name": name, "app_label": slugify(name), "app_url": "", "models": models}


def _entry(name, object_name, url):
    """A page that isn't about a model, as app_list.html takes one."""
    page = {"name": name, "object_name": object_name, "admin_url": url}
    return {**page, "add_url": None, "view_only": True}
