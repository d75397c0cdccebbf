"""Every door of the back office and who may go through it, as data for the tests of side doors.

A view of the admin that is not named here fails test_side_doors.py: give it a line.
"""

import datetime
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from pages.models import AccessibilityStatement, Chart, Resource
from publishing import snapshot
from publishing.models import Publishable, Redirect
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    HelplineFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    NoticeFactory,
    PageFactory,
    PromotedAnswerFactory,
    SiteSettingsFactory,
    StartPageFactory,
    SynonymsFactory,
    TargetGroupFactory,
    UserFactory,
)

# Who comes

PEOPLE = {
    "anonymous": lambda: None,
    "left": lambda: AdministratorFactory(is_active=False),
    "not staff": lambda: AdministratorFactory(is_staff=False),
    "no group": UserFactory,
    "redaktör": lambda: staff("Redaktörer"),
    "publicist": lambda: staff("Publicister"),
    "administratör": lambda: staff("Administratörer"),
}
STRANGERS = ["anonymous", "left", "not staff"]  # are asked to log in
NOBODY = []
ADMINISTRATORS = ["administratör"]
PUBLISHERS = ["publicist", *ADMINISTRATORS]
WRITERS = ["redaktör", *PUBLISHERS]
STAFF = ["no group", *WRITERS]
ANYBODY = [*STRANGERS, *STAFF]

# What there is to come for

PUBLISHED = {
    "focus_areas.focusarea": FocusAreaFactory,
    "initiatives.initiative": InitiativeFactory,
    "news.newsitem": NewsItemFactory,
    "pages.page": PageFactory,
    "pages.startpage": StartPageFactory,
}
LIVE = {
    "contacts.contactunit": ContactUnitFactory,
    "contacts.helpline": HelplineFactory,
    "initiatives.district": DistrictFactory,
    "initiatives.targetgroup": TargetGroupFactory,
    "pages.chart": lambda: Chart.objects.create(
        title="Arbetslösa",
        summary="Fyra av hundra.",
        unit_label="procent",
        period="2024",
        source="Kolada",
        rows="Trollhättan; 4,4",
    ),
    "pages.notice": NoticeFactory,
    "pages.resource": lambda: Resource.objects.create(title="En rapport", url="https://a.example/"),
    "search.promotedanswer": PromotedAnswerFactory,
    "search.synonyms": SynonymsFactory,
}
SITE = {
    "pages.accessibilitystatement": lambda: AccessibilityStatement.objects.create(
        actor="Trollhättans Stad",
        service="Webbplatsen",
        conformance="full",
        assessed_on=datetime.date(2026, 1, 1),
        updated_on=datetime.date(2026, 1, 1),
        method="self",
        feedback_unit=ContactUnitFactory(),
    ),
    "pages.sitesettings": SiteSettingsFactory,
}
OTHERS = {
    "images.image": ImageFactory,
    "publishing.redirect": lambda: Redirect.lead("/gammal/", by=None, address="/kontakt/"),
    "auth.user": UserFactory,
    "auth.group": lambda: apps.get_model("auth.Group").objects.create(name="Översättare"),
}
KINDS = {**PUBLISHED, **LIVE, **SITE, **OTHERS}

# Who may look: {kind: {page: by whom it is opened}}; the others get 403, strangers the log-in

