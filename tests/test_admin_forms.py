"""The form of a published kind: two who write at once, and who sees what is saved."""

import pytest
import time_machine
from django.contrib.auth.models import Permission

from contacts.models import ContactUnit
from news.models import NewsItem
from publishing.models import Chain, State, Version
from tests.admin_forms import admin_url, filled_in, messages_of, staff
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    NewsItemFactory,
    PageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    """A colleague who writes meanwhile."""
    user = staff("Publicister")
    user.first_name, user.last_name = "Anna", "Ek"
    user.save()
    return user


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


@pytest.fixture
def editor(client):
    client.user = staff("Redaktörer")
    client.force_login(client.user)
    return client


def open_form(client, item):
    return filled_in(client.get(admin_url(item, "change")))


def send(client, item, form, **changes):
    return client.post(admin_url(item, "change"), form | changes, follow=True)


def write(item, user, **values):
    """What a colleague saves, who has seen what is there now."""
    fresh = type(item).objects.get(pk=item.pk)
    fresh.save_draft(by=user, values=values)


def editors_text(item):
    return type(item).objects.get(pk=item.pk).track.newest.data


# What saving means


def test_saving_leaves_what_residents_see_alone(editor):
    item = NewsItemFactory(title_sv="Som den är")

    send(editor, item, open_form(editor, item), title_sv="Som den blir")

    item.refresh_from_db()
    assert item.title_sv == "Som den är"
    assert editors_text(item)["title_sv"] == "Som den blir"


def test_the_form_opens_with_the_editors_text(editor):
    item = NewsItemFactory(focus_areas=[FocusAreaFactory()])
    other = FocusAreaFactory()
    write(item, editor.user, title_sv="Ny rubrik", focus_areas=[other.pk])

    form = open_form(editor, item)

    assert form["title_sv"] == "Ny rubrik"
    assert form["focus_areas"] == [other.pk]


def test_saving_a_published_page_says_that_residents_see_the_old_text(editor):
    item = NewsItemFactory()

    page = send(editor, item, open_form(editor, item), title_sv="Ny rubrik")

    assert messages_of(page) == ["Sparat. Besökarna ser den gamla texten tills någon publicerar."]


def test_saving_a_draft_says_that_residents_do_not_see_it(editor):
    item = NewsItemFactory(draft=True)

    page = send(editor, item, open_form(editor, item), title_sv="Ny rubrik")

    assert messages_of(page) == ["Sparat. Besökarna ser inte utkastet."]


def test_saving_what_waits_for_review_says_that_it_still_waits(editor):
    item = NewsItemFactory(draft=True)
    item.submit(by=editor.user)

    page = send(editor, item, open_form(editor, item), title_sv="Ny rubrik")

    assert messages_of(page) == [
        "Sparat. Texten väntar på granskning, och besökarna ser den inte än."
    ]


@time_machine.travel("2026-03-02 12:00+01:00")
def test_saving_a_page_that_waits_for_its_minute_says_which_text_will_be_shown(editor, anna):
    item = NewsItemFactory(publish_at="2026-06-07T08:00+02:00")

    page = send(editor, item, open_form(editor, item), title_sv="Ny rubrik")

    [message] = messages_of(page)
    assert message.replace("\N{NO-BREAK SPACE}", " ") == (
        "Sparat. Den 7 juni 8:00 publiceras ändå den förra texten, om ingen publicerar den nya."
    )


def test_saving_an_archived_page_says_that_it_keeps_its_text(publisher):
    item = NewsItemFactory(state=State.ARCHIVED)

    page = send(publisher, item, open_form(publisher, item), title_sv="Ny rubrik")

    assert messages_of(page) == ["Sparat. Sidan har kvar sin gamla text tills någon publicerar."]


def test_going_back_to_the_published_text_says_so(editor):
    item = NewsItemFactory(title_sv="Som den är")
    send(editor, item, open_form(editor, item), title_sv="Ny rubrik")

    page = send(editor, item, open_form(editor, item), title_sv="Som den är")

    assert messages_of(page) == ["Sparat. Texten är nu densamma som den publicerade."]
    assert not NewsItem.objects.with_changes().exists()


