"""What the demo says: all that its source says, and no figure or address beyond it."""

import html
import re
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from modeltranslation.translator import translator

from focus_areas.models import FocusArea
from initiatives.models import District, Initiative
from news.models import NewsItem
from pages.models import AccessibilityStatement, Chart, Page
from publishing.models import Publishable, State
from tests.demo_texts import (
    FIGURES,
    FIXTURES,
    INITIATIVES,
    LATEST,
    NBSP,
    NEWS,
    PHONE,
    PHONES,
    POPULATION,
    PUBLISHED,
    RAW,
    REVIEWS,
    ROWS,
    phones_in,
    plain,
    texts,
)

# Twenty questions of residents, the page where each is answered, and the answer
QUESTIONS = [
    ("Vem får gå till Stationen?", "/insatser/stationen/", "mellan 18 och 29 år"),
    ("Var ska jag bo för det?", "/insatser/stationen/", "Lextorp, Kronogården eller Sylte"),
    ("När har Kontaktcenter öppet?", "/kontakt/kontaktcenter/", "8:00–16:30"),
    ("Vad är numret till växeln?", "/kontakt/", "0520-49 50 00"),
    ("När får jag svar på e-post?", "/kontakt/kontaktcenter/", "inom två arbetsdagar"),
    ("Vart ringer jag om hedersförtryck?", "/insatser/resurscentrum-fyrbodal/", "49 68 08"),
    ("Jag är 17 och har slutat skolan", "/insatser/framtidscentrum/", "17 år och har lämnat"),
    ("Min granne blir slagen", "/insatser/vaga-bry-dig/", "Ring 112 vid livsfara"),
    ("Vem ringer jag på natten?", "/insatser/stod-vid-vald-i-nara-relationer/", "dygnet runt"),
    ("Jag skadar någon själv", "/insatser/stod-vid-vald-i-nara-relationer/", "020-555 666"),
    ("Hur blir jag nattvandrare?", "/insatser/nattvandring/", "Så blir du nattvandrare"),
    ("Nåddes målet för unga?", "/fokusomraden/unga-i-jobb/", "Vi nådde inte målet 2024"),
    ("Vår familj är i kris", "/insatser/familjehuset/", "upp till fem gånger utan"),
    ("Finns det grupper för pappor?", "/insatser/trygga-foraldrar/", "grupper för pappor"),
    ("Hur söker jag komvux?", "/insatser/studie-och-yrkesvagledning/", "syv"),
    ("Hur gammal får jag vara?", "/insatser/fritidsgardar/", "upp till 17 år"),
    ("Jag söker sommarjobb", "/insatser/sommarjobbsmassan/", "Folkets hus"),
    ("Var hör jag podden?", "/insatser/drogsnack/", "var podden finns"),
    ("Vem svarar om policyn?", "/om/social-hallbarhet/", "0520-49 79 70"),
    ("Hur klagar jag till IMY?", "/om/personuppgifter/", "klaga hos"),
]


@pytest.fixture
def demo(db):
    call_command("loaddata", *FIXTURES, verbosity=0)


def publishables():
    return [
        item
        for model in apps.get_models()
        if issubclass(model, Publishable)
        for item in model.objects.all()
    ]


# It loads, and it is whole


def test_plain_loaddata_fills_an_empty_database(db):
    call_command("loaddata", *FIXTURES, verbosity=0)

    assert Initiative.objects.published().count() == len(INITIATIVES)
    assert FocusArea.objects.first().title == "Främja jämställdhet och förändra normer kring våld"


def test_the_fixtures_hold_only_the_columns_of_a_language():
    bare = [
        f"{row['model']}.{name}"
        for row in ROWS
        if apps.get_model(row["model"]) in translator.get_registered_models()
        for name in translator.get_options_for_model(apps.get_model(row["model"])).fields
        if name in row["fields"]
    ]

    assert bare == []


def test_everything_is_published_and_lacks_nothing_for_it(demo):
    items = publishables()

    assert len(items) == len(PUBLISHED)
    assert {item.state for item in items} == {State.PUBLISHED}
    assert {str(item): item.publish_problems() for item in items if item.publish_problems()} == {}


def test_everything_would_pass_the_forms_of_the_back_office(demo):
    for row in ROWS:
        apps.get_model(row["model"]).objects.get(pk=row["pk"]).full_clean()


def test_nothing_claims_to_have_been_changed_after_it_was_published(demo):
    assert [str(item) for item in publishables() if item.revised_on] == []


def test_everything_is_published_well_in_the_past(demo):
    late = [item for item in publishables() if timezone.localdate(item.publish_at) > LATEST]

    assert late == []


def test_a_review_is_stated_only_where_one_is_known(demo):
    stated = {
        getattr(item, "slug", str(item)): (
            item.last_reviewed_on,
            item.last_reviewed_by and item.last_reviewed_by.role,
        )
        for item in publishables()
        if item.last_reviewed_on or item.last_reviewed_by or item.review_interval
    }

    assert stated == REVIEWS


def test_every_picture_has_its_drawing():
    pictures = settings.BASE_DIR / "fixtures" / "pictures"
    masters = [row["fields"]["master"] for row in ROWS if row["model"] == "images.image"]

    assert [name for name in masters if not (pictures / name.split("/")[-1]).exists()] == []


# The facts


def test_all_initiatives_of_the_source_are_there_in_its_order(demo):
    assert [item.title for item in Initiative.objects.all()] == INITIATIVES


