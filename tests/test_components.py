"""The components: how they are written, and what each promises a reader."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from contacts.models import ContactFunction, ContactUnit, Helpline
from focus_areas.models import Accent, FocusArea
from initiatives.models import Initiative
from news.models import NewsItem
from pages.models import Chart, Notice, Page, Resource, SiteSettings
from publishing.models import State, WithdrawalReason
from tests.test_css import SHEETS, rules

TEMPLATES = settings.BASE_DIR / "templates"
COMPONENTS = {
    path.stem: path.read_text("utf-8") for path in (TEMPLATES / "components").glob("*.html")
}
PUBLIC = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
    for path in TEMPLATES.rglob("*.html")
    if path.relative_to(TEMPLATES).parts[0] not in ("admin", "account", "allauth")
}
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
BLOCKS = {"components/form.css": "filter"}  # the parts of a form have no block in common
MOMENT = datetime(2024, 6, 7, 6, 0, tzinfo=UTC)


def render(component, **context):
    return render_to_string(f"components/{component}.html", context)


def text(html):
    """What a person reads: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


# How they are written


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_tells_how_it_is_used(name):
    """One comment first: parameters, and an example where there are any."""
    comment = re.match(r"\{% comment %\}(.*?)\{% endcomment %\}", COMPONENTS[name], re.DOTALL)

    assert comment
    assert f'"components/{name}.html"' in comment[1] or "No parameters." in comment[1]


def test_includes_get_their_data_by_name():
    """With only, so that a component shows nothing that its user did not give it."""
    includes = re.compile(r"\{% include [^%]*%\}")

    guilty = [
        (name, tag)
        for name, html in PUBLIC.items()
        for tag in includes.findall(html)
        if not tag.endswith(" only %}")
    ]

    assert guilty == []


def test_no_template_carries_style_or_script_of_its_own():
    """The content security policy would stop it, and R82 forbids it."""
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)", re.IGNORECASE)

    assert [name for name, html in PUBLIC.items() if inline.search(html)] == []


def test_every_class_in_a_template_is_styled():
    """A class that no style sheet knows is a slip of the pen."""
    known = set(re.findall(r"\.([a-z][\w-]*)", " ".join(map(rules, SHEETS.values()))))

    unknown = {
        (name, word)
        for name, html in PUBLIC.items()
        for words in re.findall(r'class="([^"]*)"', TAG.sub(" ", html))
        for word in words.split()
        if word not in known and not word.endswith("-")
    }

    assert unknown == set()


def test_no_style_is_left_without_a_user():
    used = (
        " ".join(PUBLIC.values())
        + (settings.BASE_DIR / "trollhattan_portal/templatetags/components.py").read_text()
    )
    made_of_parts = re.compile(r"accent-\w+|\w[\w-]*--\w+")  # by {{ accent }}, {{ kind }} and so on

    unused = {
        word
        for css in SHEETS.values()
        for word in re.findall(r"\.([a-z][\w-]*)", rules(css))
        if word not in used and not made_of_parts.fullmatch(word) and word not in ("svg", "woff2")
    }

    assert unused == set()


def test_a_component_sheet_bears_the_name_of_its_block():
    missing = [
        name
        for name, css in SHEETS.items()
        if name.startswith("components/") and f".{BLOCKS.get(name, name[11:-4])}" not in css
    ]

    assert missing == []


# What they promise


def test_a_card_has_one_link_and_the_whole_summary():
    summary = "En hel mening som inte kapas. " * 20

    html = render("card", title="Rubrik", url="/nyheter/x/", summary=summary)

    assert html.count("<a ") == 1
    assert summary.strip() in html


def test_a_card_takes_the_heading_level_of_its_place():
    assert "<h2" in render("card", title="Rubrik", url="/", level=2)
    assert "<h3" in render("card", title="Rubrik", url="/")


def test_an_area_without_initiatives_says_that_it_is_starting():
    area = FocusArea(title="Bostäder", slug="bostader", accent=Accent.LEAF)
    area.shown_initiatives = []

    assert "Området är under uppstart. Här finns inga insatser än." in render(
        "area_band", area=area
    )


def test_an_area_links_to_its_initiatives():
    area = FocusArea(title="Jobb", slug="jobb", accent=Accent.RIVER)
    area.shown_initiatives = [Initiative(title="Stationen", slug="stationen")]

    html = render("area_band", area=area)

    assert 'href="/insatser/stationen/"' in html
    assert "uppstart" not in html


