"""What the page for many rows says beforehand is what pressing its button leads to."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.models import State
from publishing.quality import RULES
from tests.admin_forms import admin_url, messages_of, staff
from tests.factories import AdministratorFactory, NewsItemFactory
from tests.gates import lasting, surroundings, texts_of
from tests.situations import row
from tests.test_act_page import act, ask
from tests.test_quality_exemptions import exempted

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def told(page):
    """{title: [(field, sentence)]} of the rows that will be left as they are."""
    return {
        str(item): [(reason.field, reason.sentence) for reason in reasons]
        for item, _chip, reasons in page.context["items"]
        if reasons
    }


def test_each_row_says_what_must_be_mended_in_which_field(publisher):
    fit = NewsItemFactory(draft=True, title_sv="Duger")
    unfit = NewsItemFactory(draft=True, title_sv="Duger inte", lead_sv="", unit=None)

    page = ask(publisher, "publish", fit, unfit)

    assert {title: [field for field, _why in why] for title, why in told(page).items()} == {
        "Duger inte": ["ingress", "ansvarig enhet"]
    }
    assert "<strong>1 av 2 kan inte publiceras.</strong>" in page.text
    form = admin_url(unfit, "change")
    assert re.search(rf'<a href="{form}\?saknas#id_lead_sv">Ingress</a>: ', page.text)


def test_only_what_can_be_mended_is_asked_to_be(publisher):
    unfit = [NewsItemFactory(draft=True, title_sv=title, lead_sv="") for title in ("A", "B")]

    of_flaws = ask(publisher, "publish", *unfit)
    of_published = ask(publisher, "publish", NewsItemFactory(), NewsItemFactory())

    assert "Rätta dem först." in of_flaws.text
    assert "2 av 2 kan inte publiceras." in of_published.text
    assert "Rätta dem" not in of_published.text


def test_the_link_leads_to_the_field_with_the_same_sentence(publisher):
    item = NewsItemFactory(draft=True, title_sv="Ny", body_sv="<h3>Öppet</h3><p>Kom.</p>")
    page = ask(publisher, "publish", item, NewsItemFactory(draft=True))
    [(_field, sentence)] = told(page)["Ny"]
    address, _hash, anchor = re.search(r'href="([^"]*saknas[^"]*)"', page.text)[1].partition("#")

    form = publisher.get(address)

    assert f'id="{anchor}"' in form.text
    assert sentence in form.text


BLOCKING = [(rule, *example) for rule in RULES if rule.blocks for example in lasting(rule)]


@pytest.mark.parametrize(("rule", "number", "facts"), BLOCKING)
def test_what_is_said_beforehand_is_what_the_verb_says(publisher, rule, number, facts):
    item = NewsItemFactory(draft=True, **{**texts_of(facts), **surroundings(facts)})
    other = NewsItemFactory(draft=True, title_sv="En annan")

    foreseen = told(ask(publisher, "publish", item, other))
    page = act(publisher, "publish", item, other)

    sentences = [sentence for _field, sentence in foreseen[str(item)]]
    [refusal] = [each for each in messages_of(page) if each.startswith(f"”{item}” kunde inte")]
    assert all(sentence in refusal for sentence in sentences)
    assert row(item).state == State.DRAFT
    assert row(other).state == State.PUBLISHED


def test_the_text_in_the_form_is_judged_and_not_that_which_residents_see(publisher):
    item = NewsItemFactory(title_sv="Ny")
    item.save_draft(by=publisher.user, values={"lead_sv": ""})

    assert "Ny" in told(ask(publisher, "publish", item, NewsItemFactory(draft=True)))


def test_who_may_not_because_of_four_eyes_is_told(publisher, settings):
    settings.FOUR_EYES = True
    mine, theirs = NewsItemFactory(draft=True, title_sv="Min"), NewsItemFactory(draft=True)
    mine.record_creation(by=publisher.user)
    theirs.record_creation(by=AdministratorFactory())

    why = told(ask(publisher, "publish", mine, theirs))

    assert why == {"Min": [("", "Du skrev senast, så någon annan måste publicera den.")]}


@pytest.mark.parametrize("verb", ["publish", "submit", "archive", "withdraw"])
def test_what_a_verb_does_not_fit_is_said_of_every_verb(publisher, verb):
    fits = NewsItemFactory(draft=verb in ("publish", "submit"))
    fits_not = NewsItemFactory(draft=verb not in ("publish", "submit"), title_sv="Fel läge")

    why = told(ask(publisher, verb, fits, fits_not))

    assert why.keys() == {"Fel läge"}
    assert why["Fel läge"][0][1].startswith("Lämnas som den är, eftersom läget är ”")


def test_an_exempted_flaw_stands_in_nobodys_way(publisher):
    item = exempted(publisher.user)
    item.save_draft(by=publisher.user, values={"lead_sv": "En ny ingress."})

    assert told(ask(publisher, "publish", item, NewsItemFactory(draft=True))) == {}


def test_nothing_is_written_by_looking(publisher):
    item = NewsItemFactory(draft=True, lead_sv="")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask(publisher, "publish", item, NewsItemFactory(draft=True))

    writing = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE"))]
    assert [sql for sql in writing if "publishing_" in sql] == []


def test_a_row_costs_four_queries_and_a_link_is_asked_once(publisher):
    linked = '<p><a href="/om/hit/">Så går det till</a></p>'

    def cost(number):
        items = [NewsItemFactory(draft=True, lead_sv="", body_sv=linked) for _ in range(number)]
        for item in items:
            item.record_creation(by=publisher.user)
        with CaptureQueriesContext(connection) as queries:
            ask(publisher, "publish", *items)
        return len(queries)

    few, many = cost(2), cost(12)

    assert many - few <= 10 * 4
