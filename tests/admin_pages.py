"""Every type of page that the back office has, with something on each: for those who look at them.

A new view of the admin fails tests/test_admin_accessibility.py until it is looked at here.
"""

from datetime import UTC, datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from images.models import Image
from news.models import NewsItem
from pages.models import AccessibilityStatement, Resource
from publishing.models import State
from search.models import MissedQuery
from tests import doors
from tests.admin_forms import admin_url, staff
from tests.factories import (
    ContactFunctionFactory,
    ContactUnitFactory,
    ImageFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    OpeningHoursFactory,
    UserFactory,
)
from tests.kinds import statement
from tests.previews import press_preview
from tests.test_open_forms import tell
from tests.test_quality_statement import exempted
from trollhattan_portal import invitations

NOBODY = None
# What answers in the admin and is no page that somebody looks at
NO_PAGES = {
    "jsi18n",  # a script
    "autocomplete",  # data, looked at in a form by test_admin_keyboard.py
    "login",  # lead on to the pages of the account, which are in the list
    "logout",
    "password_change",
    "password_change_done",
    "preview_new",  # lead on to the preview
    "preview_form",
    *("translations_export", "csv"),  # files
    "pages_to_link",  # data, looked at in a dialog by test_editor_browser.py
    *("open_form", "throw_text_away", "undo"),  # only sent to; they lead on to a form
    "version_page",  # what residents see, framed: test_accessibility.py
    "preview_page",
    "as_it_was_page",
}


def types_of_views():
    """The name of each view of the admin without its kind: "change" of news_newsitem_change."""
    kinds = sorted((kind.replace(".", "_") + "_" for kind in doors.KINDS), key=len, reverse=True)
    named, _nameless = doors.views_of_admin()
    return {_without_kind(name, kinds) for name in named} - NO_PAGES


def types_looked_at(pages):
    kinds = sorted((kind.replace(".", "_") + "_" for kind in doors.KINDS), key=len, reverse=True)
    return {_without_kind(name, kinds) for name in map(_view_at, pages.values()) if name}


def _view_at(page):
    try:
        return resolve(page[0].partition("?")[0]).url_name
    except Resolver404:
        return None


def _without_kind(name, kinds):
    return next((name.removeprefix(kind) for kind in kinds if name.startswith(kind)), name)


# {name: (address, who looks)}


def forms():
    """The form of each kind, as she sees it who may do most with it."""
    minder, writer = staff("Administratörer"), staff("Redaktörer")
    items = {kind: doors.with_history(kind) for kind in doors.KINDS}
    unit = items["contacts.contactunit"]
    MenuItemFactory(site=items["pages.sitesettings"])
    ContactFunctionFactory(unit=unit)
    OpeningHoursFactory(unit=unit)
    flawed = NewsItemFactory(draft=True, lead_sv="", body_sv=FLAWED)
    tell(_client(writer), flawed, title_sv="Det jag skrev")
    return {
        "form: with flaws and an unsaved text": (admin_url(flawed, "change"), writer),
        "form: with the unsaved text": (f"{admin_url(flawed, 'change')}?kladd=abc", writer),
        **{f"form: {kind}": (admin_url(item, "change"), minder) for kind, item in items.items()},
        "form: new, published kind": (admin_url(NewsItem, "add"), writer),
        "form: new, with rows": (admin_url(unit, "add"), minder),
        "form: new picture": (admin_url(Image, "add"), writer),
        "form: new user": (reverse("admin:auth_user_add"), minder),
        "form: to look at, with rows": (admin_url(unit, "change"), writer),
        "form: in a window of its own": (f"{admin_url(unit, 'add')}?_popup=1", minder),
    }


