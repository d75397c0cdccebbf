"""The least that is valid of each kind, in Swedish. Published kinds are public unless told not."""

from datetime import UTC, datetime, time

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from contacts.models import ContactFunction, ContactUnit, Helpline, OpeningHours
from focus_areas.models import FocusArea
from images.models import Image
from initiatives.models import District, Initiative, TargetGroup
from news.models import NewsItem
from pages.models import MenuItem, Notice, Page, SiteSettings, StartPage
from publishing.models import State
from search.indexing import index
from search.models import PromotedAnswer, Synonyms

PUBLISHED_AT = datetime(2024, 6, 7, 6, 0, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence("anvandare{}".format)
    email = factory.LazyAttribute("{0.username}@example.se".format)
    is_staff = True


class AdministratorFactory(UserFactory):
    """Somebody who may do everything."""

    is_superuser = True


class ContactUnitFactory(DjangoModelFactory):
    class Meta:
        model = ContactUnit

    name_sv = "Kontaktcenter"
    slug = factory.Sequence("kontaktcenter-{}".format)


class ContactFunctionFactory(DjangoModelFactory):
    class Meta:
        model = ContactFunction

    unit = factory.SubFactory(ContactUnitFactory)
    role_sv = "Folkhälsostrateg"


class OpeningHoursFactory(DjangoModelFactory):
    """Mondays 8:00–16:30; an exception is first_date, last_date and weekday=None."""

    class Meta:
        model = OpeningHours

    unit = factory.SubFactory(ContactUnitFactory)
    channel = "both"
    weekday = 0
    opens = time(8)
    closes = time(16, 30)

    class Params:
        closed = factory.Trait(weekday=None, opens=None, closes=None)


class HelplineFactory(DjangoModelFactory):
    class Meta:
        model = Helpline

    name_sv = "Polisen"
    phone = "114 14"
    helps_with_sv = "När det inte är bråttom."


class ImageFactory(DjangoModelFactory):
    """A picture of 1200 × 800 that may be shown; its files aren't there (see tests/pictures.py)."""

    class Meta:
        model = Image

    title = "Torget"
    alt_sv = "Människor på ett torg."
    master = "masters/torget-0123abcd.webp"
    width, height = 1200, 800
    digest = "0" * 64
    renditions = "0123456789ab"


class PublishableFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    title_sv = "En rubrik"
    slug = factory.Sequence("adress-{}".format)
    lead_sv = "En ingress i en hel mening."
    unit = factory.SubFactory(ContactUnitFactory)
    state = State.PUBLISHED
    publish_at = PUBLISHED_AT

    class Params:
        draft = factory.Trait(state=State.DRAFT, publish_at=None)


class FocusAreaFactory(PublishableFactory):
    class Meta:
        model = FocusArea


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup

    name_sv = "unga"
    slug = factory.Sequence("unga-{}".format)


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    name_sv = "Sylte"
    slug = factory.Sequence("sylte-{}".format)


class InitiativeFactory(PublishableFactory):
    class Meta:
        model = Initiative
        skip_postgeneration_save = True

    focus_area = factory.SubFactory(FocusAreaFactory)

    @factory.post_generation
    def districts(self, create, extracted, **kwargs):
        self.districts.set(extracted or [])

    @factory.post_generation
    def target_groups(self, create, extracted, **kwargs):
        self.target_groups.set(extracted or [])


class NewsItemFactory(PublishableFactory):
    class Meta:
        model = NewsItem
        skip_postgeneration_save = True

    @factory.post_generation
    def focus_areas(self, create, extracted, **kwargs):
        self.focus_areas.set(extracted or [])

    @factory.post_generation
    def initiatives(self, create, extracted, **kwargs):
        self.initiatives.set(extracted or [])


class PageFactory(PublishableFactory):
    class Meta:
        model = Page


class StartPageFactory(PublishableFactory):
    class Meta:
        model = StartPage
        exclude = ["slug"]

    title_sv = "Med plats för alla"


class SiteSettingsFactory(DjangoModelFactory):
    class Meta:
        model = SiteSettings

    name_sv = "Trollhättan – med plats för alla"
    sender_sv = "Trollhättans Stad"
    word_mark_sv = "Trollhättan"


class MenuItemFactory(DjangoModelFactory):
    class Meta:
        model = MenuItem

    site = factory.SubFactory(SiteSettingsFactory)
    section = MenuItem.Section.NEWS


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    text_sv = "Koka vattnet innan du dricker det."
    sender_sv = "Trollhättans Stad"


class SynonymsFactory(DjangoModelFactory):
    class Meta:
        model = Synonyms

    words = factory.Sequence("bibblan{0}\nbibliotek{0}".format)


def page_that_is_found():
    item = InitiativeFactory()
    index([item])  # what the commit does that tests don't come to
    return item.get_absolute_url()


class PromotedAnswerFactory(DjangoModelFactory):
    class Meta:
        model = PromotedAnswer

    queries = factory.Sequence("boka tid {}".format)
    path = factory.LazyFunction(page_that_is_found)
