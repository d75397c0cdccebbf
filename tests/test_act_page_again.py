"""An act that is refused for one field keeps all that was written and chosen in the others."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin

from news.models import NewsItem
from publishing.models import State
from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import ContactFunctionFactory, ContactUnitFactory, NewsItemFactory
from tests.test_act_page import LANGUAGES, act_url
from tests.written_forms import sent_forms

pytestmark = pytest.mark.django_db
TOO_LONG = "x" * 1001
NOTE = [{"note": [TOO_LONG]}]
# {verb: what is sent in some fields that is refused there}; of each one by itself
WRONG = {
    "publish": NOTE,
    "submit": NOTE,
    "publish_with": [
        *({"note": [TOO_LONG]}, {"languages": []}, {"until_0": ["2020-01-01"]}),
        {"at_0": ["2031-06-07"], "at_1": [""]},
        *({"mend_by": ["snart"]}, {"reason": [""]}, {"reason": [TOO_LONG]}),
    ],
    "send_back": [{"note": [""]}, {"note": [TOO_LONG]}],
    "unschedule": NOTE,
    "reviewed_unchanged": NOTE,
    "mark_reviewed": [{"function": [""]}, {"note": [TOO_LONG]}],
    "stop": NOTE,
    "archive": NOTE,
    "withdraw": [{"reason": []}, {"replaced_by": ["x" * 401]}, {"note": [TOO_LONG]}],
}
CASES = [(verb, wrong) for verb, cases in WRONG.items() for wrong in cases]
FLAWED = "<p>Man kan läsa mer <a href='/om/'>här</a>.</p>"


@pytest.fixture
def publisher(client):
    client.user = staff("Administratörer")
    client.force_login(client.user)
    return client


def changed(item, user, **values):
    item = NewsItem.objects.get(pk=item.pk)
    item.save_draft(by=user, values=values)
    return item


def a_page(user):
    """That asks for as much as any: its address moves, and its text has flaws."""
    item = NewsItemFactory(slug="gammal")
    return changed(item, user, slug="ny", body_sv=FLAWED, lead_sv="Ny ingress.")


def clash_with_residents(user):
    """Its draft changes what has been published, by the clock, since it was begun."""
    minute = datetime(2031, 3, 2, 11, 30, tzinfo=UTC)
    item = changed(NewsItemFactory(), user, title_sv="Den som väntade")
    item.schedule(by=user, at=minute)
    item = changed(item, user, title_sv="Utkastet")
    publish_due(minute)
    return NewsItem.objects.get(pk=item.pk)


def clash_with_waiting(user):
    item = changed(NewsItemFactory(), user, title_sv="Den som väntar")
    item.schedule(by=user, at=datetime(2031, 6, 7, 6, 0, tzinfo=UTC))
    return changed(item, user, title_sv="Rättelsen")


def form_of(page, address):
    [form] = [each for each in sent_forms(page, address) if each.is_written_in]
    return form


def lost(page, address, sent):
    """{name: what stands there instead} of what was ``sent`` and isn't there again."""
    there = form_of(page, address).values()
    return {
        name: there.get(name)
        for name, values in sent.items()
        if name != "csrfmiddlewaretoken" and there.get(name, []) != values
    }


def test_each_verb_is_tried_here():
    verbs = {
        verb.name
        for model_admin in admin.site._registry.values()
        for verb in getattr(model_admin, "verbs", ())
    }

    assert WRONG.keys() == verbs


@pytest.mark.parametrize(("verb", "wrong"), CASES)
def test_what_stands_in_the_other_fields_stands_there_again(publisher, verb, wrong):
    ContactFunctionFactory()
    item = a_page(publisher.user)
    address = act_url(verb, item)
    sent, _own = form_of(publisher.get(address), address).filled_in()
    sent |= wrong

    page = publisher.post(address, sent)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert lost(page, address, sent) == {}


@pytest.mark.parametrize("verb", ["mark_reviewed", "reviewed_unchanged"])
def test_so_it_does_of_a_fact(publisher, verb):
    contact = ContactUnitFactory()
    ContactFunctionFactory(unit=contact)
    address = act_url(verb, contact)
    sent, _own = form_of(publisher.get(address), address).filled_in()
    sent |= {"note": [TOO_LONG]}

    assert lost(publisher.post(address, sent), address, sent) == {}