CONTENT = ["compare", "version", "restore", "uses", "history"]
SHOWN = ["version_preview", "version_aloud", "aloud", "version_page", "as_it_was", "share"]
LOOK = {
    **{
        kind: {
            **dict.fromkeys(["changelist", "csv", "add", "change", "copy", "act"], WRITERS),
            **dict.fromkeys([*CONTENT, *SHOWN], WRITERS),
            "erase": ADMINISTRATORS,
            "delete": NOBODY,  # what residents see is withdrawn first
        }
        for kind in PUBLISHED
    },
    **{
        kind: {
            **dict.fromkeys(["changelist", "change", "uses"], WRITERS),
            **dict.fromkeys(["add", "delete", "compare", "version", "restore"], PUBLISHERS),
            "history": PUBLISHERS,
            "erase": ADMINISTRATORS,
            "copy": NOBODY,  # only what is written as drafts is copied
        }
        for kind in LIVE
    },
    **{
        kind: {
            **dict.fromkeys(["changelist", "change", *CONTENT, "erase"], ADMINISTRATORS),
            **dict.fromkeys(["add", "delete", "copy"], NOBODY),  # there is one of each
        }
        for kind in SITE
    },
    "images.image": {
        **dict.fromkeys(["changelist", "add", "change", *CONTENT], WRITERS),
        **dict.fromkeys(["upload", "texts", "doubles", "consent"], WRITERS),
        "delete": PUBLISHERS,
        "erase": ADMINISTRATORS,
        "copy": NOBODY,
    },
    "publishing.redirect": {
        **dict.fromkeys(["changelist", "add", "change", "history"], PUBLISHERS),
        "delete": NOBODY,
    },
    "auth.user": {
        **dict.fromkeys(["changelist", "add", "change", "history"], ADMINISTRATORS),
        **dict.fromkeys(["password_change", "invitation"], ADMINISTRATORS),
        "delete": NOBODY,
    },
    "auth.group": {
        **dict.fromkeys(["changelist", "change", "history"], ADMINISTRATORS),
        **dict.fromkeys(["add", "delete"], NOBODY),
    },
}
LOOK["pages.startpage"] |= {"add": NOBODY, "copy": NOBODY}
LOOK["news.newsitem"]["start"] = PUBLISHERS
LOOK["pages.accessibilitystatement"]["proposals"] = ADMINISTRATORS
REVIEWED_FACTS = ["contacts.contactunit", "contacts.helpline"]
for kind in REVIEWED_FACTS:
    LOOK[kind] |= dict.fromkeys(["csv", "act"], PUBLISHERS)
# Those that show what has been sent, or a moment (test_preview_rights.py, test_as_it_was_page.py)
SHOWN_TO_ONE = [
    *("preview_new", "preview_form", "preview", "preview_page", "preview_aloud"),
    "as_it_was_page",
]
# Those that lead on to the form of the one row
LEADING_ON = {("pages.startpage", "changelist"), *((kind, "changelist") for kind in SITE)}

# Who may do, by a request that does something when it comes from one of them

ACTS = {
    "submit": WRITERS,
    **dict.fromkeys(["publish", "publish_with", "send_back", "unschedule"], PUBLISHERS),
    **dict.fromkeys(["mark_reviewed", "reviewed_unchanged"], PUBLISHERS),
    **dict.fromkeys(["stop", "archive", "withdraw"], PUBLISHERS),
}
DO = {
    **{
        kind: {
            **dict.fromkeys(["add", "change", "restore", "copy"], WRITERS),
            "erase": ADMINISTRATORS,
            "delete": PUBLISHERS,  # of a draft that somebody else began
            **{f"act {verb}": who for verb, who in ACTS.items()},
        }
        for kind in PUBLISHED
    },
    **{
        kind: {
            **dict.fromkeys(["add", "change", "restore", "delete", "changelist"], PUBLISHERS),
            "erase": ADMINISTRATORS,
        }
        for kind in LIVE
    },
    **{kind: dict.fromkeys(["change", "restore", "erase"], ADMINISTRATORS) for kind in SITE},
    "images.image": {
        **dict.fromkeys(["add", "change", "restore", "upload", "texts", "consent"], WRITERS),
        **dict.fromkeys(["delete", "changelist"], PUBLISHERS),
        "erase": ADMINISTRATORS,
    },
    "publishing.redirect": dict.fromkeys(["add", "change"], PUBLISHERS),
    "auth.user": dict.fromkeys(["add", "change", "password_change", "invitation"], ADMINISTRATORS),
    "auth.group": {},
}
REVIEWING = ["mark_reviewed", "reviewed_unchanged"]
for kind in REVIEWED_FACTS:
    DO[kind] |= {f"act {verb}": ACTS[verb] for verb in REVIEWING}