@pytest.mark.parametrize("is_draft", [True, False])
def test_saving_without_a_change_says_so_and_records_nothing(editor, is_draft):
    item = NewsItemFactory(draft=is_draft)
    send(editor, item, open_form(editor, item), lead_sv="En annan ingress.")
    before = Version.objects.count()

    page = send(editor, item, open_form(editor, item))

    assert messages_of(page)[0].startswith("Det fanns inget nytt att spara.")
    assert Version.objects.count() == before


def test_a_new_page_is_a_draft_and_says_so(editor):
    address = admin_url(NewsItem, "add")
    form = filled_in(editor.get(address), title_sv="En tanke", slug="en-tanke")

    page = editor.post(address, form, follow=True)

    assert messages_of(page) == ["Sparat. Besökarna ser inte utkastet."]
    assert page.context["original"] == NewsItem.objects.get(state=State.DRAFT)


def test_a_key_that_no_database_has_room_for_is_an_odd_request(editor):
    item = NewsItemFactory()

    page = send(editor, item, open_form(editor, item), focus_areas=["9" * 40])

    assert page.status_code == 400


def test_the_note_and_the_size_of_the_change_are_kept_with_the_version(editor):
    item = NewsItemFactory()
    form = open_form(editor, item)

    send(editor, item, form, lead_sv="Rätt.", version_note="Stavfel", is_minor="on")

    newest = NewsItem.objects.get().track.newest
    assert (newest.note, newest.is_minor) == ("Stavfel", True)


# Two at once


def test_what_two_people_change_in_different_fields_is_merged(editor, anna):
    item = NewsItemFactory()
    form = open_form(editor, item)
    write(item, anna, lead_sv="Annas ingress.")

    send(editor, item, form, title_sv="Min rubrik")

    assert editors_text(item)["title_sv"] == "Min rubrik"
    assert editors_text(item)["lead_sv"] == "Annas ingress."


def test_what_two_people_change_in_different_paragraphs_is_merged(editor, anna):
    item = NewsItemFactory(body_sv="<p>Ett</p><p>Två</p><p>Tre</p>")
    form = open_form(editor, item)
    write(item, anna, body_sv="<p>Ett!</p><p>Två</p><p>Tre</p>")

    send(editor, item, form, body_sv="<p>Ett</p><p>Två</p><p>Tre!</p>")

    assert editors_text(item)["body_sv"] == "<p>Ett!</p><p>Två</p><p>Tre!</p>"


def test_relations_that_two_people_choose_are_merged(editor, anna):
    item = NewsItemFactory()
    mine, annas = FocusAreaFactory.create_batch(2)
    form = open_form(editor, item)
    write(item, anna, focus_areas=[annas.pk])

    send(editor, item, form, focus_areas=[mine.pk])

    assert editors_text(item)["focus_areas"] == sorted([mine.pk, annas.pk])


def test_a_merge_is_told_with_the_name_of_the_other(editor, anna):
    item = NewsItemFactory()
    form = open_form(editor, item)
    write(item, anna, lead_sv="Annas ingress.")

    page = send(editor, item, form, title_sv="Min rubrik")

    assert "Anna Ek har också ändrat texten medan du skrev. Allas ändringar är kvar." in (
        messages_of(page)
    )


def test_what_somebody_has_published_meanwhile_is_no_change_of_the_text(editor, anna):
    item = NewsItemFactory(draft=True)
    form = open_form(editor, item)
    NewsItem.objects.get().publish(by=anna)

    page = send(editor, item, form, title_sv="Min rubrik")

    assert len(messages_of(page)) == 1


def test_the_same_change_by_two_is_no_clash(editor, anna):
    item = NewsItemFactory()
    form = open_form(editor, item)
    write(item, anna, title_sv="Samma rubrik")

    page = send(editor, item, form, title_sv="Samma rubrik")

    assert not page.context["errors"]
    assert editors_text(item)["title_sv"] == "Samma rubrik"


# Clashes


@pytest.fixture
def clash(editor, anna):
    """A function: the page that answers when the editor and Anna have changed the same texts."""

    def make(item, mine, theirs):
        form = open_form(editor, item)
        write(item, anna, **theirs)
        return send(editor, item, form, **mine)

    return make


