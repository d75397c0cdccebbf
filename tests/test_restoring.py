"""Older texts come back, whatever has become of their model and of what they refer to."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from news.models import NewsItem
from pages.models import StartPage
from publishing.models import Action, Chain, State, Track, Version
from tests.admin_forms import staff
from tests.factories import (
    FocusAreaFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    StartPageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return staff("Redaktörer")


def row(item):
    return type(item).objects.get(pk=item.pk)


def newest(item):
    return row(item).track.newest.data


def with_past(editor, **facts):
    """An item whose text was changed once, and its first version."""
    item = NewsItemFactory(**facts)
    item.save_draft(by=editor, values={"title_sv": "Nu", "focus_areas": [], "image": None})
    return item, Version.objects.of(item).first()


def rewrite(version, **changed):
    """Let ``version`` hold what it would, had it been written by an older model."""
    data = {**version.data, **changed}
    Version.objects.filter(pk=version.pk).update(data=data)
    return Version.objects.get(pk=version.pk)


# Restoring


def test_restoring_makes_the_old_text_the_editors_newest(editor):
    item, first = with_past(editor, title_sv="Förut")

    item.restore(first, by=editor)

    assert newest(item) == first.data


def test_restoring_shows_residents_nothing_until_it_is_published(editor):
    item, first = with_past(editor, title_sv="Förut")
    item.publish(by=staff("Publicister"))

    item.restore(first, by=editor)

    assert (row(item).title_sv, newest(item)["title_sv"]) == ("Nu", "Förut")


def test_restoring_a_draft_puts_the_text_into_its_row(editor):
    area = FocusAreaFactory()
    item, first = with_past(editor, title_sv="Förut", focus_areas=[area], draft=True)

    item.restore(first, by=editor)

    assert (row(item).title_sv, list(row(item).focus_areas.all())) == ("Förut", [area])


def test_restoring_is_recorded_with_what_was_restored(editor):
    item, first = with_past(editor)

    version = item.restore(first, by=editor)

    assert (version.action, version.by, version.note) == (
        Action.RESTORED,
        editor,
        "Från version 1.",
    )


def test_who_may_not_change_an_item_may_not_restore_it(editor):
    item, first = with_past(editor)

    with pytest.raises(PermissionDenied, match="Du har inte rätt att ändra nyheter."):
        item.restore(first, by=UserFactory())


def test_a_version_of_something_else_is_refused(editor):
    item, _first = with_past(editor)
    _other, other_first = with_past(editor)

    with pytest.raises(ValidationError, match="Versionen hör till något annat."):
        item.restore(other_first, by=editor)


def test_an_act_without_a_text_is_not_restored(editor):
    item, _first = with_past(editor)
    item.submit(by=editor)
    submitted = Version.objects.of(item).get(action=Action.SUBMITTED)

    with pytest.raises(ValidationError, match="ingen text"):
        item.restore(submitted, by=editor)


def test_a_field_that_the_model_has_lost_is_left_aside(editor):
    item, first = with_past(editor, title_sv="Förut")
    first = rewrite(first, old_field="Finns inte mer")

    item.restore(first, by=editor)

    assert newest(item)["title_sv"] == "Förut"
    assert "old_field" not in newest(item)


def test_a_field_that_the_model_has_got_since_takes_its_default(editor):
    item, first = with_past(editor, kind=NewsItem.Kind.FOLLOW_UP, title_sv="Förut")
    del first.data["kind"]
    first = rewrite(Version(pk=first.pk, data=first.data))

    item.restore(first, by=editor)

    assert newest(item)["kind"] == NewsItem.Kind.NEWS


def test_what_was_restored_of_an_older_model_can_be_published(editor):
    item, first = with_past(editor, title_sv="Förut")
    del first.data["kind"], first.data["caption_fi"]
    first = rewrite(Version(pk=first.pk, data=first.data), old_field="Finns inte mer")
    item.restore(first, by=editor)

    item.publish(by=staff("Publicister"))

    assert row(item).title_sv == "Förut"


def test_a_picture_that_is_gone_is_left_out(editor):
    image = ImageFactory()
    item, first = with_past(editor, image=image, title_sv="Förut")
    item.publish(by=staff("Publicister"))
    type(image).objects.filter(pk=image.pk).delete()

    item.restore(first, by=editor)

    assert (newest(item)["title_sv"], newest(item)["image"]) == ("Förut", None)


def test_a_relation_that_is_gone_is_left_out(editor):
    kept, gone = FocusAreaFactory(), FocusAreaFactory()
    item, first = with_past(editor, focus_areas=[kept, gone])
    item.publish(by=staff("Publicister"))
    type(gone).objects.filter(pk=gone.pk).delete()

    item.restore(first, by=editor)

    assert newest(item)["focus_areas"] == [kept.pk]


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_a_row_that_must_be_there_and_is_gone_is_told_at_the_latest_when_publishing(editor, state):
    gone, area = FocusAreaFactory(), FocusAreaFactory()
    item = InitiativeFactory(focus_area=gone, state=state)
    item.save_draft(by=editor, values={"focus_area": area.pk})
    first, publisher = Version.objects.of(item).first(), staff("Publicister")
    item.publish(by=publisher)
    type(gone).objects.filter(pk=gone.pk).delete()

    def restore_and_publish():
        item.restore(first, by=editor)
        item.publish(by=publisher)

    with pytest.raises(ValidationError) as refusal:
        restore_and_publish()

    assert "focus_area" in refusal.value.message_dict
    assert row(item).focus_area == area


def test_a_draft_whose_row_must_be_there_and_is_gone_is_not_restored(editor):
    gone, area = FocusAreaFactory(), FocusAreaFactory()
    item = InitiativeFactory(draft=True, focus_area=gone)
    item.save_draft(by=editor, values={"focus_area": area.pk})
    first = Version.objects.of(item).first()
    type(gone).objects.filter(pk=gone.pk).delete()

    with pytest.raises(ValidationError, match="Det som det hör till finns inte kvar"):
        item.restore(first, by=editor)

    assert row(item).focus_area == area


def test_what_was_erased_stays_as_it_is_now(editor):
    item, first = with_past(editor, title_sv="Förut", lead_sv="En ingress om en person.")
    item.save_draft(by=editor, values={"lead_sv": "En ingress om ingen."})
    item.publish(by=staff("Publicister"))
    with Chain.writing() as chain:
        facts = {"by": staff("Administratörer"), "note": "Begäran."}
        Track.find(item).erase(chain, item, [first], ["lead_sv"], **facts)

    item.restore(Version.objects.get(pk=first.pk), by=editor)

    assert newest(item)["title_sv"] == "Förut"
    assert newest(item)["lead_sv"] == "En ingress om ingen."


def test_a_text_from_before_texts_were_cleaned_is_cleaned(editor):
    item, first = with_past(editor)
    first = rewrite(first, body_sv="<p>Hej<script>alert(1)</script></p>")

    version = item.restore(first, by=editor)

    assert version.data["body_sv"] == "<p>Hej</p>"


def test_an_item_that_was_thrown_away_meanwhile_is_not_restored(editor):
    item, first = with_past(editor, draft=True)
    row(item).move_to_bin(by=editor)

    with pytest.raises(ValidationError, match="Någon annan har nyss kastat"):
        item.restore(first, by=editor)


# Copying


def test_a_copy_is_a_draft_of_its_own(editor):
    item = NewsItemFactory(title_sv="Ljus", slug="ljus")

    twin = item.copy(by=editor)

    assert twin.pk != item.pk
    assert (twin.state, twin.publish_at, twin.slug) == (State.DRAFT, None, "ljus-kopia")
    assert row(item).state == State.PUBLISHED


def test_a_copy_has_the_editors_text_and_its_relations(editor):
    area = FocusAreaFactory()
    item = NewsItemFactory()
    values = {"lead_sv": "Ny ingress.", "title_fi": "Valo", "focus_areas": [area.pk]}
    item.save_draft(by=editor, values=values)

    twin = item.copy(by=editor)

    copied = row(twin)
    assert (copied.lead_sv, copied.title_fi) == ("Ny ingress.", "Valo")
    assert list(copied.focus_areas.all()) == [area]


def test_a_copy_says_what_it_is_a_copy_of(editor):
    item = NewsItemFactory(title_sv="Ljus")

    twin = item.copy(by=editor)

    [created] = Version.objects.of(twin)
    assert twin.title_sv == "Ljus (kopia)"
    assert (created.action, created.by, created.note) == (
        Action.CREATED,
        editor,
        "Kopia av ”Ljus”.",
    )


def test_a_second_copy_has_an_address_of_its_own(editor):
    item = NewsItemFactory(slug="ljus")
    item.copy(by=editor)

    assert item.copy(by=editor).slug == "ljus-kopia2"


def test_a_copy_leaves_the_address_that_the_original_is_to_have(editor):
    item = NewsItemFactory(slug="ljus")
    item.save_draft(by=editor, values={"slug": "ljus-kopia"})

    assert item.copy(by=editor).slug == "ljus-kopia2"


def test_the_longest_title_and_address_can_be_copied(editor):
    item = NewsItemFactory(title_sv="L" * 120, slug="l" * 80)

    twin = item.copy(by=editor)

    twin.full_clean()
    assert twin.title_sv.endswith("L (kopia)")


def test_who_may_not_create_may_not_copy():
    with pytest.raises(PermissionDenied, match="Du har inte rätt att skapa nyheter."):
        NewsItemFactory().copy(by=UserFactory())


def test_there_is_one_start_page(editor):
    page = StartPageFactory(title_sv="Med plats för alla")

    with pytest.raises(ValidationError, match="startsida"):
        page.copy(by=editor)

    assert StartPage.objects.get().title_sv == "Med plats för alla"
