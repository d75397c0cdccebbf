"""Headings h2–h3, lists, quotations, links and emphasis; nothing else, wherever it comes from."""

import json

import pytest
from django.core.management import call_command

from news.models import NewsItem
from publishing.fields import sanitize
from tests.admin_forms import admin_url, filled_in
from tests.factories import NewsItemFactory

pytestmark = pytest.mark.django_db

CLEAN = (
    "<h2>Rubrik</h2><h3>Mindre</h3><p>Text med <strong>fet</strong> och <em>kursiv</em> stil<br>"
    'och <a href="https://www.trollhattan.se/">länk</a>, '
    '<a href="mailto:kontakt@example.se">brev</a> och <a href="tel:+46520495000">telefon</a>.</p>'
    "<ul><li><p>punkt</p></li></ul><ol><li><p>ett</p></li></ol>"
    "<blockquote><p>Citat</p></blockquote>"
)
DIRTY = {
    "a script": "<p>Hej</p><script>alert(1)</script>",
    "an event handler": '<p onclick="alert(1)">Hej</p>',
    "a javascript link": '<p><a href="javascript:alert(1)">Hej</a></p>',
    "a data link": '<p><a href="data:text/html,<script>alert(1)</script>">Hej</a></p>',
    "a style attribute": '<p style="position:fixed">Hej</p>',
    "a style element": "<style>p{display:none}</style><p>Hej</p>",
    "a title": '<p title="x"><a href="/" title="x" rel="x" target="x">Hej</a></p>',
    "a class": '<p class="hidden">Hej</p>',
    "h1": "<h1>Hej</h1>",
    "h4": "<h4>Hej</h4>",
    "a picture": '<p>Hej<img src="x" onerror="alert(1)"></p>',
    "a frame": '<p>Hej</p><iframe src="https://example.com"></iframe>',
    "a form": '<form action="https://example.com"><input name="x"></form><p>Hej</p>',
    "a vector image": "<svg><script>alert(1)</script></svg><p>Hej</p>",
}
FORBIDDEN = [
    "script",
    "onclick",
    "onerror",
    "javascript:",
    "data:",
    "style",
    "class=",
    "title=",
    "rel=",
    "target=",
    "<h1",
    "<h4",
    "<img",
    "<iframe",
    "<form",
    "<input",
    "<svg",
]
BODIES = ["body_sv", "body_sv_simple", "body_fi", "body_en", "body_ar"]
for_each_dirt = pytest.mark.parametrize("dirty", DIRTY.values(), ids=DIRTY.keys())


def assert_clean(html):
    assert "Hej" in html
    assert not [each for each in FORBIDDEN if each in html]


def test_what_the_editor_makes_passes_unchanged():
    assert sanitize(CLEAN) == CLEAN


@for_each_dirt
def test_text_from_a_form_is_cleaned(admin_client, dirty):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")

    admin_client.post(address, filled_in(admin_client.get(address), body_sv=dirty))

    item.refresh_from_db()
    assert_clean(item.body_sv)


@for_each_dirt
def test_text_saved_by_code_is_cleaned(dirty):
    item = NewsItemFactory(body_sv=dirty)

    item.refresh_from_db()
    assert_clean(item.body_sv)


@for_each_dirt
def test_text_written_past_save_is_cleaned(dirty):
    item = NewsItemFactory()

    NewsItem.objects.filter(pk=item.pk).update(body_sv=dirty)

    item.refresh_from_db()
    assert_clean(item.body_sv)


@for_each_dirt
def test_text_from_a_fixture_is_cleaned(tmp_path, dirty):
    fixture = tmp_path / "news.json"
    fields = {"title_sv": "Hej", "slug": "hej", "updated_at": "2024-06-07T06:00:00Z"}
    fields |= dict.fromkeys(BODIES, dirty)
    fixture.write_text(json.dumps([{"model": "news.newsitem", "pk": 1, "fields": fields}]))

    call_command("loaddata", fixture, verbosity=0)

    for html in NewsItem.objects.values_list(*BODIES).get():
        assert_clean(html)


def test_an_empty_paragraph_is_no_text():
    item = NewsItemFactory(body_sv="<p></p>")

    item.refresh_from_db()
    assert item.body_sv == ""


def test_lines_without_tags_are_kept_as_lines():
    item = NewsItemFactory(body_sv="Badet öppnar.\r\n\r\nTa med handduk\noch tvål.")

    item.refresh_from_db()
    assert item.body_sv == "<p>Badet öppnar.</p><p>Ta med handduk<br>och tvål.</p>"
