"""A look at what stands in the form, through the page's own address, view and template."""

import re

import pytest
import time_machine

from focus_areas.models import FocusArea
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Page, StartPage
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import (
    ContactFunctionFactory,
    DistrictFactory,
    FocusAreaFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
    StartPageFactory,
    TargetGroupFactory,
)
from tests.previews import (
    as_residents_get_it,
    page_in,
    press_preview,
    preview_of,
)
from tests.situations import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


# The same page as when it is published


def a_news_item(**facts):
    return NewsItemFactory(
        image=ImageFactory(),
        initiatives=[InitiativeFactory(), InitiativeFactory(draft=True)],
        **facts,
    )


def an_initiative(**facts):
    item = InitiativeFactory(
        districts=[DistrictFactory()], image=ImageFactory(), is_sensitive=True, **facts
    )
    NewsItemFactory(kind="follow_up", initiatives=[item])
    return item


def a_focus_area(**facts):
    area = FocusAreaFactory(image=ImageFactory(), **facts)
    NewsItemFactory(focus_areas=[area])
    InitiativeFactory(focus_area=area)
    return area


def a_page(**facts):
    page = PageFactory(
        parent=PageFactory(), contact=ContactFunctionFactory(), image=ImageFactory(), **facts
    )
    PageFactory(parent=page)
    return page


KINDS = {
    "nyhet": (a_news_item, {"focus_areas": lambda: [FocusAreaFactory().pk]}),
    "insats": (an_initiative, {"target_groups": lambda: [TargetGroupFactory().pk]}),
    "fokusområde": (a_focus_area, {}),
    "sida": (a_page, {}),
    "startsida": (lambda **facts: StartPageFactory(image=ImageFactory(), **facts), {}),
}


@pytest.mark.parametrize("state", [{}, {"draft": True}], ids=["published", "draft"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_is_the_page_that_publishing_makes(publisher, kind, state):
    make, relations = KINDS[kind]
    item = make(**state)
    NewsItemFactory()
    changes = {name: keys() for name, keys in relations.items()}
    changes |= {"title_sv": "Ny rubrik", "body_sv": "<p>Ny text</p>", "title_fi": "Otsikko"}

    swedish = preview_of(publisher, item, **changes)
    item.save_draft(by=publisher.user, values=changes)
    item.publish(by=publisher.user)
    publisher.logout()

    assert "Ny rubrik" in swedish
    assert as_residents_get_it(swedish) == publisher.get(item.get_absolute_url()).content.decode()


def test_a_preview_in_another_language_is_the_page_in_it(publisher):
    item = NewsItemFactory(title_ar="خبر")
    frame = press_preview(publisher, item, title_ar="خبر من المدينة", lead_ar="هذا خبر")

    arabic = page_in(publisher, publisher.get(frame.request["PATH_INFO"], {"sprak": "ar"}))
    item.save_draft(by=publisher.user, values={"title_ar": "خبر من المدينة", "lead_ar": "هذا خبر"})
    item.publish(by=publisher.user)

    public = publisher.get(f"/ar{item.get_absolute_url()}").content.decode()
    assert 'dir="rtl"' in public
    assert as_residents_get_it(arabic.content.decode()) == public


def test_a_minute_later_the_preview_is_of_the_same_text(publisher):
    frame = press_preview(publisher, NewsItemFactory(), lead_sv="Som jag skrev.")
    NewsItem.objects.get().save_draft(by=publisher.user, values={"lead_sv": "Av någon annan."})

    assert "Som jag skrev." in page_in(publisher, frame).content.decode()


def test_links_lead_out_of_the_frame_since_public_pages_refuse_to_be_framed(publisher):
    assert '<base target="_blank">' in preview_of(publisher, NewsItemFactory())


# What is unfinished


@pytest.mark.parametrize("kind", [NewsItem, Initiative, FocusArea, Page, StartPage])
def test_an_empty_new_form_can_be_looked_at(publisher, kind):
    page = preview_of(publisher, kind)

    assert "(utan rubrik)" in page
    assert not kind.objects.exists()


def test_what_is_written_in_a_new_form_is_shown(publisher):
    page = preview_of(publisher, NewsItem, title_sv="Ny lekplats", lead_sv="I Sylte.")

    assert "Ny lekplats" in page
    assert "I Sylte." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_sv": ""}, "Skriv en rubrik på svenska innan du publicerar."),
        ({"lead_sv": ""}, "Skriv en ingress på svenska innan du publicerar."),
        ({"unit": ""}, "Välj ansvarig enhet innan du publicerar."),
        ({"slug": ""}, "Adressen går inte att använda, så sidan visas på en tillfällig."),
        ({"slug": "Å så"}, "Adressen går inte att använda, så sidan visas på en tillfällig."),
        ({"slug": "upptagen"}, "Adress: "),
        ({"title_fi": "p" * 121}, "Rubrik (Suomi): "),
        ({"review_interval": "x"}, "Granskas: "),
        ({"focus_areas": ["4711"]}, "Fokusområden: "),
    ],
)
def test_a_fault_is_told_and_the_rest_is_shown(publisher, changes, sentence):
    NewsItemFactory(slug="upptagen")
    item = NewsItemFactory(draft=True)

    frame = press_preview(publisher, item, **{"body_sv": "<p>Brödtexten</p>", **changes})

    assert sentence in frame.content.decode()
    assert "Brödtexten" in page_in(publisher, frame).content.decode()