def test_a_clash_saves_nothing_and_overwrites_nothing(clash):
    item = NewsItemFactory()

    clash(item, {"title_sv": "Min rubrik"}, {"title_sv": "Annas rubrik"})

    assert editors_text(item)["title_sv"] == "Annas rubrik"


def test_a_clash_is_shown_side_by_side_with_the_name_of_the_field(clash):
    page = clash(NewsItemFactory(), {"title_en": "Mine"}, {"title_en": "Anna's"})

    [shown] = page.context["clashes"]
    assert (shown.name, shown.mine, shown.theirs) == ("Rubrik – English", "Mine", "Anna's")
    assert page.context["clashes_theirs"].by_name == "Anna Ek"
    assert "Samma text har ändrats på två håll" in page.text


def test_a_clash_leaves_the_persons_text_in_the_form(clash):
    page = clash(NewsItemFactory(), {"title_sv": "Min rubrik"}, {"title_sv": "Annas rubrik"})

    assert filled_in(page)["title_sv"] == "Min rubrik"
    assert page.context["adminform"].form.errors.keys() == {"title_sv"}


def test_texts_that_clash_are_escaped(clash):
    page = clash(NewsItemFactory(), {"title_sv": "<b>min</b>"}, {"title_sv": "<i>hennes</i>"})

    assert "&lt;b&gt;min&lt;/b&gt;" in page.text
    assert "<i>hennes</i>" not in page.text


def test_rich_texts_that_clash_are_shown_as_text_and_not_as_code(clash):
    mine = "<h2>Min</h2><script>alert(1)</script>"

    page = clash(NewsItemFactory(), {"body_sv": mine}, {"body_sv": "<h2>Annas</h2>"})

    assert "<h2>Min</h2>" in page.text
    assert "<h2>Annas</h2>" in page.text
    assert "<script>alert(1)" not in page.text


def test_choices_that_clash_are_shown_by_name(clash):
    mine, theirs = ContactUnitFactory(name_sv="Min enhet"), ContactUnitFactory(name_sv="Annas")

    page = clash(NewsItemFactory(), {"unit": mine.pk}, {"unit": theirs.pk})

    [shown] = page.context["clashes"]
    assert (shown.name, shown.mine, shown.theirs) == ("Ansvarig enhet", "Min enhet", "Annas")


def test_saving_again_after_a_clash_keeps_the_persons_text(clash, editor):
    item = NewsItemFactory()
    page = clash(item, {"title_sv": "Min rubrik"}, {"title_sv": "Annas rubrik"})

    send(editor, item, filled_in(page))

    assert editors_text(item)["title_sv"] == "Min rubrik"


def test_saving_again_after_a_clash_keeps_what_the_other_changed_elsewhere(clash, editor):
    area = FocusAreaFactory()
    item = NewsItemFactory(lead_sv="Gammal ingress.")
    theirs = {"title_sv": "Annas rubrik", "lead_sv": "Annas ingress.", "focus_areas": [area.pk]}
    page = clash(item, {"title_sv": "Min rubrik"}, theirs)

    send(editor, item, filled_in(page))

    text = editors_text(item)
    assert (text["lead_sv"], text["focus_areas"]) == ("Annas ingress.", [area.pk])


def test_after_a_clash_one_may_take_the_text_of_the_other(clash, editor):
    item = NewsItemFactory()
    mine = {"title_sv": "Min rubrik", "body_sv": "<p>Min</p>", "lead_sv": "Min ingress."}
    page = clash(item, mine, {"title_sv": "Annas rubrik", "body_sv": "<p>Annas</p>"})

    send(editor, item, filled_in(page), take_theirs=["title_sv"])

    text = editors_text(item)
    assert (text["title_sv"], text["body_sv"]) == ("Annas rubrik", "<p>Min</p>")
    assert text["lead_sv"] == "Min ingress."