@pytest.mark.parametrize("verb", [verb for verb in WRONG if verb != "publish_with"])
def test_the_chosen_rows_are_chosen_still(publisher, verb):
    if verb == "unschedule":
        return
    rows = NewsItemFactory.create_batch(2)
    address = act_url(verb, *rows)

    page = publisher.post(address, {"note": TOO_LONG, "reason": "mistake"})

    assert {each for each, _chip, _why in page.context["items"]} == {*rows}
    assert form_of(page, address).address == address


CLASHES = [
    ("publish", clash_with_residents, "settled"),
    ("publish", clash_with_waiting, "settled_waiting"),
    ("publish_with", clash_with_residents, "settled"),
    ("publish_with", clash_with_waiting, "settled_waiting"),
    ("unschedule", clash_with_waiting, "settled"),
]
CLASHING = [(*clash, wrong) for clash in CLASHES for wrong in WRONG[clash[0]]]


def clashing(publisher, verb, make, prefix):
    """(address, what is sent by who has seen that the texts clash, and chosen between them)"""
    item = make(publisher.user)
    # With flaws there is an exemption to ask for too
    item = changed(item, publisher.user, body_sv=FLAWED)
    address = act_url(verb, item)
    sent, _own = form_of(publisher.get(address), address).filled_in()
    if verb == "publish_with":
        sent["languages"] = LANGUAGES
        asked = publisher.post(address, sent | {"at_0": [""], "at_1": [""]})
        sent = form_of(asked, address).values()
    own = {f"{prefix}-own-title_sv": ["Min egen."], f"{prefix}-settle-title_sv": ["own"]}
    return address, sent | own


@pytest.mark.parametrize(("verb", "make", "prefix", "wrong"), CLASHING)
def test_a_clash_that_is_settled_is_settled_still(publisher, verb, make, prefix, wrong):
    address, sent = clashing(publisher, verb, make, prefix)
    sent |= wrong

    page = publisher.post(address, sent)

    assert page.context["form"].errors
    assert lost(page, address, sent) == {}
    assert "Min egen." in page.text


def test_what_was_chosen_is_kept_also_where_the_texts_clash_no_more(publisher):
    address, sent = clashing(publisher, *CLASHES[3])
    sent |= {"languages": ["ar"], "note": [TOO_LONG]}

    page = publisher.post(address, sent)

    assert page.context["settles"] == []
    assert lost(page, address, sent) == {}


@pytest.mark.parametrize(("verb", "make", "prefix"), CLASHES)
def test_when_the_fault_is_mended_what_was_chosen_is_done(publisher, verb, make, prefix):
    item = make(publisher.user)
    address = act_url(verb, item)
    sent = {"languages": LANGUAGES, "note": TOO_LONG}
    sent |= {f"{prefix}-own-title_sv": "Min egen.", f"{prefix}-settle-title_sv": "own"}
    page = publisher.post(address, sent)

    publisher.post(address, form_of(page, address).values() | {"note": ["Kort."]})

    item = NewsItem.objects.get(pk=item.pk)
    texts = [item.title_sv, item.track.newest.data["title_sv"]]
    texts += [item.track.scheduled.data["title_sv"]] if item.track.scheduled else []
    assert "Min egen." in texts


def test_what_four_eyes_refuse_stands_there_again(publisher, settings):
    item = clash_with_residents(staff("Publicister"))
    settings.FOUR_EYES = True
    address = act_url("publish", item)
    sent = {"note": ["Nytt."], "settled-settle-title_sv": ["own"]}
    sent |= {"settled-own-title_sv": ["Min egen."]}

    page = publisher.post(address, sent)

    assert "Någon annan måste godkänna en egen text." in page.text
    assert lost(page, address, sent) == {}


@pytest.mark.parametrize("verb", WRONG)
def test_what_is_made_up_of_clashes_breaks_nothing(publisher, verb):
    item = NewsItemFactory(draft=True, state=State.IN_REVIEW)
    made_up = {"settled-settle-title_sv": "mine", "settledx": "1", "note": TOO_LONG}

    assert publisher.post(act_url(verb, item), made_up).status_code == 200