def test_a_notice_says_its_level_in_words_with_sender_and_clock_time():
    notice = Notice(level=2, text="Halt väglag.", sender="Trollhättans Stad", starts_at=MOMENT)

    html = render("notice", notices=[notice]).replace("&nbsp;", "\N{NO-BREAK SPACE}")

    assert "varning" in text(html)
    assert "Trollhättans Stad, 7 juni 2024 kl. 8:00" in text(html)
    assert '<time datetime="2024-06-07T08:00+0200">' in html


@pytest.mark.parametrize(("level", "role"), [(1, "status"), (2, "status"), (3, "alert")])
def test_only_a_crisis_interrupts_a_screen_reader(level, role):
    html = render("notice", notices=[Notice(level=level, text="Koka vattnet.", starts_at=MOMENT)])

    assert re.findall(r'role="(status|alert)"', html) == [role]


def test_without_notices_there_is_no_region_for_them():
    assert text(render("notice", notices=[])) == ""


def test_the_meta_names_the_function_that_reviewed_and_the_next_review():
    unit = ContactUnit(name="Kontaktcenter", slug="kontaktcenter")
    page = Page(
        state=State.PUBLISHED,
        publish_at=MOMENT,
        unit=unit,
        review_interval=24,
        last_reviewed_on=date(2998, 6, 7),
        last_reviewed_by=ContactFunction(unit=unit, role="Folkhälsostrateg"),
    )

    meta = text(render("page_meta", object=page))

    assert "Ansvarig enhet Kontaktcenter" in meta
    assert "Publicerad 7 juni 2024" in meta
    assert "Senast granskad 7 juni 2998 av Folkhälsostrateg" in meta
    assert "Nästa granskning 7 juni 3000" in meta


def test_an_overdue_review_is_admitted_politely():
    page = Page(publish_at=MOMENT, review_interval=12, last_reviewed_on=date(2017, 10, 16))

    meta = text(render("page_meta", object=page))

    assert "Sidan skulle ha granskats 16 oktober 2018 ." in meta
    assert "Nästa granskning" not in meta


def test_old_news_says_so():
    item = NewsItem(state=State.PUBLISHED, publish_at=MOMENT)

    assert "Den här nyheten är äldre än sex månader." in text(render("page_notes", object=item))


def test_an_archived_page_says_so():
    page = Page(state=State.ARCHIVED)

    assert "Den här sidan är arkiverad" in text(render("page_notes", object=page))


def test_an_outdated_page_says_so_and_not_that_it_is_old_too():
    reason = WithdrawalReason.OUTDATED
    item = NewsItem(state=State.WITHDRAWN, withdrawal_reason=reason, publish_at=MOMENT)

    notes = text(render("page_notes", object=item))

    assert notes.strip() == "Den här sidan är inaktuell och uppdateras inte längre."


def test_a_page_that_is_neither_archived_nor_outdated_says_nothing():
    page = Page(state=State.WITHDRAWN, withdrawal_reason=WithdrawalReason.MISTAKE)

    assert text(render("page_notes", object=page)).strip() == ""


def chart():
    return Chart(
        title="Öppet arbetslösa 18–24 år",
        summary="I Trollhättan var det 4,4 procent.",
        unit_label="%",
        period="årsmedel 2024",
        source="Regionfakta",
        rows="Trollhättan; 4,4\nRiket; 4,1",
    )


def test_a_chart_is_a_table_with_caption_scope_summary_period_and_source():
    html = render("chart", chart=chart())

    assert "<caption>Öppet arbetslösa 18–24 år, %, årsmedel 2024</caption>" in html
    assert html.count('scope="row"') == 2
    assert html.count('scope="col"') == 2
    assert "I Trollhättan var det 4,4 procent." in html
    assert "Källa: Regionfakta" in text(html)


def test_a_chart_writes_numbers_as_people_do():
    assert "4,4\N{NO-BREAK SPACE}%" in render("chart", chart=chart()).replace(
        "&nbsp;", "\N{NO-BREAK SPACE}"
    )


def test_the_bars_of_a_chart_are_silent_and_told_apart_by_more_than_colour():
    html = render("chart", chart=chart())

    assert html.count('<svg class="chart__bar"') == html.count('aria-hidden="true"') == 2
    assert html.count('class="chart__first"') == 1
    assert "font-weight" in SHEETS["components/chart.css"].split(".chart__first")[1]


def test_a_document_says_its_type_size_year_and_sender():
    resource = Resource(
        kind=Resource.Kind.DOCUMENT,
        title="Strategi",
        file="documents/strategi.pdf",
        file_size=1_258_291,
        year=2021,
        sender="Trollhättans Stad",
    )

    shown = text(render("resource_list", resources=[resource]))

    assert "PDF, 1,2 MB · 2021 · Trollhättans Stad" in shown


