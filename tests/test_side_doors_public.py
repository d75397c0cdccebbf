"""Every public view: none tells of what isn't public, whoever asks for it and however."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.models import State
from search.indexing import rebuild
from tests import doors
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    ImageFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    NoticeFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
    TargetGroupFactory,
)
from trollhattan_portal.sitemaps import SITEMAPS

pytestmark = pytest.mark.django_db

SECRET = "Hemlighet"  # in all that no resident is to be told of, and in nothing else
FACTORIES = {
    "fokusomraden": FocusAreaFactory,
    "insatser": InitiativeFactory,
    "nyheter": NewsItemFactory,
    "om": PageFactory,
}
WAYS = ["draft", "review", "mistake", "tomorrow", "over", "binned", "ny"]
DAY = timedelta(days=1)
# Each public view by its pattern, with addresses where it is looked at
VIEWS = {
    "": ["/"],
    "fokusomraden/": ["/fokusomraden/"],
    "fokusomraden/<slug:slug>/": ["/fokusomraden/kand/"],
    "insatser/": ["/insatser/", "/insatser/?omrade=kand", "/insatser/?q=Hemlig&fas=&alder=17"],
    "insatser/<slug:slug>/": ["/insatser/kand/"],
    "hitta-stod/": ["/hitta-stod/", "/hitta-stod/?alder=17", "/hitta-stod/?alder=17&omrade=plats"],
    "nyheter/": ["/nyheter/", "/nyheter/?omrade=kand", "/nyheter/?ar=2024", "/nyheter/?sida=1"],
    "nyheter/<slug:slug>/": ["/nyheter/kand/"],
    "kontakt/": ["/kontakt/"],
    "kontakt/<slug:slug>/": ["/kontakt/kand/"],
    "webbplatskarta/": ["/webbplatskarta/"],
    # By the first letters, and with a typing error, since the page repeats what was asked
    "sok/": ["/sok/", "/sok/?q=heml", "/sok/?q=heml&omrade=kand", "/sok/?q=hemmlighet&typ=nyheter"],
    "sok/forslag.json": ["/sok/forslag.json?q=heml"],
    "sok/resultat.json": ["/sok/resultat.json?q=heml", "/sok/resultat.json?q=hemmlighet"],
    "opensearch.xml": ["/opensearch.xml"],
    "vill-du-veta-mer/": ["/vill-du-veta-mer/"],
    "tillganglighetsredogorelse/": ["/tillganglighetsredogorelse/?sida=/nyheter/hemlig-draft/"],
    r"^om/(?P<path>[-\w]+(?:/[-\w]+){0,2})/$": ["/om/kand/"],
    "nyheter/rss.xml": ["/nyheter/rss.xml"],
    "nyheter/atom.xml": ["/nyheter/atom.xml"],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap-<section>.xml": [f"/sitemap-{section}.xml" for section in SITEMAPS],
    "robots.txt": ["/robots.txt"],
    "manifest.webmanifest": ["/manifest.webmanifest"],
}
# Those that tell of no content, or send the one file that is asked for (test_side_doors_files.py)
OTHERS = {
    *["plats-for-alla/", "halsa/", ".well-known/security.txt", "favicon.ico", "styleguide/"],
    "media/documents/<str:name>",
    "delad/<str:token>/",  # test_share_links.py
    r"media/^renditions/(?P<pk>[0-9]{1,18})/(?P<key>[0-9a-f]{12})/(?P<name>[a-z0-9_-]+\.(?:avif|webp|jpg))\Z",
    r"media/^bilder/(?P<pk>[0-9]{1,18})\Z",  # test_images_media.py
    r"media/^masters/(?P<name>[a-z0-9_-]+\.webp)\Z",
}
ADDRESSES = [address for addresses in VIEWS.values() for address in addresses]
LANGUAGES = ["", "/sv-simple", "/fi", "/en", "/ar"]


def texts(word):
    return {f"{name}_{code}": word for name in ("title", "lead") for code in ("sv", "en", "ar")}


@pytest.fixture
def secrets():
    """What residents may know of each kind and, hidden in each way there is, what they may not."""
    by, unit = AdministratorFactory(), ContactUnitFactory(slug="kand")
    site = SiteSettingsFactory()
    StartPageFactory(unit=unit).save_draft(by=by, values=texts(SECRET))
    for factory in FACTORIES.values():
        known = factory(slug="kand", unit=unit)
        known.save_draft(by=by, values={**texts(SECRET), "slug": "hemlig-ny"})
        waiting = factory(unit=unit)
        waiting.save_draft(by=by, values=texts(SECRET))
        waiting.schedule(by=by, at=timezone.now() + DAY)
        hide(factory, unit, by)
    belongings(site)
    rebuild()


def hide(factory, unit, by):
    ways = {
        "draft": {"draft": True},
        "review": {"state": State.IN_REVIEW, "publish_at": None},
        "mistake": {"state": State.WITHDRAWN, "withdrawal_reason": "mistake"},
        "tomorrow": {"publish_at": timezone.now() + DAY},
        "over": {"expire_at": timezone.now() - DAY},
        "binned": {"draft": True},
    }
    image = ImageFactory(title=SECRET, alt_sv=SECRET)
    for way, facts in ways.items():
        item = factory(slug=f"hemlig-{way}", unit=unit, image=image, **texts(SECRET), **facts)
    item.move_to_bin(by=by)


def belongings(site):
    """What hangs on what is hidden: menu, filters, relations, a notice that is not shown yet."""
    draft = PageFactory(draft=True, **texts(SECRET))
    MenuItemFactory(site=site, section="", page=draft)
    PageFactory(parent=draft, slug="under")
    area = FocusAreaFactory(draft=True, **texts(SECRET))
    InitiativeFactory(
        draft=True,
        focus_area=area,
        districts=[DistrictFactory(name_sv=SECRET)],
        target_groups=[TargetGroupFactory(name_sv=SECRET)],
        **texts(SECRET),
    )
    InitiativeFactory(focus_area=area)
    # One that doesn't fit who asks for the place, so that what nearly does is looked for
    InitiativeFactory(focus_area=FocusAreaFactory(slug="plats"), age_from=90)
    initiative = InitiativeFactory(draft=True, **texts(SECRET))
    NewsItemFactory(focus_areas=[area], initiatives=[initiative])
    NoticeFactory(text_sv=SECRET, starts_at=timezone.now() + DAY)
    NoticeFactory(text_sv=SECRET, ends_at=timezone.now() - DAY, starts_at=timezone.now() - 2 * DAY)


def told_in(response):
    """What stands in the answer of what isn't public, the address that was asked for aside."""
    text = response.text.replace("/nyheter/hemlig-draft/", "").replace("q=Hemlig", "")
    return re.findall(r"hemlig[-\w]*", text, re.IGNORECASE)