def test_the_fifth_focus_area_has_no_initiatives_yet(demo):
    counts = [area.initiatives.count() for area in FocusArea.objects.all()]

    assert counts == [4, 5, 5, 4, 0]


def test_the_initiatives_about_violence_are_sensitive_and_no_others(demo):
    violence = FocusArea.objects.first()

    sensitive = Initiative.objects.filter(is_sensitive=True)

    assert {item.focus_area for item in sensitive} == {violence}
    assert sensitive.count() == violence.initiatives.count()


def test_all_news_of_the_source_are_there_on_their_dates(demo):
    titles = {timezone.localdate(item.publish_at): item.title for item in NewsItem.objects.all()}

    assert sorted(titles) == sorted(NEWS)
    assert [day for day, words in NEWS.items() if words not in titles[day]] == []


def test_the_four_newest_news_are_from_2024_and_old(demo):
    newest = NewsItem.objects.order_by("-publish_at")[:4]

    assert [item.publish_at.year for item in newest] == [2024] * 4
    assert all(item.is_old for item in newest)


def test_news_known_only_by_their_review_are_published_on_its_date(demo):
    for item in NewsItem.objects.filter(publish_at__year=2022):
        assert item.last_reviewed_on == timezone.localdate(item.publish_at)


def test_the_policy_page_is_overdue_for_review(demo):
    page = Page.objects.get(slug="social-hallbarhet")

    assert page.last_reviewed_on == date(2017, 10, 16)
    assert page.is_review_overdue


def test_the_sites_own_pages_promise_their_next_review(demo):
    own = Page.objects.filter(slug__in=["webbplatsen", "personuppgifter"])

    assert [page.next_review_on for page in own] == [date(2027, 11, 20)] * 2


def test_every_district_to_choose_has_an_initiative_of_its_own(demo):
    assert [place.name for place in District.objects.filter(initiative=None)] == []


def test_the_population_is_told_year_by_year_with_its_source():
    housing = next(f for f in PUBLISHED if f.get("slug") == "blandad-bebyggelse")

    lines = [line for line in plain(housing["body_sv"]).replace(NBSP, " ").splitlines() if line]

    years = [f"{year}: {people} invånare" for year, people in POPULATION.items()]
    start = lines.index(years[0])
    told = lines[start : start + len(years) + 1]
    assert told == [*years, "Källa: Trollhättans Stad, årsredovisning."]


def test_the_youth_goal_says_plainly_that_it_was_not_reached(demo):
    goal = plain(FocusArea.objects.get(slug="unga-i-jobb").goal)
    chart = Chart.objects.get()

    assert "nådde inte målet 2024" in goal
    for text in (goal, chart.summary):
        assert f"4,4{NBSP}%" in text
        assert f"4,1{NBSP}%" in text
    assert "nåddes alltså inte" in chart.summary


def test_the_accessibility_statement_admits_what_is_not_tested(demo):
    statement = AccessibilityStatement.objects.get()

    assert statement.conformance == AccessibilityStatement.Conformance.PARTIAL
    assert statement.shortcomings.exists()


def test_no_figure_stands_there_that_the_source_does_not_give():
    unknown = []
    for where, value in texts():
        text = PHONE.sub("", plain(value).replace(NBSP, " "))
        found = re.findall(r"\d{1,3}(?: \d{3})+|\d+,\d+|\d{3,}|\d+(?= ?%)", text)
        unknown += [f"{where}: {figure}" for figure in found if figure not in FIGURES]

    assert unknown == []


def test_every_figure_of_the_unemployed_names_period_and_source():
    for where, value in texts():
        if f"{NBSP}%" in value and "chart" not in where:
            assert re.search(r"Källa: \w+", value), where
            assert re.search(r"20\d\d", value), where


def test_the_phone_numbers_are_those_of_the_source():
    fields = [row["fields"].get("phone", "") for row in ROWS]
    written = [phones_in(plain(value)) for _, value in texts()]

    assert {phone for phone in fields if phone} == PHONES
    assert set().union(*written) <= PHONES


def test_a_tap_on_a_phone_number_calls_the_number_that_is_shown():
    for where, value in texts():
        for called, shown in re.findall(r'href="tel:\+46(\d+)">([^<]+)<', value):
            assert re.sub(r"\D", "", shown) == f"0{called}", where


def test_no_mail_address_is_anybodys():
    assert set(re.findall(r"@([\w.-]+)", RAW)) == {"example.se"}


# The links and the answers


def test_every_link_inside_the_site_leads_to_a_page(demo, client):
    resources = [row["fields"]["url"] for row in ROWS if row["model"] == "pages.resource"]
    in_text = [url for _, value in texts() for url in re.findall(r'href="([^"]+)"', value)]
    inside = {url for url in resources + in_text if url.startswith("/")}

    assert inside
    assert {url for url in inside if client.get(url).status_code != 200} == set()


def test_other_links_lead_only_where_the_source_points():
    assert set(re.findall(r"https://([^/\"]+)", RAW)) == {
        "www.trollhattan.se",
        "krogarmotknark.se",
        "www.imy.se",
        "www.digg.se",
    }


def words_of(response):
    """All that a page says, as one would search it by eye."""
    return re.sub(r"<[^>]+>", "", html.unescape(response.content.decode())).replace(NBSP, " ")


def test_a_resident_finds_the_answers_to_twenty_questions(demo, client):
    unanswered = [
        question
        for question, address, answer in QUESTIONS
        if answer not in words_of(client.get(address))
    ]

    assert unanswered == []