def lists():
    minder, writer, image = staff("Administratörer"), staff("Redaktörer"), ImageFactory()
    for state in State:
        NewsItemFactory(state=state, title_sv="Mötesplatsen i Sylte har öppet hela sommaren")
    NewsItemFactory(title_sv="Sommarjobbsmässan", publish_at=datetime(2022, 9, 23, tzinfo=UTC))
    doors.LIVE["pages.resource"]()
    InitiativeFactory(image=image, title_sv="Resurscentrum mot hedersrelaterat våld och förtryck")
    thrown = NewsItemFactory(draft=True)
    thrown.move_to_bin(by=writer)
    day = timezone.localdate()
    for text, language in [("skolskjuts", "sv"), ("نقل", "ar")]:
        MissedQuery.objects.create(text=text, language=language, day=day, hits=0, count=3)
    NewsItemFactory(draft=True).share(by=writer)
    ImageFactory(alt_sv="")
    unit = ContactUnitFactory()
    invitations.invite(UserFactory(email="inbjuden@example.se"))
    news = admin_url(NewsItem, "changelist")
    return {
        "start page": (reverse("admin:index"), minder),
        "start page, editor": (reverse("admin:index"), writer),
        "kinds of an app": (reverse("admin:app_list", args=["pages"]), minder),
        "list, with actions, filters and search": (news, minder),
        "list, found": (f"{news}?state__exact=draft&q=Sylte", writer),
        "list, empty": (f"{news}?q=finnsinte", writer),
        "list of users": (reverse("admin:auth_user_changelist"), minder),
        "list of pictures": (admin_url(image, "changelist"), minder),
        "pictures to upload": (admin_url(image, "upload"), writer),
        "pictures without texts": (admin_url(image, "texts"), writer),
        "pictures that look the same": (admin_url(image, "doubles"), writer),
        "rules of quality": (reverse("admin:quality_rules"), writer),
        "list, with fields in its rows": (admin_url(unit, "changelist"), minder),
        "list of initiatives": (admin_url(InitiativeFactory._meta.model, "changelist"), minder),
        "list, with more columns than fit": (
            f"{admin_url(Resource, 'changelist')}?o=1.2.5",
            minder,
        ),
        "list that is empty": (reverse("admin:search_synonyms_changelist"), minder),
        "bin": (reverse("admin:bin"), minder),
        "shared links": (reverse("admin:shared_links"), minder),
        "translations": (reverse("admin:translations"), minder),
        "translations, to be imported": (reverse("admin:translations_import"), minder),
        "what residents did not find": (reverse("admin:missed"), minder),
        "who may do what": (reverse("admin:rights"), writer),
        "news of the start page": (reverse("admin:news_newsitem_start"), minder),
    }


def questions():
    """What is asked before something is done, and what is told of one item."""
    minder, writer, image = staff("Administratörer"), staff("Redaktörer"), ImageFactory()
    item, draft = doors.with_history("news.newsitem"), NewsItemFactory(draft=True)
    asked = NewsItemFactory()
    asked.save_draft(by=writer, values={"lead_sv": "Nytt."})
    asked.submit(by=writer, note="Klar.")
    clashing = _clashing(minder)
    invited = UserFactory(email="inbjuden@example.se")
    invitations.invite(invited)
    version = [item.pk, 1]
    return {
        **{f"act: {verb}": (act(verb, asked), minder) for verb in ["publish_with", "send_back"]},
        **{f"act: {verb}": (act(verb, item), minder) for verb in ["withdraw", "archive"]},
        "act: publish in spite of a flaw": (act("publish_with", _flawed()), minder),
        "consent of a picture": (admin_url(image, "consent", image.pk), minder),
        "shortcomings that are proposed": (_proposals(), minder),
        "act: many, of which one is refused": (
            f"{act('publish', item)}&id={_flawed().pk}",
            minder,
        ),
        "act: a contact to be reviewed": (_to_review(), minder),
        "act: many": (f"{act('archive', asked)}&id={item.pk}", minder),
        "act: two texts to choose from": (act("unschedule", clashing), minder),
        "form with a clash": (admin_url(clashing, "change"), minder),
        "form that waits for review": (admin_url(asked, "change"), minder),
        "to the bin": (admin_url(draft, "delete"), minder),
        "to the bin, refused": (admin_url(image, "delete"), minder),
        "history": (admin_url(item, "history"), minder),
        "history of a user": (admin_url(invited, "history"), minder),
        "version": (admin_url(item, "version", *version), minder),
        "versions compared": (f"{admin_url(item, 'compare', item.pk)}?fran=1&till=2", minder),
        "version to be restored": (admin_url(item, "restore", *version), minder),
        "version to be erased": (admin_url(item, "erase", *version), minder),
        "version as residents see it": (admin_url(item, "version_preview", *version), minder),
        "preview": (_preview(item, minder), minder),
        "read aloud": (admin_url(item, "aloud", item.pk), minder),
        "version, read aloud": (admin_url(item, "version_aloud", *version), minder),
        "preview, read aloud": (f"{_preview(item, minder)}upplast/", minder),
        "as it was": (admin_url(item, "as_it_was", item.pk), minder),
        "share": (admin_url(draft, "share", draft.pk), minder),
        "copy": (admin_url(item, "copy", item.pk), minder),
        "where it is used": (admin_url(image, "uses", image.pk), minder),
        "invitation": (admin_url(invited, "invitation", invited.pk), minder),
        "password of somebody else": (f"/admin/auth/user/{writer.pk}/password/", minder),
        "refused": (reverse("admin:auth_user_changelist"), writer),
        "not found": ("/admin/news/newsitem/99999/change/", writer),
        "not found at all": ("/admin/finns/inte/", writer),
    }


