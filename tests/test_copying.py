"""The page that copies an item as a new draft, and for whom."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from news.models import NewsItem
from publishing.models import Action, State, Version
from tests.admin_forms import admin_url, messages_of, staff, with_rights
from tests.factories import AdministratorFactory, NewsItemFactory, PageFactory
from tests.reading import links_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(staff("Redaktörer"))
    return client


def copy(client, item, method="post"):
    return getattr(client, method)(admin_url(item, "copy", item.pk), follow=True)


def test_the_form_leads_there(editor):
    item = NewsItemFactory()

    links = links_of(editor.get(admin_url(item, "change")))

    assert ("Kopiera som nytt utkast", admin_url(item, "copy", item.pk)) in links


def test_it_asks_first(editor):
    copy(editor, NewsItemFactory(), "get")

    assert NewsItem.objects.count() == 1


def test_it_leads_to_the_form_of_the_copy_and_leaves_the_other_alone(editor):
    item = NewsItemFactory(title_sv="Torget")

    page = copy(editor, item)

    twin = NewsItem.objects.exclude(pk=item.pk).get()
    assert page.redirect_chain[-1][0] == admin_url(twin, "change")
    assert messages_of(page) == ["Det här är kopian. Texten i ”Torget” är orörd."]
    assert twin.state == State.DRAFT
    assert NewsItem.objects.get(pk=item.pk).title_sv == "Torget"


def test_it_is_recorded_and_logged(editor):
    item = NewsItemFactory()

    copy(editor, item)

    twin = NewsItem.objects.exclude(pk=item.pk).get()
    assert Version.objects.of(twin).get().action == Action.CREATED
    assert LogEntry.objects.get().object_id == str(twin.pk)


def test_a_page_is_copied_to_where_it_lies(editor):
    page = PageFactory(parent=PageFactory(slug="om-oss"), slug="barn")

    copy(editor, page)

    twin = type(page).objects.get(slug="barn-kopia")
    assert twin.parent == page.parent


def test_what_never_was_is_not_found(editor):
    item = NewsItemFactory()
    NewsItem.objects.all().delete()

    assert editor.post(admin_url(item, "copy", 77)).status_code == 404


def test_nobody_reads_a_draft_by_copying_it(client):
    """Who may add but not change sees what residents see, and a copy has the editors' text."""
    item = NewsItemFactory()
    item.save_draft(by=AdministratorFactory(), values={"lead_sv": "Skolan läggs ner."})
    person = with_rights("add_newsitem", "view_newsitem")
    client.force_login(person)

    response = copy(client, item)

    assert response.status_code == 403
    assert NewsItem.objects.count() == 1
    with pytest.raises(PermissionDenied, match="^Du har inte rätt att kopiera nyheter.$"):
        item.copy(by=person)
