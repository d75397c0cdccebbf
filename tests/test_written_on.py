"""On every page of the admin on which somebody writes: an old session or token loses nothing.

The pages are those of tests/admin_pages.py, of which each view of the admin has one.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from images.models import Image
from news.models import NewsItem
from publishing.models import ShareLink, State, Version
from tests import admin_pages, doors
from tests.admin_forms import admin_url, staff
from tests.factories import ContactUnitFactory, ImageFactory, NewsItemFactory
from tests.pictures import picture_file
from tests.written_forms import sent_forms
from trollhattan_portal.log_in_again import ALONE, OF_A_KIND

pytestmark = pytest.mark.django_db
OLD_TOKEN = "a" * 64
# Where only rows, versions or dates are pointed at, which are as easily pointed at again
NOTHING_WRITTEN = {
    "changelist": "which rows, and what is to be done with them",
    "auth_user_password_change": "passwords, which are carried nowhere",
}
LIST_ACTION = {"action", "_selected_action"}
GROUPS = ["forms", "lists", "questions"]


@pytest.fixture
def publicist(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def view_of(address):
    kinds = sorted((kind.replace(".", "_") + "_" for kind in doors.KINDS), key=len, reverse=True)
    name = resolve(urlsplit(address).path).url_name
    if name in NOTHING_WRITTEN:
        return name
    return next((name.removeprefix(kind) for kind in kinds if name.startswith(kind)), name)


def forms_of(client, address):
    return [form for form in sent_forms(client.get(address), address) if form.is_written_in]


def written_on(group):
    """[(name, address, who, the form)] of all forms in which somebody writes."""
    found = []
    for name, (address, user) in admin_pages.GROUPS[group]().items():
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        found += [(name, address, client, form) for form in forms_of(client, address)]
    return found


def is_list_of_rows_alone(form):
    return view_of(form.address) in NOTHING_WRITTEN and not any(
        name.endswith("-order") for name in form.fields
    )


def not_given_back(page, form, own):
    """{name: what stands there instead} of the fields that hold another than was written."""
    [again] = [each for each in sent_forms(page, form.address) if own.keys() <= each.fields.keys()]
    values = again.values()
    names = own.keys() - LIST_ACTION
    return {name: values[name] for name in names if values[name] != own[name]}


def test_every_page_on_which_somebody_writes_is_named():
    views = {
        view_of(form.address)
        for group in GROUPS
        for _name, _address, _client, form in written_on(group)
        if not is_list_of_rows_alone(form)
    }

    assert views == {*OF_A_KIND, *ALONE, "changelist"}


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_sent_without_session_or_token_stands_in_the_page_again_and_nothing_is_done(group):
    lost, forms = {}, written_on(group)
    before = doors.database()

    for name, _address, client, form in forms:
        if is_list_of_rows_alone(form):
            continue
        sent, own = form.filled_in()
        [log_in] = sent_forms(Client().post(form.address, sent), form.address)
        told = client.post(form.address, sent | {"csrfmiddlewaretoken": OLD_TOKEN})
        [carried] = sent_forms(told, form.address)
        page = client.post(form.address, carried.values())
        if any(log_in.values().get(each) != own[each] for each in own):
            lost[name] = "at the log-in"
        elif told.status_code != 403 or page.status_code != 200:
            lost[name] = (told.status_code, page.status_code)
        elif wrong := not_given_back(page, form, own):
            lost[name] = wrong

    assert lost == {}
    assert doors.database() == before


# With scripts


@pytest.mark.parametrize("group", GROUPS)
def test_every_such_page_asks_before_it_is_left_and_logs_in_in_place(group):
    scripts = {}
    for name, address, client, form in written_on(group):
        if not is_list_of_rows_alone(form):
            text = client.get(address).text
            names = ["autosave.js", "unsent.js", "log-in-here.js", 'id="log-in-here"']
            scripts[name] = [text.count(each) for each in names]

    assert {name: each for name, each in scripts.items() if each[0] + each[1] != 1} == {}
    assert {name: each for name, each in scripts.items() if each[2:] != [1, 1]} == {}


def test_pages_with_buttons_alone_get_no_script_of_it(publicist):
    item = NewsItemFactory(draft=True)
    addresses = [reverse("admin:index"), admin_url(item, "changelist"), admin_url(item, "delete")]

    assert [each for each in addresses if "log-in-here" in publicist.get(each).text] == []


def test_the_script_is_small():
    assert Path(finders.find("admin_portal/unsent.js")).stat().st_size <= 2048


def test_what_was_refused_is_known_as_not_sent(publicist):
    item = NewsItemFactory()
    address = f"{admin_url(item, 'act', 'withdraw')}?id={item.pk}"

    asked, refused = publicist.get(address), publicist.post(address, {"note": "Gammal."})
    filled = publicist.post(address, {"note": "Gammal.", "_fill": "1"})

    assert ["data-unsent" in page.text for page in (asked, refused, filled)] == [False, True, True]


# What only fills a page does nothing there


def sent_to_fill(client, address, data):
    """The page, and whether anything but it came of what was sent."""
    before = doors.database()
    page = client.post(address, data | {"_fill": "1"})
    assert doors.database() == before
    return page


def test_an_act_is_asked_about_again_and_nothing_but_what_the_page_shows_is_sent_on(publicist):
    item = NewsItemFactory()
    address = f"{admin_url(item, 'act', 'withdraw')}?id={item.pk}"
    data = {"reason": "outdated", "note": "Gammal.", "id": "99", "verb": "publish"}

    page = sent_to_fill(publicist, address, data)

    [form] = [each for each in sent_forms(page, address) if each.is_written_in]
    hidden = {name for name, each in form.fields.items() if each.kind == "hidden"}
    assert hidden == {"csrfmiddlewaretoken"}
    assert form.values()["note"] == ["Gammal."]
    assert form.values()["reason"] == ["outdated"]
    assert 'value="Avpublicera"' in page.text
    assert "men inget är sparat eller gjort än" in page.text
    assert item.is_readable()


def test_nothing_is_judged_before_it_is_sent(publicist):
    item = NewsItemFactory(state=State.IN_REVIEW)

    page = sent_to_fill(
        publicist, f"{admin_url(item, 'act', 'send_back')}?id={item.pk}", {"note": ""}
    )

    assert "errorlist" not in page.text


@pytest.mark.parametrize("verb", ["withdraw", "renew"])
def test_no_consent_is_changed(publicist, verb):
    image = ImageFactory()

    page = sent_to_fill(
        publicist, admin_url(image, "consent", image.pk), {"verb": verb, "reason": "Dnr 1"}
    )

    assert 'value="Dnr 1"' in page.text


def test_no_link_is_revoked_or_made(publicist):
    item = NewsItemFactory(draft=True)
    link = item.share(by=publicist.user)

    page = sent_to_fill(
        publicist, admin_url(item, "share", item.pk), {"revoke": link.pk, "days": "3"}
    )

    assert 'value="3"' in page.text
    assert ShareLink.objects.for_token(link.token)


def test_buttons_do_nothing_either(publicist):
    item = NewsItemFactory(draft=True)

    sent_to_fill(publicist, admin_url(item, "delete"), {"post": "yes"})
    sent_to_fill(publicist, admin_url(item, "copy", item.pk), {})


def test_a_text_of_ones_own_between_two_that_clash_comes_back(publicist):
    by, other = publicist.user, staff("Publicister")
    item = NewsItemFactory(lead_sv="Från början.")
    item.save_draft(by=by, values={"lead_sv": "Från december."})
    item.schedule(by=by, at=timezone.now() + timedelta(days=1))
    item.save_draft(by=other, values={"lead_sv": "Från november."})
    address = f"{admin_url(item, 'act', 'publish_with')}?id={item.pk}"
    first = {"languages": ["sv", "sv-simple", "fi", "en", "ar"], "note": "Nytt."}
    asked = publicist.post(address, first)
    [form] = [each for each in sent_forms(asked, address) if each.is_written_in]
    own = next(name for name in form.fields if name.endswith("own-lead_sv"))
    choice = next(name for name in form.fields if name.endswith("settle-lead_sv"))
    sent = {name: values for name, values in form.values().items() if values}

    page = sent_to_fill(publicist, address, sent | {own: "Min egen.", choice: "own"})

    [again] = [each for each in sent_forms(page, address) if each.is_written_in]
    assert again.values()[own] == ["Min egen."]
    assert again.values()[choice] == ["own"]
    assert again.values()["note"] == ["Nytt."]


def test_places_in_a_list_come_back_to_their_rows_whatever_the_order(publicist):
    first, second = ContactUnitFactory(order=1), ContactUnitFactory(order=2)
    address = admin_url(first, "changelist")
    sent = {
        "form-0-id": second.pk,
        "form-0-order": "7",
        "form-1-id": first.pk,
        "form-1-order": "8",
    }

    rows = sent_to_fill(publicist, address, sent).context["cl"].formset.forms

    assert {row.instance: str(row["order"].value()) for row in rows} == {first: "8", second: "7"}


# Through the log-in


def test_who_wrote_why_logs_in_again_and_decides_there(publicist):
    item = NewsItemFactory()
    publicist.user.set_password("en-sluss-vid-fallen")
    publicist.user.save()
    publicist.logout()
    address = f"{admin_url(item, 'act', 'withdraw')}?id={item.pk}"
    person = {"login": publicist.user.username, "password": "en-sluss-vid-fallen", "_log_in": "1"}

    asked = publicist.post(address, {"reason": "mistake", "note": "Fel siffror."})
    [carried] = sent_forms(asked, address)
    told = publicist.post(address, carried.values() | person)
    [carried] = sent_forms(told, address)
    page = publicist.post(address, carried.values())

    assert "Fel siffror." in page.text
    item.refresh_from_db()
    assert item.is_published()
    [form] = [each for each in sent_forms(page, address) if each.is_written_in]
    publicist.post(address, form.values())
    item.refresh_from_db()
    assert not item.is_published()
    assert Version.objects.of(item).latest("number").note == "Fel siffror."


def test_that_files_are_to_be_chosen_again_is_said_on_each_page_of_the_way(publicist):
    publicist.user.set_password("en-sluss-vid-fallen")
    publicist.user.save()
    publicist.logout()
    address = reverse("admin:images_image_upload")
    person = {"login": publicist.user.username, "password": "en-sluss-vid-fallen", "_log_in": "1"}

    asked = publicist.post(address, {"files": picture_file(), "anyway": "on"})
    [carried] = sent_forms(asked, address)
    told = publicist.post(address, carried.values() | person)

    assert "Filer måste du välja en gång till." in asked.text
    assert "Filer måste du välja en gång till." in told.text
    assert not Image.objects.exists()


def test_what_another_site_sends_is_refused_as_before(publicist):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(publicist.user)
    item = NewsItemFactory()

    page = strict.post(
        f"{admin_url(item, 'act', 'withdraw')}?id={item.pk}",
        {"reason": "mistake", "note": "Lurad."},
        headers={"Origin": "https://ond.example"},
    )

    assert page.status_code == 403
    assert "Lurad." not in page.text


def test_a_text_of_a_row_that_was_thrown_away_meanwhile_is_not_lost(publicist):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")
    item.move_to_bin(by=publicist.user)

    page = publicist.post(address, {"lead_sv": "Min ingress.", "_fill": "1"})

    assert page.status_code == 409
    [first, *_rest] = sent_forms(page, address)
    assert first.values()["lead_sv"] == ["Min ingress."]
    add = publicist.post(admin_url(NewsItem, "add"), first.values())
    assert "Min ingress." in add.text
    assert not NewsItem.objects.exists()