def test_somebody_who_saves_between_a_clash_and_its_solution_loses_nothing(clash, editor, anna):
    item = NewsItemFactory()
    page = clash(item, {"title_sv": "Min rubrik"}, {"title_sv": "Annas rubrik"})
    write(item, anna, title_sv="Annas andra rubrik")

    page = send(editor, item, filled_in(page))

    [shown] = page.context["clashes"]
    assert (shown.mine, shown.theirs) == ("Min rubrik", "Annas andra rubrik")
    assert editors_text(item)["title_sv"] == "Annas andra rubrik"


@pytest.fixture
def while_it_waits(monkeypatch):
    """A function: lets something be done by others while the next form waits for the lock."""

    def arrange(act):
        lock = Chain.lock

        def late():
            monkeypatch.setattr(Chain, "lock", lock)
            act()
            return lock()

        monkeypatch.setattr(Chain, "lock", late)

    return arrange


def test_somebody_who_saves_while_a_form_waits_for_the_lock_loses_nothing(
    editor, anna, while_it_waits
):
    item = NewsItemFactory()
    form = open_form(editor, item)
    while_it_waits(lambda: write(item, anna, title_sv="Annas rubrik"))

    page = send(editor, item, form, title_sv="Min rubrik")

    [shown] = page.context["clashes"]
    assert (shown.mine, shown.theirs) == ("Min rubrik", "Annas rubrik")
    assert editors_text(item)["title_sv"] == "Annas rubrik"


@pytest.mark.parametrize("is_draft", [True, False], ids=["draft", "published"])
def test_an_address_that_is_taken_while_a_form_waits_for_the_lock_is_told(
    editor, anna, while_it_waits, is_draft
):
    item, other = NewsItemFactory(draft=is_draft), NewsItemFactory()
    form = open_form(editor, item)
    while_it_waits(lambda: write(other, anna, slug="ny-adress"))

    page = send(editor, item, form, slug="ny-adress")

    assert "vill ha samma adress" in page.context["errors"].as_text()


def test_an_address_that_is_taken_while_a_new_item_waits_for_the_lock_is_told(
    editor, while_it_waits
):
    form = filled_in(editor.get(admin_url(NewsItem, "add")))
    while_it_waits(lambda: NewsItemFactory(slug="ny-adress"))

    page = editor.post(admin_url(NewsItem, "add"), form | {"title_sv": "Ny", "slug": "ny-adress"})

    assert "har redan samma adress" in page.context["errors"].as_text()


def test_another_fault_in_the_form_does_not_hide_the_clash_for_ever(editor, anna):
    item = NewsItemFactory()
    form = open_form(editor, item)
    write(item, anna, title_sv="Annas rubrik")
    page = send(editor, item, form, title_sv="Min rubrik", slug="")

    page = send(editor, item, filled_in(page), slug=item.slug)

    assert page.context["clashes"]


@pytest.mark.parametrize("base", ["999", "-1", "", "9" * 30, "ett"])
def test_a_made_up_version_to_start_from_overwrites_nothing(editor, anna, base):
    item = NewsItemFactory()
    form = open_form(editor, item)
    write(item, anna, title_sv="Annas rubrik")

    send(editor, item, form, title_sv="Min rubrik", base_version=base)

    assert editors_text(item)["title_sv"] == "Annas rubrik"


# Forms that were opened before something happened


def test_a_form_from_before_the_publishing_does_not_unpublish(publisher):
    item = NewsItemFactory(draft=True)
    form = open_form(publisher, item)
    send(publisher, item, form, _publish="1")

    send(publisher, item, form, title_sv="En bättre rubrik")

    item.refresh_from_db()
    assert item.is_published()
    assert item.title_sv == "En rubrik"
    assert editors_text(item)["title_sv"] == "En bättre rubrik"


def test_a_form_from_before_the_publishing_keeps_what_was_published_then(publisher, anna):
    item = NewsItemFactory(draft=True)
    form = open_form(publisher, item)
    write(item, anna, lead_sv="Annas ingress.")
    NewsItem.objects.get().publish(by=anna)

    send(publisher, item, form, title_sv="En bättre rubrik", _publish="1")

    item.refresh_from_db()
    assert (item.title_sv, item.lead_sv) == ("En bättre rubrik", "Annas ingress.")


