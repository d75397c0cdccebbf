"""Forms that stand open tell the server what is written in them, and by whom."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItem
from pages.models import Notice
from publishing.models import OpenForm, Track, kind_of
from publishing.models.unsaved import AT_MOST, LARGEST
from tests.admin_forms import admin_url, filled_in, staff, with_rights
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    NewsItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
)
from tests.test_unsaved import form_in

pytestmark = pytest.mark.django_db
KLADD = "/admin/kladd/"


def sit_down(role="Publicister", **names):
    client = Client()
    client.user = staff(role)
    for name, value in names.items():
        setattr(client.user, name, value)
    client.user.save()
    client.force_login(client.user)
    return client


@pytest.fixture
def anna():
    return sit_down(first_name="Anna", last_name="Ek")


@pytest.fixture
def bo():
    return sit_down(first_name="Bo", last_name="Alm")


def facts(item, key="abc", written="text", **fields):
    is_row = not isinstance(item, type)
    pk = item.pk if is_row else ""
    return {
        "_kind": item._meta.label_lower,
        "_id": pk,
        "_form": key,
        "_written": written,
        **fields,
    }


def tell(client, item, key="abc", written="text", **fields):
    return client.post(KLADD, facts(item, key, written, **fields))


def text_of(page):
    return re.sub(r"<[^>]+>", " ", page.text)


# What is written is kept, and given back


def test_what_is_written_can_be_taken_back_without_a_script(anna):
    item = NewsItemFactory(title_sv="Sparad")
    form = filled_in(anna.get(admin_url(item, "change")), title_sv="Osparad")

    tell(anna, item, **form)
    page = anna.get(admin_url(item, "change"))
    taken = anna.get(admin_url(item, "change") + "?kladd=abc")

    assert "Du har text som inte sparades, från" in text_of(page)
    assert filled_in(page)["title_sv"] == "Sparad"
    assert filled_in(taken)["title_sv"] == "Osparad"
    assert "Ta tillbaka texten" in page.text
    assert "Ta tillbaka texten" not in taken.text


def test_nothing_is_judged_until_it_is_saved(anna):
    item = NewsItemFactory()

    tell(anna, item, title_sv="")
    page = anna.get(admin_url(item, "change") + "?kladd=abc")

    assert 'class="errorlist"' not in page.text
    assert "errornote" not in text_of(page)


def test_rows_below_a_form_come_back_too(anna):
    unit = ContactUnitFactory()
    OpeningHoursFactory(unit=unit)
    form = filled_in(anna.get(admin_url(unit, "change")))
    rows = next(name.partition("-0-")[0] for name in form if name.endswith("-0-opens"))

    tell(anna, unit, **form | {f"{rows}-0-opens": "07:15"})
    page = anna.get(admin_url(unit, "change") + "?kladd=abc")

    assert filled_in(page)[f"{rows}-0-opens"] == "07:15"


def test_a_row_that_is_gone_meanwhile_does_not_stop_it(anna):
    unit = ContactUnitFactory()
    hours = OpeningHoursFactory(unit=unit)
    tell(anna, unit, **filled_in(anna.get(admin_url(unit, "change")), name_sv="Osparad"))
    hours.delete()

    page = anna.get(admin_url(unit, "change") + "?kladd=abc")

    assert filled_in(page)["name_sv"] == "Osparad"


def test_two_new_texts_are_two(anna):
    tell(anna, NewsItem, "flik-1", title_sv="Den ena")
    tell(anna, NewsItem, "flik-2", title_sv="Den andra")

    page = anna.get(admin_url(NewsItem, "add"))
    taken = anna.get(admin_url(NewsItem, "add") + "?kladd=flik-1")

    assert page.text.count("Ta tillbaka texten") == 2
    assert filled_in(taken)["title_sv"] == "Den ena"


def test_two_windows_of_one_form_are_two(anna):
    item = NewsItemFactory()

    tell(anna, item, "flik-1", title_sv="Den ena")
    tell(anna, item, "flik-2", title_sv="Den andra")

    assert OpenForm.objects.of(anna.user).unsaved().count() == 2


@pytest.mark.parametrize("name", ["_form", "_took"])
def test_what_has_been_saved_is_kept_no_longer(anna, name):
    item = NewsItemFactory()
    form = filled_in(anna.get(admin_url(item, "change")), title_sv="Ny")
    tell(anna, item, **form)

    anna.post(admin_url(item, "change"), form | {name: "abc"})

    assert not OpenForm.objects.unsaved().exists()
    assert OpenForm.objects.get().fields == {}


def test_what_could_not_be_saved_is_still_kept(anna):
    item = NewsItemFactory()
    form = filled_in(anna.get(admin_url(item, "change")), title_sv="")
    tell(anna, item, **form)

    page = anna.post(admin_url(item, "change"), form | {"_form": "abc"})

    assert page.context["errors"]
    assert OpenForm.objects.unsaved().exists()
    assert 'name="_form" value="abc"' in page.text


def test_what_comes_late_from_a_saved_form_makes_no_text_of_it_again(anna):
    item = NewsItemFactory()
    tell(anna, item, title_sv="Ny")
    OpenForm.close(anna.user, ["abc"])

    assert tell(anna, item, title_sv="Ny").status_code == 410
    assert not OpenForm.objects.unsaved().exists()


def test_what_comes_by_two_requests_at_once_is_one_text(anna, monkeypatch):
    item, forget = NewsItemFactory(), OpenForm._forget

    def meanwhile(user):
        monkeypatch.setattr(OpenForm, "_forget", forget)
        OpenForm.tell(user, "abc", kind_of(item), item.pk, {"lead_sv": ["Min in"]})

    monkeypatch.setattr(OpenForm, "_forget", meanwhile)
    answer = tell(anna, item, lead_sv="Min ingress.")

    assert answer.status_code == 200
    assert OpenForm.objects.get().fields["lead_sv"] == ["Min ingress."]


def test_who_changes_back_has_nothing_unsaved(anna):
    item = NewsItemFactory()
    tell(anna, item, title_sv="Ny")

    tell(anna, item, written="none")

    assert not OpenForm.objects.unsaved().exists()


def test_to_tell_that_one_is_there_leaves_the_text(anna):
    item = NewsItemFactory()
    tell(anna, item, title_sv="Ny")

    tell(anna, item, written="same")

    assert OpenForm.objects.get().fields == {"title_sv": ["Ny"]}


def test_buttons_tokens_and_null_bytes_are_not_kept(anna):
    tell(anna, NewsItem, title_sv="N\0y", _publish="", csrfmiddlewaretoken="x", password="hemlig")

    assert OpenForm.objects.get().fields == {"title_sv": ["Ny"]}


def test_a_text_that_is_not_there_any_more_is_told(anna):
    page = anna.get(admin_url(NewsItemFactory(), "change") + "?kladd=borta")

    assert "Texten finns inte kvar." in page.text


def test_a_text_is_thrown_away_and_taken_back_from_there(anna):
    item = NewsItemFactory()
    tell(anna, item, title_sv="Osparad")

    page = anna.post("/admin/kladd/kasta/", {"text": OpenForm.objects.get().pk}, follow=True)
    thrown = OpenForm.objects.unsaved().exists()
    [what] = re.findall(r'name="what" value="([^"]+)"', page.text)
    back = anna.post("/admin/angra/", {"what": what}, follow=True)

    assert not thrown
    assert filled_in(back)["title_sv"] == "Osparad"


# Nobody else's


def test_nobody_else_sees_it(anna, bo):
    item = NewsItemFactory(title_sv="Sparad")
    tell(anna, item, title_sv="Osparad")

    page = bo.get(admin_url(item, "change"))
    taken = bo.get(admin_url(item, "change") + "?kladd=abc")

    assert "Ta tillbaka texten" not in page.text
    assert "Osparad" not in taken.text


def test_nobody_else_writes_in_it_or_throws_it_away(anna, bo):
    item = NewsItemFactory()
    tell(anna, item, title_sv="Annas")

    tell(bo, item, title_sv="Bos")
    bo.post("/admin/kladd/kasta/", {"text": OpenForm.objects.get(user=anna.user).pk})

    assert OpenForm.objects.of(anna.user).unsaved().get().fields == {"title_sv": ["Annas"]}


def test_nobody_else_undoes_it(anna, bo):
    tell(anna, NewsItem, title_sv="Annas")
    row = OpenForm.objects.get()
    page = anna.post("/admin/kladd/kasta/", {"text": row.pk}, follow=True)
    [what] = re.findall(r'name="what" value="([^"]+)"', page.text)

    bo.post("/admin/angra/", {"what": what})

    assert not OpenForm.objects.unsaved().exists()


@pytest.mark.parametrize("what", ["", "abc", "e30:1:x"])
def test_an_odd_undo_is_refused(anna, what):
    page = anna.post("/admin/angra/", {"what": what}, follow=True)

    assert "Det går inte att ångra längre." in page.text


# Who may


@pytest.mark.parametrize(
    ("rights", "status"),
    [(["change_newsitem"], 200), (["view_newsitem"], 403), (["change_page"], 403), ([], 403)],
)
def test_who_may_not_write_keeps_nothing(client, rights, status):
    client.force_login(with_rights(*rights))

    assert tell(client, NewsItemFactory(), title_sv="Ny").status_code == status
    assert OpenForm.objects.exists() == (status == 200)


def test_who_may_change_but_not_add_keeps_no_new_text(client):
    client.force_login(with_rights("change_newsitem"))

    assert tell(client, NewsItem, title_sv="Ny").status_code == 403


def test_who_writes_no_live_kinds_keeps_none(client):
    client.force_login(staff("Redaktörer"))

    assert tell(client, NoticeFactory(), text_sv="Ny").status_code == 403
    assert tell(client, Notice, text_sv="Ny").status_code == 403


def test_who_may_only_look_is_asked_nothing(client):
    client.force_login(staff("Redaktörer"))

    assert "open-form" not in client.get(admin_url(ContactUnitFactory(), "change")).text


@pytest.mark.parametrize(
    ("odd", "status"),
    [
        *[({"_kind": kind}, 404) for kind in ("", "auth.user", "x.y", "publishing.version")],
        *[({"_id": key}, 404) for key in ("x", "-1", "9" * 40, "1\0")],
        *[({"_form": key}, 400) for key in ("", "a" * 33, "å b", "-")],
        *[({"_written": word}, 400) for word in ("", "ja")],
        ({"title_sv": "a" * (LARGEST + 1)}, 413),
    ],
)
def test_odd_requests_are_refused(anna, odd, status):
    assert anna.post(KLADD, facts(NewsItemFactory()) | odd).status_code == status
    assert not OpenForm.objects.exists()


@pytest.mark.parametrize("odd", [{"unit": "abc"}, {"base_version": "x"}, {"focus_areas": "9" * 30}])
def test_an_odd_text_does_not_stop_its_form(anna, odd):
    item = NewsItemFactory()
    tell(anna, item, **odd)

    assert anna.get(admin_url(item, "change") + "?kladd=abc").status_code == 200


@pytest.mark.parametrize("text", ["", "x", "9" * 40, "0"])
def test_to_throw_away_what_is_not_there_does_nothing(anna, text):
    assert anna.post("/admin/kladd/kasta/", {"text": text}).status_code == 302


def test_nothing_of_it_comes_into_the_log(anna, caplog):
    tell(anna, NewsItemFactory(), title_sv="Hemligt")
    tell(anna, NewsItemFactory(), title_sv="Hemligt" * LARGEST)

    assert "Hemligt" not in caplog.text


# How long


def test_it_is_forgotten_after_some_days(anna, settings):
    settings.UNSAVED_DAYS = 3
    tell(anna, NewsItem, title_sv="Ny")
    OpenForm.objects.update(seen_at=timezone.now() - timedelta(days=3))

    call_command("purge_bin")

    assert not OpenForm.objects.exists()


def test_until_then_it_stays(anna, settings):
    settings.UNSAVED_DAYS = 3
    tell(anna, NewsItem, title_sv="Ny")
    OpenForm.objects.update(seen_at=timezone.now() - timedelta(days=2, hours=23))

    call_command("purge_bin")

    assert OpenForm.objects.exists()


def test_a_person_has_no_more_than_fifty_of_them(anna, bo):
    tell(bo, NewsItem, title_sv="Bos")
    for number in range(AT_MOST + 2):
        tell(anna, NewsItem, f"flik-{number}", title_sv="Ny")

    assert OpenForm.objects.of(anna.user).count() == AT_MOST
    assert OpenForm.objects.of(bo.user).count() == 1


# Who else is there


def test_two_see_each_other(anna, bo):
    item = NewsItemFactory()
    tell(anna, item, written="none")

    told = tell(bo, item, "def", written="none").json()["said"]
    page = bo.get(admin_url(item, "change"))

    since = timezone.localtime(OpenForm.objects.get(user=anna.user).opened_at)
    sentence = f"Anna Ek har också sidan öppen, sedan kl. {since.hour}:{since:%M}."
    assert told == [sentence]
    assert sentence in page.text


def test_who_has_left_is_not_there_any_more(anna, bo):
    item = NewsItemFactory()
    tell(anna, item, written="none")
    OpenForm.objects.update(seen_at=timezone.now() - timedelta(seconds=46))

    assert tell(bo, item, "def", written="none").json()["said"] == []


def test_who_has_saved_is_not_there_any_more(anna, bo):
    item = NewsItemFactory()
    tell(anna, item, written="none")
    OpenForm.close(anna.user, ["abc"])

    assert tell(bo, item, "def", written="none").json()["said"] == []


def test_new_texts_are_nobody_elses_business(anna, bo):
    tell(anna, NewsItem, written="text", title_sv="Hemligt")

    assert tell(bo, NewsItem, "def", written="none").json()["said"] == []
    assert "Anna" not in bo.get(admin_url(NewsItem, "add")).text


def test_a_newer_version_is_told(anna, bo):
    item = NewsItemFactory()
    item.save_draft(by=anna.user, values={"title_sv": "Första"})
    base = item.track.newest.number
    item.save_draft(by=anna.user, values={"title_sv": "Andra"})

    [told] = tell(bo, item, "def", written="none", base_version=base).json()["said"]

    assert told.startswith("Anna Ek har sparat en ny version. Spara som vanligt")


# Tokens and sessions


def test_what_somebody_wrote_does_not_become_the_text_of_who_logs_in_after_her(anna, bo):
    item = NewsItemFactory(draft=True)

    answer = tell(bo, item, lead_sv="Annas text.", _user=anna.user.pk)

    assert answer.status_code == 409
    assert not OpenForm.objects.exists()


def test_the_form_says_whose_and_what_it_is_in_digits_alone(client):
    item = NewsItemFactory(draft=True, pk=54_321)
    client.force_login(AdministratorFactory(pk=12_345))

    page = client.get(admin_url(item, "change"))

    assert 'data-user="12345"' in page.text
    assert 'data-id="54321"' in page.text


def test_a_text_of_a_high_number_is_thrown_away(anna):
    item = NewsItemFactory(draft=True)
    tell(anna, item, lead_sv="Min ingress.")
    OpenForm.objects.update(id=12_345)

    page = anna.get(admin_url(item, "change"))

    assert 'name="text" value="12345"' in page.text


def test_a_fresh_token_is_given_to_the_script(anna):
    assert anna.get(KLADD).json()["token"]


def test_whose_page_it_is_is_asked_before_anything_is_sent(anna, bo, django_assert_num_queries):
    with django_assert_num_queries(3):  # what any page costs: schedule, session, person
        mine = anna.get(KLADD, {"_user": anna.user.pk})
    others = bo.get(KLADD, {"_user": anna.user.pk})

    assert (mine.status_code, others.status_code) == (200, 409)


@pytest.mark.parametrize("user", ["", "0", "ett", "9" * 40])
def test_a_page_of_nobody_is_not_ones_own(anna, user):
    assert anna.get(KLADD, {"_user": user}).status_code == 409


def test_without_a_session_the_script_is_led_to_the_log_in(client):
    answer = client.post(KLADD, facts(NewsItemFactory()))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


# What it costs


def test_telling_costs_at_most_four_queries_besides_who_one_is(anna, bo):
    item = NewsItemFactory()
    item.save_draft(by=anna.user, values={"title_sv": "Första"})
    tell(anna, item, title_sv="Ny")
    tell(bo, item, "def", written="none")
    with CaptureQueriesContext(connection) as alone:
        anna.get("/admin/kladd/")

    with CaptureQueriesContext(connection) as captured:
        tell(anna, item, title_sv="Nyare")

    of_rights = 2  # those of the person, and of her groups
    assert len(captured) <= len(alone) + of_rights + 4


@pytest.mark.parametrize("make", [NewsItemFactory, NoticeFactory])
def test_saving_costs_two_queries_for_it(anna, make):
    item = make()
    if item._meta.model is Notice:
        item.record(by=anna.user)
    address, costs = admin_url(item, "change"), []
    for own in [{}, {"_form": "abc", "base_version": "1"}]:
        form = form_in(anna.get(address))
        form = {name: value for name, value in form.items() if name not in ("_form", *own)}
        form.pop("base_version", None)
        if own:
            own["base_version"] = Track.find(item).newest.number
        with CaptureQueriesContext(connection) as captured:
            answer = anna.post(address, form | own | {"keywords_sv": f"ord {len(costs)}"})
        assert answer.status_code == 302
        costs.append(len(captured))

    assert costs[1] <= costs[0] + 2


def test_a_form_costs_one_query_for_it(anna, bo):
    item = NewsItemFactory()
    tell(bo, item, "def", written="none")

    with CaptureQueriesContext(connection) as captured:
        anna.get(admin_url(item, "change"))

    assert len([each for each in captured if "publishing_openform" in each["sql"]]) == 1
