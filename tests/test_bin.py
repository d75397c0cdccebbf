"""The bin: what is thrown away, by whom, what keeps it from that, and how it comes back."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from images.models import Image
from news.models import NewsItem
from pages.models import Resource
from publishing import purging
from publishing.history import drifted_rows, recorded_kinds, verify_chain
from publishing.models import Action, State, Track, Version
from publishing.models.track import BIN_TIME
from publishing.purging import purge_bin
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    DistrictFactory,
    FocusAreaFactory,
    HelplineFactory,
    ImageFactory,
    InitiativeFactory,
    MenuItemFactory,
    NewsItemFactory,
    NoticeFactory,
    OpeningHoursFactory,
    PageFactory,
    SiteSettingsFactory,
    StartPageFactory,
    TargetGroupFactory,
    UserFactory,
)
from tests.pictures import image_with_files

pytestmark = pytest.mark.django_db
BIN = "/admin/papperskorg/"
PUBLISHED = [FocusAreaFactory, InitiativeFactory, NewsItemFactory, PageFactory]
LIVE = [DistrictFactory, HelplineFactory, NoticeFactory, TargetGroupFactory, ContactUnitFactory]


def kind_name(factory):
    return factory._meta.model._meta.model_name


@pytest.fixture
def by():
    return AdministratorFactory()


def thrown_away(item, by=None):
    item.move_to_bin(by=by or AdministratorFactory())
    return item


def taken_up(item, by=None):
    return type(item).take_out_of_bin(item.pk, by=by or AdministratorFactory())


def is_there(item):
    return type(item)._base_manager.filter(pk=item.pk).exists()


def refusal(act, *args, **kwargs):
    """The sentences of a refused act."""
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return refused.value.messages


def tidy():
    return not list(drifted_rows()) and not verify_chain().broken


# Throwing away


@pytest.mark.parametrize("factory", PUBLISHED, ids=kind_name)
def test_a_draft_is_thrown_away(factory, by):
    item = thrown_away(factory(draft=True), by)

    assert not is_there(item)
    assert Version.objects.of(item).last().action == Action.BINNED
    assert tidy()


@pytest.mark.parametrize("factory", [*LIVE, ImageFactory], ids=kind_name)
def test_a_fact_is_thrown_away(factory, by):
    item = thrown_away(factory(), by)

    assert not is_there(item)
    assert tidy()


@pytest.mark.parametrize("factory", PUBLISHED, ids=kind_name)
def test_what_residents_find_in_lists_is_withdrawn_first(factory, by):
    item = factory()

    assert refusal(item.move_to_bin, by=by) == ["Avpublicera ”En rubrik” innan du kastar den."]
    assert is_there(item)


def test_what_somebody_else_has_just_thrown_away_is_refused_in_words(by):
    item = NewsItemFactory(draft=True)
    thrown_away(NewsItem.objects.get())

    assert refusal(item.move_to_bin, by=by) == ["Någon annan har nyss kastat ”En rubrik”."]


def in_draft(user, by, **values):
    user.save_draft(by=by, values=values)


def waiting(user, by, **values):
    user.save_draft(by=by, values=values)
    user.schedule(by=by, at=timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize("put", [in_draft, waiting])
def test_what_only_a_text_that_is_not_out_refers_to_is_kept(put, by):
    image, news = ImageFactory(), NewsItemFactory()
    put(news, by, image=image.pk)

    assert refusal(image.move_to_bin, by=by)[1:] == ["nyhet ”En rubrik”"]


@pytest.mark.parametrize("put", [in_draft, waiting])
def test_what_only_a_link_in_a_text_that_is_not_out_leads_to_is_kept(put, by):
    page, news = PageFactory(slug="sida", state=State.ARCHIVED), NewsItemFactory()
    put(news, by, body_sv='<p><a href="/en/om/sida/#del">Om sidan</a></p>')

    assert refusal(page.move_to_bin, by=by)[1:] == ["nyhet ”En rubrik”"]


def test_what_a_text_no_longer_refers_to_is_free(by):
    image, news = ImageFactory(), NewsItemFactory()
    in_draft(news, by, image=image.pk)
    in_draft(news, by, image=None)

    thrown_away(image, by)

    assert not is_there(image)


def test_a_page_with_pages_below_it_is_kept(by):
    top = PageFactory(draft=True)
    PageFactory(parent=top, draft=True, title_sv="Under")

    assert refusal(top.move_to_bin, by=by)[1:] == ["sida ”Under”"]


def test_a_page_in_the_menu_is_kept_and_the_menu_is_named_once(by):
    page = PageFactory(draft=True)
    site = SiteSettingsFactory(name_sv="Trollhättan")
    MenuItemFactory(site=site, section="", page=page)
    site.record(by=by)

    uses = refusal(page.move_to_bin, by=by)[1:]

    assert uses == ["webbplatsens inställningar ”Trollhättan”"]


def test_a_contact_is_kept_while_one_of_its_functions_is_used(by):
    unit = ContactUnitFactory()
    PageFactory(draft=True, unit=None, contact=ContactFunctionFactory(unit=unit), title_sv="Om")

    assert refusal(unit.move_to_bin, by=by)[1:] == ["sida ”Om”"]


def test_a_long_list_of_uses_is_cut(by):
    unit = ContactUnitFactory()
    NewsItemFactory.create_batch(25, unit=unit)

    assert len(refusal(unit.move_to_bin, by=by)) == 1 + 20


# Coming back


@pytest.mark.parametrize("factory", PUBLISHED, ids=kind_name)
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_an_item_comes_back_as_it_was(factory, state, by):
    item = factory(state=state, title_fi="Otsikko")
    before = type(item).objects.filter(pk=item.pk).values().get()

    item = taken_up(thrown_away(item, by), by)

    assert type(item).objects.filter(pk=item.pk).values().get() == before
    assert tidy()


def test_an_item_comes_back_with_its_relations(by):
    area = FocusAreaFactory()
    item = NewsItemFactory(draft=True, focus_areas=[area])

    item = taken_up(thrown_away(item, by), by)

    assert list(item.focus_areas.all()) == [area]


def test_an_item_comes_back_with_the_changes_that_were_not_out(by):
    item = NewsItemFactory(state=State.ARCHIVED)
    in_draft(item, by, title_sv="Ny rubrik")

    item = taken_up(thrown_away(item, by), by)

    assert (item.title_sv, item.track.newest.data["title_sv"]) == ("En rubrik", "Ny rubrik")


def test_an_item_comes_back_with_its_history(by):
    item = NewsItemFactory(draft=True)
    in_draft(item, by, title_sv="Ny rubrik")

    item = taken_up(thrown_away(item, by), by)

    actions = list(Version.objects.of(item).values_list("action", flat=True))
    assert actions == [Action.IMPORTED, Action.SAVED, Action.BINNED, Action.UNBINNED]


def test_an_archived_item_is_at_its_address_again(by, client):
    item = NewsItemFactory(state=State.ARCHIVED)

    taken_up(thrown_away(item, by), by)

    assert client.get(item.get_absolute_url()).status_code == 200


def test_a_contact_comes_back_with_its_functions_and_hours(by):
    unit = ContactUnitFactory()
    function, hours = ContactFunctionFactory(unit=unit), OpeningHoursFactory(unit=unit)

    unit = taken_up(thrown_away(unit, by), by)

    assert (unit.functions.get(), unit.opening_hours.get()) == (function, hours)
    assert unit.functions.get().role_sv == "Folkhälsostrateg"
    assert tidy()


def test_a_picture_shows_again(by, client, django_capture_on_commit_callbacks):
    image = image_with_files()
    url = image.thumbnail_url
    with django_capture_on_commit_callbacks(execute=True):
        thrown_away(image, by)
    assert client.get(url).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        image = taken_up(image, by)
    NewsItemFactory(image=image)

    response = client.get(url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content)


def test_a_picture_thrown_away_before_its_renditions_were_made_gets_them(
    by, django_capture_on_commit_callbacks
):
    image = image_with_files()
    Image.objects.update(renditions="")
    thrown_away(image, by)

    with django_capture_on_commit_callbacks(execute=True):
        taken_up(image, by)

    assert not Image.objects.get().is_out_of_date


def test_a_picture_keeps_the_file_that_another_in_the_bin_has_too(
    by, django_capture_on_commit_callbacks
):
    first, second = image_with_files(title="Torget"), image_with_files(title="Torget")
    assert first.master.name == second.master.name
    thrown_away(first, by)

    with django_capture_on_commit_callbacks(execute=True):
        second.delete()

    assert taken_up(first, by).master.storage.exists(first.master.name)


def test_it_does_not_come_back_to_an_address_that_somebody_has_taken(by):
    item = thrown_away(NewsItemFactory(draft=True, slug="plats"), by)
    NewsItemFactory(slug="plats", title_sv="Nyare")

    assert refusal(taken_up, item, by) == ["”Nyare” har redan samma adress. Välj en annan."]
    assert Track.find(item).binned_at


def test_it_does_not_come_back_to_an_address_that_a_draft_will_take(by):
    item = thrown_away(NewsItemFactory(draft=True, slug="plats"), by)
    in_draft(NewsItemFactory(title_sv="Nyare"), by, slug="plats", title_sv="Nyare")

    sentence = "Utkastet ”Nyare” vill ha samma adress. Välj en annan."
    assert refusal(taken_up, item, by) == [sentence]


def test_what_belongs_to_something_in_the_bin_waits_for_that(by):
    unit = ContactUnitFactory(name_sv="Kontaktcenter")
    item = thrown_away(NewsItemFactory(draft=True, unit=unit), by)
    thrown_away(unit, by)

    assert refusal(taken_up, item, by) == [
        "Det hör ihop med annat i papperskorgen. Ta först upp:",
        "kontakt ”Kontaktcenter”",
    ]

    taken_up(unit, by)
    assert taken_up(item, by).unit == unit


def test_a_page_does_not_come_back_without_the_page_above_it(by):
    top = PageFactory(draft=True, title_sv="Ovan")
    page = thrown_away(PageFactory(draft=True, parent=top), by)
    thrown_away(top, by)

    assert refusal(taken_up, page, by)[1:] == ["sida ”Ovan”"]


def test_what_belonged_to_a_row_that_is_gone_for_good_says_so(by):
    area = FocusAreaFactory(draft=True)
    item = thrown_away(InitiativeFactory(draft=True, focus_area=area), by)
    type(area).objects.all().delete()

    assert refusal(taken_up, item, by) == ["Det som det hör till finns inte kvar: fokusområde."]


def test_a_document_whose_file_is_gone_does_not_come_back(by):
    resource = Resource.objects.create(title_sv="Plan", file=ContentFile(b"%PDF-", name="plan.pdf"))
    thrown_away(resource, by)
    resource.file.storage.delete(resource.file.name)

    assert refusal(taken_up, resource, by) == [f"Filen {resource.file.name} finns inte kvar."]


def test_what_is_taken_up_already_is_refused_in_words(by):
    item = thrown_away(NewsItemFactory(draft=True), by)
    taken_up(item, by)

    assert refusal(taken_up, item, by) == ["Den finns inte i papperskorgen längre."]


# Who may


@pytest.mark.parametrize("act", [thrown_away, taken_up])
def test_an_editor_throws_away_and_takes_up_what_was_never_public(act):
    item, editor = NewsItemFactory(draft=True), staff("Redaktörer")
    if act is taken_up:
        thrown_away(item)

    act(item, editor)

    assert is_there(item) == (act is taken_up)


def test_an_editor_throws_away_no_draft_that_somebody_else_began(by):
    item = NewsItemFactory(draft=True)
    item.record_creation(by=by)

    with pytest.raises(PermissionDenied, match="Du har inte rätt att kasta nyheter."):
        item.move_to_bin(by=staff("Redaktörer"))


def test_who_may_only_look_throws_away_nothing_that_nobody_began():
    reader = UserFactory()
    reader.user_permissions.add(Permission.objects.get(codename="view_newsitem"))

    with pytest.raises(PermissionDenied, match="Du har inte rätt att kasta nyheter."):
        NewsItemFactory(draft=True).move_to_bin(by=reader)


def test_an_editor_throws_away_no_draft_that_was_public_since_she_opened_it(by):
    editor = staff("Redaktörer")
    item = NewsItemFactory(draft=True)
    item.record_creation(by=editor)
    opened = NewsItem.objects.get(pk=item.pk)
    assert opened.may_be_binned_by(editor)
    item.publish(by=by)
    item.withdraw(by=by)

    with pytest.raises(PermissionDenied, match="Du har inte rätt att kasta nyheter."):
        opened.move_to_bin(by=editor)

    assert is_there(item)


@pytest.mark.parametrize("act", [thrown_away, taken_up])
@pytest.mark.parametrize("role", ["Redaktörer", "Publicister", "Administratörer"])
def test_only_those_who_publish_throw_away_and_take_up_what_was_public(act, role, by):
    item = NewsItemFactory()
    item.withdraw(by=by)
    if act is taken_up:
        thrown_away(item, by)

    if role == "Redaktörer":
        with pytest.raises(PermissionDenied):
            act(item, staff(role))
    else:
        act(item, staff(role))

    assert is_there(item) == ((act is taken_up) == (role != "Redaktörer"))


@pytest.mark.parametrize("act", [thrown_away, taken_up])
@pytest.mark.parametrize("factory", [ImageFactory, ContactUnitFactory], ids=kind_name)
def test_an_editor_neither_throws_away_nor_takes_up_facts(act, factory):
    item = factory()
    if act is taken_up:
        thrown_away(item)

    with pytest.raises(PermissionDenied):
        act(item, staff("Redaktörer"))

    assert is_there(item) == (act is thrown_away)


# Asking first


def ask(client, item):
    return client.get(admin_url(item, "delete"))


def test_the_page_asks_and_says_for_how_long_it_can_be_undone(client):
    client.force_login(staff("Redaktörer"))

    with time_machine.travel("2026-03-02 12:00+01:00"):
        page = ask(client, NewsItemFactory(draft=True))

    assert "Lägg i papperskorgen?" in page.text
    assert "till 31\N{NO-BREAK SPACE}maj\N{NO-BREAK SPACE}2026" in page.text


def test_the_page_throws_away_and_says_until_when_it_can_be_taken_up(client):
    client.force_login(staff("Redaktörer"))
    item = NewsItemFactory(draft=True)

    with time_machine.travel("2026-03-02 12:00+01:00"):
        page = client.post(admin_url(item, "delete"), follow=True)

    assert not is_there(item)
    assert BIN in messages_of(page)[0]
    assert "”En rubrik” ligger i papperskorgen till 31" in messages_of(page)[0]
    assert "Besökarna ser den inte." in messages_of(page)[0]


def test_the_page_lists_what_uses_it_and_offers_no_button(client, by):
    image = ImageFactory()
    in_draft(NewsItemFactory(title_sv="Med bild"), by, image=image.pk)
    client.force_login(staff("Publicister"))

    page = ask(client, image)
    client.post(admin_url(image, "delete"))

    assert "Nyhet: Med bild" in page.text
    assert 'value="Lägg i papperskorgen"' not in page.text
    assert is_there(image)


def test_a_link_to_the_address_that_residents_have_counts_though_the_draft_has_another(client, by):
    page = PageFactory(slug="gammal", state=State.ARCHIVED)
    in_draft(NewsItemFactory(), by, body_sv='<p><a href="/om/gammal/">Om sidan</a></p>')
    in_draft(page, by, slug="ny")
    client.force_login(by)

    assert "Kan inte kastas" in ask(client, page).text


@pytest.mark.parametrize("factory", [NewsItemFactory, PageFactory], ids=kind_name)
def test_the_page_of_what_is_published_is_refused(client, factory):
    client.force_login(staff("Publicister"))
    item = factory()

    assert ask(client, item).status_code == 403
    assert client.post(admin_url(item, "delete")).status_code == 403
    assert is_there(item)


def test_an_editor_is_refused_at_the_page_of_what_was_public(client, by):
    item = NewsItemFactory()
    item.withdraw(by=by)
    client.force_login(staff("Redaktörer"))

    assert client.post(admin_url(item, "delete")).status_code == 403
    assert is_there(item)


def test_an_anonymous_visitor_throws_nothing_away(client):
    item = NewsItemFactory(draft=True)

    client.post(admin_url(item, "delete"))

    assert is_there(item)


# In lists


def choose(client, model, *items, **more):
    keys = [item.pk for item in items]
    sent = {"action": "delete_selected", "_selected_action": keys, **more}
    return client.post(admin_url(model, "changelist"), sent, follow=True)


def test_a_list_asks_before_it_throws_away(client):
    client.force_login(staff("Publicister"))
    districts = DistrictFactory.create_batch(2)

    page = choose(client, type(districts[0]), *districts)

    assert "Lägg i papperskorgen?" in page.text
    assert all(map(is_there, districts))


def test_a_list_throws_each_row_away_and_answers_for_each(client):
    client.force_login(staff("Publicister"))
    free, used = DistrictFactory(name_sv="Sylte"), DistrictFactory(name_sv="Kronogården")
    InitiativeFactory(districts=[used], title_sv="Mötesplats")

    page = choose(client, type(free), free, used, post="yes")

    assert (is_there(free), is_there(used)) == (False, True)
    sentences = " ".join(messages_of(page))
    assert "”Sylte” ligger i papperskorgen" in sentences
    assert "”Kronogården” kan inte kastas, eftersom den används. Ändra först: insats" in sentences


def test_an_editor_throws_nothing_away_in_a_list(client):
    client.force_login(staff("Redaktörer"))
    notice = NoticeFactory()

    choose(client, type(notice), notice, post="yes")

    assert is_there(notice)


@pytest.mark.parametrize("factory", PUBLISHED, ids=kind_name)
def test_a_list_of_a_published_kind_throws_nothing_away(client, factory, by):
    client.force_login(by)
    item = factory(draft=True)

    choose(client, type(item), item, post="yes")

    assert is_there(item)


# Every door of the back office

CONTENT = [
    model_admin for model, model_admin in admin.site._registry.items() if model in recorded_kinds()
]


@pytest.mark.parametrize("model_admin", CONTENT, ids=lambda each: each.model.__name__)
def test_no_kind_of_content_is_deleted_for_ever(model_admin, rf, by, monkeypatch):
    moved = []
    monkeypatch.setattr(model_admin.model, "move_to_bin", lambda self, by: moved.append(self))
    request, item = rf.get("/"), model_admin.model(pk=1)
    request.user = by

    model_admin.delete_model(request, item)
    model_admin.delete_queryset(request, [item])

    assert moved == [item, item]


@pytest.mark.parametrize("factory", [SiteSettingsFactory, StartPageFactory], ids=kind_name)
def test_what_the_site_has_one_of_is_not_thrown_away(client, factory, by):
    client.force_login(by)
    item = factory()

    assert client.post(admin_url(item, "delete"), {"post": "yes"}).status_code == 403
    assert is_there(item)


def test_a_function_that_a_page_names_is_not_removed_from_its_contact(client, by):
    client.force_login(by)
    unit = ContactUnitFactory()
    function = ContactFunctionFactory(unit=unit)
    PageFactory(contact=function, title_sv="Om oss", unit=unit)
    form = client.get(admin_url(unit, "change"))
    sent = filled_in(form, **{"functions-0-DELETE": "on"})
    page = client.post(admin_url(unit, "change"), sent)

    assert is_there(function)
    assert "Om oss" in page.text


# The page


def test_the_page_says_what_who_when_and_how_long(client):
    writer = staff("Publicister")
    writer.first_name, writer.last_name = "Anna", "Ek"
    writer.save()
    with time_machine.travel("2026-03-02 12:00+01:00"):
        thrown_away(NewsItemFactory(draft=True, title_sv="Kastad nyhet"), writer)
    client.force_login(writer)

    with time_machine.travel("2026-03-05 12:00+01:00"):
        page = client.get(BIN).text

    for words in ["Kastad nyhet", "Nyhet", "av Anna Ek", "2026", "87 dagar kvar"]:
        assert words in page


@pytest.mark.parametrize(
    ("day", "words"),
    [("29", "2 dagar kvar."), ("30", "1 dag kvar."), ("31", "Töms i natt.")],
)
def test_the_page_counts_down(client, by, day, words):
    with time_machine.travel("2026-03-02 12:00+01:00"):
        thrown_away(NewsItemFactory(draft=True), by)
    client.force_login(by)

    with time_machine.travel(f"2026-05-{day} 12:00+02:00"):
        assert words in client.get(BIN).text


def test_an_empty_bin_says_so(client, by):
    client.force_login(by)

    assert "Papperskorgen är tom." in client.get(BIN).text


@pytest.mark.parametrize("role", ["Redaktörer", "Publicister", "Administratörer"])
def test_the_first_page_leads_to_the_bin(client, role):
    client.force_login(staff(role))

    assert f'href="{BIN}"' in client.get("/admin/").text


def take_up(client, item):
    kind = type(item)._meta.label_lower
    return client.post(BIN, {"kind": kind, "id": item.pk}, follow=True)


def test_a_button_takes_it_up_and_says_what_residents_see(client, by):
    item = thrown_away(NewsItemFactory(draft=True), by)
    client.force_login(staff("Redaktörer"))

    page = take_up(client, item)

    assert page.redirect_chain[-1][0] == admin_url(item, "change")
    assert messages_of(page) == ["”En rubrik” är tillbaka. Besökarna ser inte sidan."]


def test_a_picture_is_taken_up(client, by):
    image = thrown_away(image_with_files(), by)
    client.force_login(staff("Publicister"))

    take_up(client, image)

    assert is_there(image)


def test_the_page_says_why_it_can_not_be_taken_up(client, by):
    item = thrown_away(NewsItemFactory(draft=True, slug="plats"), by)
    NewsItemFactory(slug="plats", title_sv="Nyare")
    client.force_login(staff("Redaktörer"))

    page = take_up(client, item)

    assert "Den kan inte tas upp. ”Nyare” har redan samma adress." in messages_of(page)[0]


def test_an_editor_sees_no_button_for_what_was_public(client, by):
    item = NewsItemFactory()
    item.withdraw(by=by)
    thrown_away(item, by)
    client.force_login(staff("Redaktörer"))

    page = client.get(BIN).text

    assert "Tas upp av den som får publicera." in page
    assert ">Ta upp<" not in page


def test_an_editor_who_sends_the_button_all_the_same_is_refused(client, by):
    item = NewsItemFactory()
    item.withdraw(by=by)
    thrown_away(item, by)
    client.force_login(staff("Redaktörer"))

    assert take_up(client, item).status_code == 403
    assert not is_there(item)


def test_an_editor_does_not_see_what_is_not_hers(client, by):
    thrown_away(NoticeFactory(text_sv="Krisen"), by)
    client.force_login(staff("Redaktörer"))

    assert "Krisen" not in client.get(BIN).text


@pytest.mark.parametrize(
    ("kind", "key"),
    [("auth.user", "1"), ("pages.notice", "1"), ("news.newsitem", "x"), ("", ""), ("x.y", "1")],
)
def test_a_crafted_button_is_not_found(client, kind, key):
    client.force_login(staff("Redaktörer"))

    assert client.post(BIN, {"kind": kind, "id": key}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_anonymous_visitor_does_not_see_the_bin(client, method, by):
    item = thrown_away(NewsItemFactory(draft=True, title_sv="Hemlig"), by)

    response = getattr(client, method)(BIN, {"kind": "news.newsitem", "id": item.pk}, follow=True)

    assert "Hemlig" not in response.text
    assert not is_there(item)


def test_staff_without_a_group_finds_an_empty_bin(client, by):
    item = thrown_away(NewsItemFactory(draft=True, title_sv="Hemlig"), by)
    user = staff("Redaktörer")
    user.groups.clear()
    client.force_login(user)

    assert "Hemlig" not in client.get(BIN).text
    assert take_up(client, item).status_code == 404


def test_the_page_costs_the_same_with_many_as_with_few(client, by, django_assert_max_num_queries):
    for item in NewsItemFactory.create_batch(20, draft=True):
        thrown_away(item, by)
    client.force_login(by)

    with django_assert_max_num_queries(12):
        client.get(BIN)


# Emptying


def later(**time):
    return timezone.now() + BIN_TIME + timedelta(**time)


def purged(item, by):
    """What stays of ``item`` when its 90 days are over."""
    thrown_away(item, by)
    purge_bin(later(seconds=1))
    return Version.objects.of(item)


def test_the_bin_is_emptied_after_90_days_and_not_before(by):
    item = thrown_away(NewsItemFactory(draft=True), by)

    assert purge_bin(later(seconds=-60)) == []
    assert purge_bin(later(seconds=1)) == [item]


def test_what_is_emptied_cannot_be_taken_up(by):
    item = NewsItemFactory(draft=True)
    purged(item, by)

    assert refusal(taken_up, item, by) == ["Den finns inte i papperskorgen längre."]


def test_texts_that_residents_never_saw_leave_gaps_with_the_reason(by):
    item = NewsItemFactory(draft=True, title_sv="Hemlig")
    in_draft(item, by, title_sv="Hemligare")

    versions = purged(item, by)

    assert "Hemlig" not in str(list(versions.values("data", "note")))
    assert all("title_sv" in version.gaps for version in versions.texts())
    assert versions.last().note == "Låg i papperskorgen i 90 dagar."
    assert tidy()


def test_texts_that_residents_saw_are_kept(by):
    item = NewsItemFactory(title_sv="Offentlig")
    in_draft(item, by, title_sv="Hemlig")
    item.withdraw(by=by)

    versions = purged(item, by)

    kept = [version.data["title_sv"] for version in versions.texts() if not version.gaps]
    assert kept == ["Offentlig"]
    assert "Hemlig" not in str(list(versions.values("data")))
    assert tidy()


def test_emptying_again_does_nothing(by):
    item = NewsItemFactory(draft=True)
    number = purged(item, by).count()

    assert purge_bin(later(days=1)) == []
    assert Version.objects.of(item).count() == number


def test_who_comes_second_to_empty_the_bin_does_nothing(by, monkeypatch):
    item, first = thrown_away(NewsItemFactory(draft=True), by), []
    lock = purging.Chain.writing

    @contextmanager
    def late():
        monkeypatch.setattr(purging.Chain, "writing", lock)
        first.extend(purge_bin(later(seconds=1)))
        with lock() as chain:
            yield chain

    monkeypatch.setattr(purging.Chain, "writing", late)
    second = purge_bin(later(seconds=1))

    assert (first, second) == ([item], [])
    assert Version.objects.of(item).filter(action=Action.PURGED).count() == 1


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_picture_that_is_emptied_leaves_no_file(by, settings, django_capture_on_commit_callbacks):
    image = image_with_files()
    assert files_in(settings.MEDIA_ROOT)

    with django_capture_on_commit_callbacks(execute=True):
        purged(image, by)

    assert files_in(settings.MEDIA_ROOT) == []


def test_a_document_that_is_emptied_leaves_no_file_of_any_version(
    by, settings, django_capture_on_commit_callbacks
):
    resource = Resource.objects.create(title_sv="Plan", file=ContentFile(b"%PDF-1", name="a.pdf"))
    resource.record(by=by)
    resource.file = ContentFile(b"%PDF-2", name="b.pdf")
    resource.save()
    resource.record(by=by)
    assert len(files_in(settings.MEDIA_ROOT)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        purged(resource, by)

    assert files_in(settings.MEDIA_ROOT) == []


def test_a_file_that_another_row_has_too_is_kept(by, django_capture_on_commit_callbacks):
    first, second = image_with_files(title="Torget"), image_with_files(title="Torget")

    with django_capture_on_commit_callbacks(execute=True):
        purged(first, by)

    assert second.master.storage.exists(second.master.name)


def test_files_in_the_bin_are_there_until_it_is_emptied(
    by, settings, django_capture_on_commit_callbacks
):
    thrown_away(image_with_files(), by)

    with django_capture_on_commit_callbacks(execute=True):
        purge_bin(later(days=-1))

    assert files_in(settings.MEDIA_ROOT)


def test_an_address_that_was_public_says_for_ever_that_it_is_gone(client, by):
    item = NewsItemFactory(state=State.ARCHIVED)

    purged(item, by)

    assert client.get(item.get_absolute_url()).status_code == 410


def test_an_address_is_free_when_the_bin_is_emptied(by):
    item = NewsItemFactory(state=State.ARCHIVED, slug="plats")
    in_draft(item, by, slug="annan")
    purged(item, by)

    draft = NewsItemFactory(draft=True)
    in_draft(draft, by, slug="annan")

    assert NewsItem.objects.get().slug == "annan"


def run():
    out = StringIO()
    call_command("purge_bin", stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_emptied_but_not_what_it_was_called(by):
    with time_machine.travel(timezone.now() - BIN_TIME - timedelta(hours=1)):
        item = thrown_away(NewsItemFactory(draft=True, title_sv="Hemlig"), by)

    assert run() == f"Tömd ur papperskorgen: nyhet {item.pk}.\n"
    assert run() == "Ingenting har legat i papperskorgen i 90 dagar.\n"