for page in ["add", "copy", "delete"]:
    DO["pages.startpage"].pop(page)
DO["pages.startpage"].pop("act archive")
DO["news.newsitem"]["start"] = PUBLISHERS

# The pages that belong to no kind: {name: (address, who opens it, what others of the staff get)}
ALONE = {
    "index": ("/admin/", STAFF, 403),
    "bin": ("/admin/papperskorg/", STAFF, 403),  # with what each of them may change
    "quality_rules": ("/admin/kvalitetsregler/", WRITERS, 403),
    "shared_links": ("/admin/delade-lankar/", WRITERS, 403),
    "translations": ("/admin/oversattningar/", WRITERS, 403),
    "translations_export": ("/admin/oversattningar/exportera/?sprak=en&form=csv", WRITERS, 403),
    "translations_import": ("/admin/oversattningar/importera/", WRITERS, 403),
    "missed": ("/admin/sokningar/", WRITERS, 403),
    "rights": ("/admin/vem-far-gora-vad/", STAFF, 403),
    "open_form": ("/admin/kladd/", STAFF, 403),  # a token; who may keep what: test_open_forms.py
    "pages_to_link": ("/admin/lanka/?q=a", WRITERS, 403),
    "app_list": ("/admin/news/", WRITERS, 404),
    "jsi18n": ("/admin/jsi18n/", STAFF, 403),
    "autocomplete": (
        "/admin/autocomplete/?app_label=news&model_name=newsitem&field_name=initiatives",
        WRITERS,
        403,
    ),
}
LOG_IN = ["login", "logout", "password_change", "password_change_done"]
# Those that lead back from what only a button sends (test_open_forms.py, test_undo.py)
ONLY_SENT_TO = ["throw_text_away", "undo"]
NAMELESS = {"admin/(?P<url>.*)$"}  # what is not found, in the admin's own way


def views_of_admin():
    """{name: pattern} of the views of the admin, and the patterns of those without a name."""
    named, nameless = {}, set()
    for name, pattern in views():
        if pattern.startswith("admin/"):
            if name:
                named[name] = pattern
            elif not pattern.endswith("/<path:object_id>/"):  # leads on to the form
                nameless.add(pattern)
    return named, nameless


def is_for_staff(pattern):
    return pattern.startswith(("admin/", "konto/"))


def views(resolver=None, above=""):
    """(name, pattern) of each view of the site."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = above + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from views(each, pattern)
        else:
            yield each.name, pattern


def with_history(kind):
    """A row of ``kind``; one of content has two versions, written by somebody else."""
    item, writer = KINDS[kind](), AdministratorFactory()
    if isinstance(item, Publishable):
        item.save_draft(by=writer, values={"lead_sv": "En ny ingress."}, note="Bättre.")
    elif hasattr(item, "record"):
        item.record(by=writer)
        names = [field.name for field in snapshot.columns(type(item))]
        name = next((each for each in names if each.endswith("_sv")), "reason")
        setattr(item, name, f"{getattr(item, name)} igen")
        item.save()
        item.record(by=writer, note="Bättre.")
    return item


def clients():
    """{who: a Client of somebody like that}"""
    found = {}
    for who, make in PEOPLE.items():
        found[who], user = Client(), make()
        if user:
            found[who].force_login(user)
    return found


@contextmanager
def taken_back():
    """A transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def writing():
    """Gives a list that is filled with the statements that write, sessions aside."""
    written = []
    with CaptureQueriesContext(connection) as queries:
        yield written
    written += [
        query["sql"]
        for query in queries.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and "django_session" not in query["sql"]
    ]


def database():
    """{table: its rows} of everything but sessions and the hour of log-ins."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in ("sessions.Session", "auth.Permission")
    }
