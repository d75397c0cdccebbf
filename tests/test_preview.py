"""A look at what stands in the form, through the page's own address, view and template."""

import pytest
import time_machine

from tests.admin_forms import staff
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
from tests.previews import as_residents_get_it, page_in, press_preview, preview_of
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
