"""The rules of the quality gate, each by its good and bad examples in tests/gate/."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from pages.models import Resource
from publishing.quality import RULES, judge
from publishing.quality.language import running_text
from publishing.quality.reading import band, lix, lix_of, reading_of, sentences_in
from publishing.quality.rule import Text
from publishing.rechecking import published_kinds
from tests.demo_texts import FIXTURES
from tests.factories import ImageFactory, NewsItemFactory, StartPageFactory
from tests.gates import FOLDER, example, examples, examples_of


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_good_and_bad_examples(rule):
    found = examples_of(rule)

    assert found["good"]
    assert found["bad"]


def test_there_are_no_examples_of_rules_that_are_gone():
    assert {file.stem for file in FOLDER.iterdir()} == {rule.name for rule in RULES}


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "facts"), examples("bad"))
def test_a_rule_finds_what_breaks_it(rule, facts):
    item = example(facts)

    found = [flaw for flaw in judge(item) if flaw.rule is rule]

    assert found
    assert {flaw.column for flaw in found} <= {field.name for field in item._meta.fields}
    assert all(flaw.sentence.endswith(".") for flaw in found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "facts"), [each for each in examples("bad") if "tidied" in each.values[1]]
)
def test_what_is_tidied_when_it_is_saved_breaks_the_rule_no_more(rule, facts):
    item = example(facts)

    item.refresh_from_db()

    assert [flaw.sentence for flaw in judge(item) if flaw.rule is rule] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "facts"), examples("good"))
def test_a_rule_leaves_what_keeps_it(rule, facts):
    assert [flaw.sentence for flaw in judge(example(facts)) if flaw.rule is rule] == []


@pytest.mark.django_db
def test_a_text_is_judged_only_in_the_languages_that_are_asked_for():
    item = NewsItemFactory(body_sv="<h3>A</h3>", body_en="<h3>A</h3>", body_fi="<p>A</p>")

    assert [flaw.column for flaw in judge(item, {"en", "fi"})] == ["body_en"]


@pytest.mark.django_db
def test_a_text_below_a_heading_of_the_page_may_begin_with_any_heading():
    item = StartPageFactory(cooperation_body_sv="<h3>Samarbete</h3><p>Vi.</p>")

    assert judge(item) == []


@pytest.mark.django_db
def test_each_picture_of_a_page_is_asked_for_its_alt_text():
    item = StartPageFactory(cooperation_image=ImageFactory(alt_sv=""))

    assert [flaw.column for flaw in judge(item)] == ["cooperation_image"]


@pytest.mark.django_db
def test_a_flaw_is_the_same_while_its_words_are():
    [flaw] = judge(NewsItemFactory(body_sv="<h3>Öppet</h3><p>Ja.</p>"))
    [same] = judge(NewsItemFactory(body_sv="<p>Nytt.</p><h3> Öppet </h3><p>Nej.</p>"))
    [other] = judge(NewsItemFactory(body_sv="<h3>Stängt</h3><p>Ja.</p>"))

    assert flaw.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.django_db
def test_a_link_is_asked_for_once_whatever_the_number_of_languages(django_assert_num_queries):
    link = '<p><a href="/kontakt/enhet/">Enheten</a></p>'
    item = NewsItemFactory(body_sv=link, body_en=link, body_fi=link)

    with django_assert_num_queries(2):  # the unit, and whether its address leads on
        judge(item)


@pytest.mark.django_db
def test_the_demo_passes_the_gate_in_every_language():
    call_command("loaddata", *FIXTURES, verbosity=0)

    found = [
        (str(item), flaw.column, flaw.sentence)
        for model in published_kinds()
        for item in model.objects.all()
        for flaw in judge(item)
        if flaw.blocks
    ]
    assert found == []


@pytest.mark.django_db
def test_a_link_to_a_document_of_the_site_leads_somewhere():
    Resource.objects.create(title="Färdplan", file=ContentFile(b"%PDF", name="plan.pdf"))
    item = NewsItemFactory(body_sv='<p><a href="/media/documents/plan.pdf">Färdplan</a></p>')

    assert judge(item) == []


@pytest.mark.django_db
def test_the_full_size_of_a_picture_is_nothing_to_link_to():
    image = ImageFactory()
    item = NewsItemFactory(body_sv=f'<p><a href="/media/{image.master}">Torget</a></p>')

    assert [flaw.rule.name for flaw in judge(item)] == ["link-target"]


# LIX


@pytest.mark.parametrize(
    ("words", "sentences", "long", "score"), [(2411, 100, 843, 59), (3784, 580, 1018, 33)]
)
def test_lix_is_what_others_reckon(words, sentences, long, score):
    assert round(lix_of(words, sentences, long)) == score


@pytest.mark.parametrize(
    ("score", "words"),
    [
        *[(29, "mycket lättläst"), (30, "lättläst"), (40, "medelsvår")],
        *[(50, "svår"), (59, "svår"), (60, "mycket svår")],
    ],
)
def test_each_lix_has_a_name(score, words):
    assert band(score) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ta med t.ex. Anna och bl.a. Bo.", 1),
        ("Kom kl. 8.00 på Torget.", 1),
        ("Kom. Gå!", 2),
        ("Rubrik\nPunkt ett\nPunkt två", 3),
        ("Vad? ”Det.” Nå.", 3),
        ("Det kostar 1.200 kr.", 1),
    ],
)
def test_sentences_end_where_people_end_them(text, number):
    assert len(sentences_in(text)) == number


def test_a_short_text_has_no_lix():
    assert lix("ord " * 49) is None
    assert reading_of("ord " * 49) is None


def test_the_longest_sentences_are_told_with_their_abbreviations():
    long = "Ta med t.ex. " + "ord " * 20 + "slut."

    reading = reading_of("Kort mening. " * 20 + long)

    assert reading.longest[0] == " ".join(long.split())


def test_headings_and_list_items_are_sentences_of_their_own():
    html = "<h2>Rubrik</h2><p>En mening.</p><ul><li><p>punkt</p></li><li><p>till</p></li></ul>"

    text = running_text([Text("body_sv", "body", "sv", html, True)])

    assert sentences_in(text) == ["Rubrik", "En mening.", "punkt", "till"]