def test_a_text_that_is_too_long_is_shown_all_the_same(publisher):
    assert "p" * 121 in preview_of(publisher, NewsItemFactory(), title_sv="p" * 121)


def test_an_address_that_somebody_else_has_shows_ones_own_text(publisher):
    NewsItemFactory(slug="upptagen", title_sv="Deras")

    page = preview_of(publisher, NewsItemFactory(draft=True), slug="upptagen", title_sv="Min")

    assert "Min" in page
    assert "Deras" not in re.sub(r'<nav class="neighbours".*?</nav>', "", page, flags=re.DOTALL)
    assert "/nyheter/upptagen/" in page


def test_ages_in_the_wrong_order_are_shown_as_they_stand(publisher):
    frame = press_preview(publisher, InitiativeFactory(), age_from="20", age_to="10")

    assert "Den högsta åldern kan inte vara lägre än den lägsta." in frame.content.decode()
    assert "20–10" in page_in(publisher, frame).content.decode()


def test_an_initiative_without_focus_area_says_what_it_lacks(publisher):
    frame = press_preview(publisher, Initiative, title_sv="Läxhjälp")

    assert "Det som sidan hör till saknas: fokusområde." in frame.content.decode()
    assert "Läxhjälp" in page_in(publisher, frame).content.decode()


def test_a_page_below_the_lowest_level_is_shown_at_an_address_for_the_moment(publisher):
    lowest = PageFactory(parent=PageFactory(parent=PageFactory()))

    frame = press_preview(publisher, Page, title_sv="För djupt", slug="djupt", parent=lowest.pk)

    assert "Sidor kan ligga i högst tre nivåer." in frame.content.decode()
    assert "För djupt" in page_in(publisher, frame).content.decode()


def test_a_page_under_itself_is_shown(publisher):
    item = PageFactory(title_sv="Om oss")

    frame = press_preview(publisher, item, parent=item.pk)

    assert "En sida kan inte ligga under sig själv." in frame.content.decode()
    assert "Om oss" in page_in(publisher, frame).content.decode()


@pytest.mark.parametrize("kind", [NewsItem, Initiative, FocusArea, Page, StartPage])
@pytest.mark.parametrize("value", ["\0", "<script>x</script>", "-1", "9" * 18, "å\u202e/../"])
def test_nothing_that_can_be_sent_is_too_odd(publisher, kind, value):
    form = publisher.get(admin_url(kind, "add"))
    sent = dict.fromkeys([*filled_in(form), *form.context["adminform"].form.fields], value)

    frame = publisher.post(admin_url(kind, "preview_new"), sent, follow=True)

    assert frame.status_code == 200
    page = page_in(publisher, frame)
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


def test_a_key_that_no_database_has_room_for_is_an_odd_request(publisher):
    sent = {"focus_areas": ["9" * 40]}

    assert publisher.post(admin_url(NewsItem, "preview_new"), sent).status_code == 400


def test_what_somebody_else_has_saved_meanwhile_is_not_mixed_in(publisher):
    item = NewsItemFactory()
    item.save_draft(by=publisher.user, values={"lead_sv": "Ett."})
    form = filled_in(publisher.get(admin_url(item, "change")), lead_sv="Mitt.")
    item.save_draft(by=staff("Redaktörer"), values={"lead_sv": "Deras."})

    frame = publisher.post(admin_url(item, "preview_form", item.pk), form, follow=True)

    assert "Mitt." in page_in(publisher, frame).content.decode()
    assert "Det här behöver rättas" not in frame.content.decode()


def test_a_language_in_which_the_page_does_not_exist_says_so(publisher):
    frame = press_preview(publisher, NewsItemFactory())

    answer = publisher.get(frame.request["PATH_INFO"], {"sprak": "fi"})

    assert "Sidan finns inte på språket Suomi än" in answer.content.decode()
    assert "<iframe" not in answer.content.decode()
    assert publisher.get(frame.request["PATH_INFO"] + "sida/fi/").status_code == 404


@pytest.mark.parametrize("query", [{"sprak": "xx"}, {"bredd": "9"}, {"sprak": "", "bredd": ""}])
def test_an_odd_choice_is_the_first_one(publisher, query):
    frame = press_preview(publisher, NewsItemFactory())

    answer = publisher.get(frame.request["PATH_INFO"], query)

    assert "preview__page--dator" in answer.content.decode()
    assert "/sida/sv/" in answer.content.decode()
