"""Links in the texts of the site follow the page that they lead to."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from publishing.history import drifted_rows, verify_chain
from publishing.models import Action, Track, Version
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db


def link(address, words="Om gungan"):
    return f'<p><a href="{address}">{words}</a></p>'


@pytest.fixture
def by():
    return AdministratorFactory()


def written(item, by, **texts):
    """Publish ``texts`` of ``item`` in the way that editors do, so that its links are known."""
    item.save_draft(by=by, values=texts)
    item.publish(by=by)
    return item


def moved(item, by, **place):
    written(item, by, **(place or {"slug": "ny"}))


def body_of(item):
    return type(item).objects.get(pk=item.pk).body_sv


def tidy():
    """Rows and versions say the same, and the chain is whole."""
    return not list(drifted_rows()) and not verify_chain().broken


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/nyheter/gammal/", "/nyheter/ny/"),
        ("/nyheter/gammal", "/nyheter/ny/"),
        ("/en/nyheter/gammal/", "/en/nyheter/ny/"),
        ("/sv-simple/nyheter/gammal/", "/sv-simple/nyheter/ny/"),
        ("/nyheter/gammal/#del", "/nyheter/ny/#del"),
        ("/nyheter/gammal/?a=1&amp;b=2#del", "/nyheter/ny/?a=1&amp;b=2#del"),
        ("http://testserver/nyheter/gammal/", "http://testserver/nyheter/ny/"),
        ("http://testserver/en/nyheter/gammal/", "http://testserver/en/nyheter/ny/"),
    ],
)
def test_a_link_follows_in_whatever_way_it_is_written(by, before, after):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link(before))

    moved(news, by)

    assert body_of(page) == link(after)
    assert tidy()


@pytest.mark.parametrize(
    "other",
    [
        "/nyheter/gammal-och-mer/",
        "/nyheter/gammal/mer/",
        "/om/nyheter/gammal/",
        "https://exempel.se/nyheter/gammal/",
        "/xx/nyheter/gammal/",
    ],
)
def test_a_link_to_something_else_stays(by, other):
    page, news = PageFactory(draft=True), NewsItemFactory(slug="gammal")
    page.save_draft(by=by, values={"body_sv": link(other) + link("/nyheter/gammal/")})

    moved(news, by)

    assert body_of(page) == link(other) + link("/nyheter/ny/")


def test_words_that_look_like_the_address_stay(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link("/nyheter/gammal/", words="/nyheter/gammal/"))

    moved(news, by)

    assert body_of(page) == link("/nyheter/ny/", words="/nyheter/gammal/")


def test_links_follow_in_every_language(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    texts = {f"body_{code}": link("/nyheter/gammal/") for code in ("sv", "sv_simple", "fi", "ar")}
    written(page, by, **texts)

    moved(news, by)

    page.refresh_from_db()
    assert {getattr(page, name) for name in texts} == {link("/nyheter/ny/")}


def test_links_follow_in_every_rich_text(by):
    area, news = FocusAreaFactory(), NewsItemFactory(slug="gammal")
    written(area, by, goal_sv=link("/nyheter/gammal/"))

    moved(news, by)

    area.refresh_from_db()
    assert area.goal_sv == link("/nyheter/ny/")


def test_links_to_pages_below_a_moved_page_follow(by):
    top = PageFactory(slug="gammal")
    PageFactory(slug="under", parent=PageFactory(slug="mitten", parent=top))
    news = written(NewsItemFactory(), by, body_sv=link("/fi/om/gammal/mitten/under/#mer"))

    moved(top, by)

    assert body_of(news) == link("/fi/om/ny/mitten/under/#mer")
    assert tidy()


def test_links_to_a_page_that_gets_another_parent_follow(by):
    page, parent = PageFactory(slug="sida"), PageFactory(slug="ovan")
    news = written(NewsItemFactory(), by, body_sv=link("/om/sida/"))

    moved(page, by, parent=parent.pk)

    assert body_of(news) == link("/om/ovan/sida/")


def test_links_between_a_moved_page_and_the_pages_below_it_follow(by):
    top = PageFactory(slug="gammal")
    below = PageFactory(slug="under", parent=top)
    written(top, by, body_sv=link("/om/gammal/under/"))
    written(below, by, body_sv=link("/om/gammal/"))

    moved(top, by)

    assert body_of(top) == link("/om/ny/under/")
    assert body_of(below) == link("/om/ny/")
    assert tidy()


def test_a_link_of_a_page_to_itself_follows(by):
    news = NewsItemFactory(slug="gammal")
    written(news, by, body_sv=link("/nyheter/gammal/#del"))

    moved(news, by)

    assert body_of(news) == link("/nyheter/ny/#del")
    assert Track.find(news).live.data["body_sv"] == link("/nyheter/ny/#del")
    assert tidy()


def test_a_page_is_itself_after_its_own_links_have_followed(by):
    news = NewsItemFactory(slug="gammal")
    written(news, by, body_sv=link("/nyheter/gammal/"))

    news.save_draft(by=by, values={"slug": "ny"})
    news.publish(by=by)

    assert news.body_sv == link("/nyheter/ny/")
    assert not news.has_changes


def test_links_of_a_contact_follow(by):
    unit = ContactUnitFactory(slug="gammal")
    page = written(PageFactory(), by, body_sv=link("/kontakt/gammal/"))

    with unit.recording(by=by):
        unit.slug = "ny"
        unit.save()

    assert body_of(page) == link("/kontakt/ny/")
    assert tidy()


# The texts that residents don't see yet


def test_links_in_a_draft_follow(by):
    draft, news = PageFactory(draft=True), NewsItemFactory(slug="gammal")
    draft.save_draft(by=by, values={"body_sv": link("/nyheter/gammal/")})

    moved(news, by)

    assert body_of(draft) == link("/nyheter/ny/")
    assert tidy()


def test_links_to_a_draft_follow_when_it_is_given_another_address(by):
    page, draft = PageFactory(draft=True), NewsItemFactory(slug="gammal", draft=True)
    page.save_draft(by=by, values={"body_sv": link("/nyheter/gammal/")})

    draft.save_draft(by=by, values={"slug": "ny"})

    assert body_of(page) == link("/nyheter/ny/")


def test_links_in_changes_that_are_not_out_follow_and_the_changes_are_kept(by):
    page, news = PageFactory(body_sv="<p>Ute</p>"), NewsItemFactory(slug="gammal")
    page.save_draft(by=by, values={"body_sv": "<p>Inne</p>" + link("/nyheter/gammal/")})

    moved(news, by)

    assert body_of(page) == "<p>Ute</p>"
    assert Track.find(page).newest.data["body_sv"] == "<p>Inne</p>" + link("/nyheter/ny/")
    assert tidy()


def test_links_in_a_text_that_waits_follow(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    at = timezone.now() + timedelta(hours=1)
    page.save_draft(by=by, values={"body_sv": link("/nyheter/gammal/")})
    page.schedule(by=by, at=at)

    moved(news, by)

    track = Track.find(page)
    assert track.scheduled.data["body_sv"] == link("/nyheter/ny/")
    assert (track.scheduled_at, body_of(page)) == (at, "")
    assert tidy()


def test_links_in_what_is_withdrawn_follow(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link("/nyheter/gammal/"))
    page.save_draft(by=by, values={"lead_sv": "En ny ingress."})
    page.withdraw(by=by)

    moved(news, by)

    page.refresh_from_db()
    assert page.body_sv == link("/nyheter/ny/")
    assert Track.find(page).newest.data["lead_sv"] == "En ny ingress."
    assert tidy()


def test_links_to_what_is_withdrawn_wait_for_its_draft_to_be_seen(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link("/nyheter/gammal/"))
    news.withdraw(by=by)

    news.save_draft(by=by, values={"slug": "ny"})

    assert body_of(page) == link("/nyheter/gammal/")


def test_a_link_that_follows_clashes_with_nothing_written_beside_it(by):
    page, news = PageFactory(body_sv=""), NewsItemFactory(slug="gammal")
    written(page, by, body_sv='<p>Ett <a href="/nyheter/gammal/">två</a> tre.</p>')
    page.save_draft(
        by=by, values={"body_sv": '<p>Ett <a href="/nyheter/gammal/">två</a> fyra.</p>'}
    )

    moved(news, by)
    page.publish(by=by)

    assert body_of(page) == '<p>Ett <a href="/nyheter/ny/">två</a> fyra.</p>'


def test_a_link_that_follows_clashes_with_nothing_when_the_page_is_corrected_meanwhile(by):
    page, news = PageFactory(body_sv=""), NewsItemFactory(slug="gammal")
    written(page, by, body_sv='<p>Ett <a href="/nyheter/gammal/">två</a> tre.</p>')
    page.save_draft(
        by=by, values={"body_sv": '<p>Ett <a href="/nyheter/gammal/">två</a> fyra.</p>'}
    )
    page.schedule(by=by, at=timezone.now() + timedelta(hours=1))
    written(page, by, lead_sv="En rättad ingress.")
    page.save_draft(by=by, values={"title_sv": "En ny rubrik"})

    moved(news, by)
    page.publish(by=by)

    track = Track.find(page)
    assert track.scheduled.data["body_sv"] == '<p>Ett <a href="/nyheter/ny/">två</a> fyra.</p>'
    assert track.scheduled.data["title_sv"] == "En ny rubrik"
    assert track.scheduled.data["lead_sv"] == "En rättad ingress."


def test_an_old_text_that_changes_started_from_follows_as_they_do(by):
    page, news = PageFactory(body_sv=""), NewsItemFactory(slug="gammal")
    paragraph = '<p>Ett <a href="/nyheter/{}/">två</a> {}.</p>'
    written(page, by, body_sv=paragraph.format("gammal", "tre"))
    page.save_draft(by=by, values={"body_sv": paragraph.format("gammal", "fyra")})
    # Somebody publishes another language, so that the changes started from an older text
    page.save_draft(by=by, values={"title_fi": "Otsikko"})
    page.publish(by=by, languages=["fi"])

    moved(news, by)
    page.publish(by=by)

    assert body_of(page) == paragraph.format("ny", "fyra")


def test_the_minute_that_moves_a_page_moves_the_links(by, client):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link("/nyheter/gammal/"))
    written(news, by, body_sv=link("/nyheter/gammal/#del"))
    at = timezone.now() + timedelta(hours=1)
    news.save_draft(by=by, values={"slug": "ny"})
    news.schedule(by=by, at=at)

    with time_machine.travel(at):
        client.get("/")

    assert body_of(page) == link("/nyheter/ny/")
    assert body_of(news) == link("/nyheter/ny/#del")
    assert tidy()


# What is recorded


def test_the_history_says_that_the_link_followed_and_who_moved_the_page(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link("/nyheter/gammal/"))
    mover = AdministratorFactory()

    moved(news, mover)

    version = Version.objects.of(page).last()
    assert (version.action, version.by, version.is_live) == (Action.LINKS, mover, True)


def test_a_link_that_follows_is_no_update_for_readers(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    written(page, by, body_sv=link("/nyheter/gammal/"))
    page.refresh_from_db()
    before = page.updated_at

    moved(news, by)

    page.refresh_from_db()
    assert page.updated_at == before


def test_a_text_without_the_link_gets_no_version(by):
    page, news = PageFactory(), NewsItemFactory(slug="gammal")
    NewsItemFactory(slug="annan")
    written(page, by, body_sv=link("/nyheter/annan/"))
    number = Version.objects.of(page).count()

    moved(news, by)

    assert Version.objects.of(page).count() == number