def test_a_resource_elsewhere_is_marked_in_words():
    resource = Resource(kind=Resource.Kind.LINK, title="Policy", url="https://example.se/")

    assert "(annan webbplats)" in render("resource_list", resources=[resource])


def test_a_resource_without_address_is_no_link():
    resource = Resource(kind=Resource.Kind.DOCUMENT, title="Mål- och resursplan")

    assert "<a " not in render("resource_list", resources=[resource])


def test_the_pages_of_a_list_say_where_one_is_and_keep_the_filter():
    page = Paginator(range(30), 10).page(2)

    html = render("pagination", page=page, numbers=[1, 2, 3], query="ar=2024&")

    assert html.count('aria-current="page"') == 1
    assert 'href="?ar=2024&amp;sida=3" aria-current' not in html
    assert text(html) == "Föregående sida Sida 1 Sida 2 Sida 3 Nästa sida"


def test_emergency_numbers_can_be_called():
    line = Helpline(name="Kvinnofridslinjen", phone="020-50 50 50", helps_with="Dygnet runt.")

    assert 'href="tel:+4620505050"' in render("emergency_help", helplines=[line])


def test_the_quick_exit_is_a_plain_link_that_tells_nobody_where_one_was():
    link = re.search(r"<a [^>]*>", render("quick_exit"))[0]

    assert 'href="https://' in link
    assert 'rel="noreferrer"' in link
    assert "target=" not in link


def test_a_status_message_is_announced():
    assert 'role="status"' in render("hits", text="Tre insatser passar ditt val.")


def test_languages_are_named_in_their_own_words():
    languages = [
        {"code": "sv", "name": "Svenska", "url": "/", "is_current": True},
        {"code": "ar", "name": "العربية", "url": "/ar/", "is_current": False, "is_rtl": True},
    ]

    html = render("language_menu", languages=languages)

    assert 'lang="ar" hreflang="ar" dir="rtl"' in html
    assert html.count("aria-current") == 1


def test_a_single_language_needs_no_menu():
    languages = [{"code": "sv", "name": "Svenska", "url": "/", "is_current": True}]

    assert text(render("language_menu", languages=languages)) == ""


def test_a_name_that_is_not_translated_says_that_it_is_swedish():
    site = SiteSettings(name="Trollhättan", sender="Trollhättans Stad", word_mark="Trollhättan")

    with translation.override("ar"):
        html = render("header", site=site, menu=[], path="/ar/")

    assert '<span lang="sv" dir="ltr">Trollhättans Stad</span>' in html
    assert " lang=" not in render("header", site=site, menu=[], path="/")


def test_the_menu_marks_the_section_one_is_in():
    menu = [SimpleNamespace(label="Nyheter", get_absolute_url="/nyheter/")]

    html = render("nav", menu=menu, path="/nyheter/en-nyhet/")

    assert 'href="/nyheter/" aria-current="true"' in html
    assert "<details" in html


@pytest.mark.parametrize(
    ("path", "is_marked"),
    [("/insatser/", True), ("/insatser/stationen/", True), ("/om/x/insatser/", False)],
)
def test_the_menu_marks_only_what_the_page_is_really_in(path, is_marked):
    menu = [
        SimpleNamespace(label="Start", get_absolute_url="/"),
        SimpleNamespace(label="Insatser", get_absolute_url="/insatser/"),
    ]

    html = render("nav_links", menu=menu, path=path)

    assert ('href="/insatser/" aria-current' in html) is is_marked
    assert 'href="/" aria-current' not in html


def test_a_callout_escapes_what_is_shown_in_it():
    template = Template("{% load components %}{% callout title=title %}{{ text }}{% endcallout %}")

    html = template.render(Context({"title": "<b>", "text": "<script>"}))

    assert "&lt;b&gt;" in html
    assert "&lt;script&gt;" in html


# The page for 500


def test_the_page_for_500_needs_neither_database_nor_request():
    """A test that does not ask for the database is refused it."""
    html = render_to_string("500.html", {"sender": "Exempelkommun", "phone": "0500-12 34 56"})

    assert 'href="tel:0500123456"' in html
    assert "Exempelkommun" in html


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html"])
def test_the_pages_that_Django_gives_no_data_need_none(name):
    html = render_to_string(name)

    assert '<html lang="sv"' in html
    assert 'href="/static/css/' in html
    assert html.count("<h1>") == 1


def test_no_template_holds_a_colour():
    """Only tokens.css does; a municipality changes its colours in one place."""
    guilty = [
        name for name, html in PUBLIC.items() if re.search(r"[\"'(: ]#[0-9a-f]{6}\b", html, re.I)
    ]

    assert guilty == []