def test_a_form_from_before_a_withdrawal_does_not_publish_again(editor, anna):
    item = NewsItemFactory()
    form = open_form(editor, item)
    NewsItem.objects.get().withdraw(by=anna)

    send(editor, item, form, title_sv="Ny rubrik")

    item.refresh_from_db()
    assert item.state == State.WITHDRAWN


# Addresses


def test_an_address_that_another_draft_of_a_published_page_wants_is_refused(editor, anna):
    other = NewsItemFactory(title_sv="Den andra")
    write(other, anna, slug="samma", title_sv="Den andra")
    item = NewsItemFactory(draft=True)

    page = send(editor, item, open_form(editor, item), slug="samma")

    assert page.context["errors"] == [["Utkastet ”Den andra” vill ha samma adress. Välj en annan."]]


def test_pages_under_different_parents_may_have_the_same_address(editor, anna):
    one, two = PageFactory.create_batch(2)
    other = PageFactory(parent=one)
    write(other, anna, slug="samma")
    item = PageFactory(parent=two, draft=True)

    send(editor, item, open_form(editor, item), slug="samma")

    item.refresh_from_db()
    assert item.slug == "samma"


# Four eyes


@pytest.fixture
def four_eyes(settings):
    settings.FOUR_EYES = True


def names(page):
    row = page.context["row"]
    return {button.name for button in [*row.text, *row.page, *row.apart]}


def test_who_wrote_last_gets_no_button_to_publish_but_the_reason(four_eyes, publisher):
    item = NewsItemFactory(draft=True)
    write(item, publisher.user, title_sv="Min rubrik")

    page = publisher.get(admin_url(item, "change"))

    assert not names(page) & {"publish", "publish_with"}
    assert "Du skrev senast, så någon annan måste granska och publicera texten." in page.text


def test_somebody_else_gets_the_button(four_eyes, publisher, anna):
    item = NewsItemFactory(draft=True)
    write(item, anna, title_sv="Annas rubrik")

    page = publisher.get(admin_url(item, "change"))

    assert {"publish", "publish_with"} <= names(page)
    assert "Ändrar du något i texten måste någon annan granska" in page.text


def test_with_four_eyes_what_one_writes_now_can_not_be_published_at_once(four_eyes, publisher):
    assert "publish" not in names(publisher.get(admin_url(NewsItemFactory(), "change")))
    assert "publish" not in names(publisher.get(admin_url(NewsItem, "add")))


def test_a_crafted_button_does_not_go_round_four_eyes(four_eyes, publisher):
    item = NewsItemFactory()

    page = send(publisher, item, open_form(publisher, item), title_sv="Min", _publish="1")

    item.refresh_from_db()
    assert item.title_sv == "En rubrik"
    assert messages_of(page) == [
        "”En rubrik” kunde inte publiceras. Någon annan än den som skrev senast måste godkänna "
        "texten.",
        "Det du skrev är sparat.",
    ]


def test_a_contact_never_waits_for_four_eyes(four_eyes, publisher):
    unit = ContactUnitFactory(phone="0520-49 50 00")

    send(publisher, unit, open_form(publisher, unit), phone="0520-49 50 01")

    assert ContactUnit.objects.get().phone == "0520-49 50 01"


def test_withdrawing_never_waits_for_four_eyes(four_eyes, publisher):
    item = NewsItemFactory()
    write(item, publisher.user, title_sv="Min rubrik")

    assert "withdraw" in names(publisher.get(admin_url(item, "change")))


# Who may only look


def test_somebody_who_may_only_look_sees_the_residents_text_and_no_draft(client, anna):
    item = NewsItemFactory(title_sv="Som den är")
    write(item, anna, title_sv="Hemlig rubrik")
    client.force_login(viewer("view_newsitem"))

    page = client.get(admin_url(item, "change"))

    assert "Som den är" in page.text
    assert "Hemlig rubrik" not in page.text
    assert 'name="_save"' not in page.text


def viewer(*rights):
    user = UserFactory()
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return user


def test_a_superuser_may_do_what_those_who_publish_may(client):
    client.force_login(AdministratorFactory())

    assert "publish" in names(client.get(admin_url(NewsItemFactory(draft=True), "change")))
