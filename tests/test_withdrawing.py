"""What an address answers whose page was taken away, by the reason; and when it is back."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from news.models import NewsItem
from publishing.models import Redirect, State, Version, WithdrawalReason
from tests.admin_forms import staff
from tests.factories import (
    FocusAreaFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    PageFactory,
    SiteSettingsFactory,
)
from tests.situations import DAY, NOW, row

pytestmark = pytest.mark.django_db
KINDS = [FocusAreaFactory, InitiativeFactory, NewsItemFactory, PageFactory]
OUTDATED = "Den här sidan är inaktuell och uppdateras inte längre."
for_each_kind = pytest.mark.parametrize(
    "factory", KINDS, ids=lambda factory: factory._meta.model._meta.model_name
)


@pytest.fixture
def publisher():
    return staff("Publicister")


def answer(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


# A mistake


@for_each_kind
def test_the_address_of_a_mistake_says_that_it_is_gone(client, publisher, factory):
    item = factory()

    item.withdraw(by=publisher, reason=WithdrawalReason.MISTAKE)

    assert answer(client, item.get_absolute_url()) == (410, "")


def test_a_mistake_is_gone_in_every_language(client, publisher):
    item = NewsItemFactory(title_fi="Otsikko", slug="fel")

    item.withdraw(by=publisher, reason=WithdrawalReason.MISTAKE)

    assert answer(client, "/fi/nyheter/fel/") == (410, "")


@time_machine.travel(NOW, tick=False)
def test_what_nobody_has_seen_is_not_said_to_be_gone(client, publisher):
    item = NewsItemFactory(publish_at=NOW + DAY)

    item.withdraw(by=publisher, reason=WithdrawalReason.MISTAKE)

    assert answer(client, item.get_absolute_url()) == (404, "")
    assert not Redirect.objects.exists()


# Replaced


@for_each_kind
def test_the_address_of_what_was_replaced_leads_on(client, publisher, factory):
    item, other = factory(), NewsItemFactory(slug="ny")

    item.withdraw(by=publisher, reason=WithdrawalReason.REPLACED, replaced_by=other)

    assert answer(client, item.get_absolute_url()) == (301, "/nyheter/ny/")


def test_a_page_can_be_replaced_by_a_path(client, publisher):
    item = NewsItemFactory()

    item.withdraw(by=publisher, reason=WithdrawalReason.REPLACED, replaced_by="/insatser/")

    assert answer(client, item.get_absolute_url()) == (301, "/insatser/")


@pytest.mark.parametrize(
    "replaced_by", [None, "", "https://example.se/", "//example.se/", "/finns-inte/", "itself"]
)
def test_what_replaces_a_page_must_be_another_page_of_this_site(publisher, replaced_by):
    item = NewsItemFactory()
    named = item if replaced_by == "itself" else replaced_by

    with pytest.raises(ValidationError) as refusal:
        item.withdraw(by=publisher, reason=WithdrawalReason.REPLACED, replaced_by=named)

    assert list(refusal.value.message_dict) == ["replaced_by"]
    assert row(item).state == State.PUBLISHED


# Outdated


@for_each_kind
def test_an_outdated_page_can_be_read_and_says_that_it_is(client, publisher, factory):
    item = factory()

    item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)

    response = client.get(item.get_absolute_url())
    assert response.status_code == 200
    assert OUTDATED in response.text


def test_a_page_that_residents_see_is_not_said_to_be_outdated(client):
    assert OUTDATED not in client.get(NewsItemFactory().get_absolute_url()).text


@time_machine.travel(NOW, tick=False)
def test_what_nobody_has_seen_is_not_outdated(publisher):
    item = NewsItemFactory(publish_at=NOW + DAY)

    with pytest.raises(ValidationError, match="har inte börjat visas än"):
        item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)


def test_an_outdated_page_can_be_taken_away_for_good(client, publisher):
    item = NewsItemFactory()
    item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)

    item.withdraw(by=publisher, reason=WithdrawalReason.MISTAKE)

    assert answer(client, item.get_absolute_url()) == (410, "")


# Where neither archived nor outdated pages are


def put_aside(item, publisher, how):
    if how == "archived":
        item.archive(by=publisher)
    else:
        item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)


for_each_way_aside = pytest.mark.parametrize("how", ["archived", "outdated"])
LISTS = {
    FocusAreaFactory: ["/", "/fokusomraden/", "/webbplatskarta/", "/sitemap-fokusomraden.xml"],
    InitiativeFactory: ["/insatser/", "/webbplatskarta/", "/sitemap-insatser.xml"],
    NewsItemFactory: [
        *["/", "/nyheter/", "/nyheter/?ar=2024", "/nyheter/rss.xml", "/nyheter/atom.xml"],
        "/sitemap-nyheter.xml",
    ],
    PageFactory: ["/", "/webbplatskarta/", "/sitemap-sidor.xml"],
}
PLACES = [(factory, address) for factory, addresses in LISTS.items() for address in addresses]


def shows(client, address, item):
    return item.get_absolute_url() in client.get(address).content.decode()


@for_each_way_aside
@pytest.mark.parametrize(("factory", "address"), PLACES)
def test_what_is_put_aside_is_in_no_list_feed_or_sitemap(client, publisher, how, factory, address):
    item = factory()
    if factory is PageFactory:
        MenuItemFactory(site=SiteSettingsFactory(), section="", page=item)
    was_there = shows(client, address, item)

    put_aside(item, publisher, how)

    assert was_there
    assert not shows(client, address, item)


@for_each_way_aside
def test_what_is_put_aside_is_not_named_by_what_belongs_to_it(client, publisher, how):
    area = FocusAreaFactory()
    initiative = InitiativeFactory(focus_area=area)

    put_aside(area, publisher, how)

    assert not shows(client, initiative.get_absolute_url(), area)


@for_each_way_aside
def test_search_engines_are_not_asked_to_forget_what_is_put_aside(client, publisher, how):
    item = NewsItemFactory()

    put_aside(item, publisher, how)

    response = client.get(item.get_absolute_url())
    assert "noindex" not in response.text
    assert "X-Robots-Tag" not in response.headers


@for_each_way_aside
@time_machine.travel(NOW, tick=False)
def test_no_new_review_is_promised_of_what_is_put_aside(client, publisher, how):
    page = PageFactory(last_reviewed_on=NOW.date(), review_interval=12)

    put_aside(page, publisher, how)

    assert "Nästa granskning" not in client.get(page.get_absolute_url()).text


@for_each_way_aside
@time_machine.travel(NOW, tick=False)
def test_no_review_is_due_of_what_is_put_aside(client, publisher, how):
    page = PageFactory(last_reviewed_on=(NOW - 800 * DAY).date(), review_interval=12)

    put_aside(page, publisher, how)

    assert "skulle ha granskats" not in client.get(page.get_absolute_url()).text
    assert not type(page).objects.due_for_review().exists()


# Back again


@pytest.mark.parametrize("reason", WithdrawalReason)
def test_publishing_again_clears_what_the_address_answered(client, publisher, reason):
    item, other = NewsItemFactory(), NewsItemFactory()
    item.withdraw(by=publisher, reason=reason, replaced_by=other)

    item.publish(by=publisher)

    response = client.get(item.get_absolute_url())
    assert response.status_code == 200
    assert OUTDATED not in response.text
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_old_address_finds_what_is_published_again_at_a_new_one(client, publisher, nothing):
    item = NewsItemFactory(slug="gammal")
    item.withdraw(by=publisher, reason=WithdrawalReason.MISTAKE, replaced_by=nothing)
    item.save_draft(by=publisher, values={"slug": "ny"})

    item.publish(by=publisher)

    assert answer(client, "/nyheter/gammal/") == (301, "/nyheter/ny/")


# The text


def test_the_editors_text_of_a_withdrawn_page_is_in_its_row(publisher):
    area, item = FocusAreaFactory(), NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Nu", "focus_areas": [area.pk]})

    item.withdraw(by=publisher)

    assert (row(item).title_sv, list(row(item).focus_areas.all())) == ("Nu", [area])


def test_an_outdated_page_still_shows_what_residents_saw(client, publisher):
    item = NewsItemFactory(title_sv="Förut")
    item.save_draft(by=publisher, values={"title_sv": "Nu"})

    item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)

    assert row(item).title_sv == "Förut"
    assert row(item).track.newest.data["title_sv"] == "Nu"


@pytest.mark.parametrize("factory", [NewsItemFactory, PageFactory])
def test_an_address_that_was_taken_meanwhile_does_not_keep_a_page_up(publisher, factory):
    item = factory(slug="gammal")
    item.save_draft(by=publisher, values={"slug": "ny", "title_sv": "Nu"})
    factory(slug="ny")

    item.withdraw(by=publisher)

    assert (row(item).state, row(item).slug) == (State.WITHDRAWN, "gammal")
    assert (row(item).title_sv, row(item).track.newest.data["title_sv"]) == ("Nu", "Nu")
    assert row(item).track.newest.data["slug"] == "gammal"
    assert Version.objects.of(item).last().note == "Den nya adressen var upptagen."


def test_withdrawing_is_no_update_of_the_text(publisher):
    item = NewsItemFactory()
    before = row(item).updated_at

    item.withdraw(by=publisher, reason=WithdrawalReason.OUTDATED)

    assert NewsItem.objects.get().updated_at == before