def test_every_public_view_has_its_line():
    patterns = {pattern for _name, pattern in doors.views() if not doors.is_for_staff(pattern)}

    assert patterns == {*VIEWS, *OTHERS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_tells_of_what_is_not_public(client, secrets, language):
    answers = {each: client.get(language + each, follow=True) for each in ADDRESSES}

    if not language:
        assert {answer.status_code for answer in answers.values()} == {200}
    assert {each: told for each, answer in answers.items() if (told := told_in(answer))} == {}


@pytest.mark.parametrize("who", ["redaktör", "administratör"])
def test_who_is_logged_in_sees_the_same_pages_as_residents(client, secrets, who):
    client.force_login(doors.PEOPLE[who]())

    assert {each: told for each in ADDRESSES if (told := told_in(client.get(each)))} == {}


@pytest.mark.parametrize("who", ["anonymous", "redaktör", "administratör"])
def test_the_page_of_what_is_not_public_is_not_found(client, secrets, who):
    if user := doors.PEOPLE[who]():
        client.force_login(user)
    asked = [
        f"{language}/{kind}/hemlig-{way}/"
        for language in LANGUAGES
        for kind in FACTORIES
        for way in WAYS
    ]

    assert {client.get(address).status_code for address in asked} == {404}


@pytest.mark.parametrize("query", ["preview=1", "version=2", "state=draft", "as_of=2030-01-01"])
def test_nothing_in_a_query_opens_more(client, secrets, query):
    response = client.get(f"/nyheter/kand/?{query}")

    assert response.status_code == 200
    assert told_in(response) == []


@pytest.mark.parametrize("method", ["head", "options", "post", "put", "patch", "delete", "trace"])
def test_no_other_way_to_ask_changes_or_breaks_anything(client, secrets, method):
    before = doors.database()

    answers = {getattr(client, method)(address).status_code for address in ADDRESSES}

    assert answers <= ({200} if method == "head" else {200, 405})
    assert doors.database() == before