FLAWED = f"<h3>Öppet</h3><p>Man kan läsa mer här. {'Lång mening utan slut och stopp ' * 12}.</p>"


def _flawed():
    return NewsItemFactory(draft=True, title_sv="Branden", body_sv=FLAWED)


def _to_review():
    contact = ContactUnitFactory(last_reviewed_on=timezone.localdate() - timedelta(days=400))
    return f"{admin_url(contact, 'act', 'mark_reviewed')}?id={contact.pk}"


def _proposals():
    exempted()
    site = AccessibilityStatement.objects.first() or statement()
    return admin_url(site, "proposals", site.pk)


def act(verb, item):
    return f"{reverse('admin:news_newsitem_act', args=[verb])}?id={item.pk}"


def _client(user):
    client = Client()
    client.force_login(user)
    return client


def _preview(item, user):
    return press_preview(_client(user), item).redirect_chain[-1][0]


def _clashing(writer):
    """A page with a text that waits, and another for the same field in the form."""
    item = NewsItemFactory(title_sv="Ny lekplats i Kronogården", body_sv="<p>Grönt.</p>")
    item.save_draft(by=writer, values={"lead_sv": "Från december.", "body_sv": "<p>Snö.</p>"})
    item.schedule(by=writer, at=timezone.now() + timedelta(days=1))
    item.save_draft(by=writer, values={"lead_sv": "Från november.", "body_sv": "<p>Löv.</p>"})
    return item


def account():
    """The pages round the log-in, where nobody is known yet."""
    writer, invited = staff("Redaktörer"), UserFactory(email="inbjuden@example.se")
    invitations.invite(invited)
    return {
        "log-in": (reverse("account_login"), NOBODY),
        "log-out": (reverse("account_logout"), writer),
        "account that is closed": (reverse("account_inactive"), NOBODY),
        "password, to be changed": (reverse("account_change_password"), writer),
        "password, forgotten": (reverse("account_reset_password"), NOBODY),
        "password, mail sent": (reverse("account_reset_password_done"), NOBODY),
        "password, link used": ("/konto/password/reset/key/1-fel-kod/", NOBODY),
        "password, link": (_reset_link(), NOBODY),
        "password, chosen": (reverse("account_reset_password_from_key_done"), NOBODY),
        "invitation, to be answered": (
            reverse("invitation", args=[invitations.key_of(invited)]),
            NOBODY,
        ),
        "invitation, over": (reverse("invitation", args=["1-fel"]), NOBODY),
    }


def _reset_link():
    user = UserFactory()
    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return reverse("account_reset_password_from_key", args=key)


GROUPS = {"forms": forms, "lists": lists, "questions": questions, "account": account}
