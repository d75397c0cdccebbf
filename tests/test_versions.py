"""What editors write is a version: residents see it when it is published, in whole and at once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from news.models import NewsItem
from publishing.models import Action, Chain, Clashing, Redirect, State, Version
from tests.admin_forms import staff
from tests.factories import (
    AdministratorFactory,
    FocusAreaFactory,
    ImageFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def editor():
    return staff("Redaktörer")


@pytest.fixture
def publisher():
    return staff("Publicister")


def row(item):
    """``item`` as it is in the database, for residents."""
    return type(item).objects.get(pk=item.pk)


def newest(item):
    """The text that editors have."""
    return row(item).track.newest.data


def history(item):
    return list(Version.objects.of(item).values_list("action", flat=True))


# Saving


def test_saving_leaves_what_residents_see_alone(editor):
    item = NewsItemFactory(title_sv="Förut")

    item.save_draft(by=editor, values={"title_sv": "Nu"})

    assert row(item).title_sv == "Förut"


def test_saving_leaves_the_relations_that_residents_see_alone(editor):
    shown, new = FocusAreaFactory(), FocusAreaFactory()
    item = NewsItemFactory(focus_areas=[shown])

    item.save_draft(by=editor, values={"focus_areas": [new.pk]})

    assert list(row(item).focus_areas.all()) == [shown]


def test_saving_is_no_update_of_what_residents_see(editor):
    item = NewsItemFactory()
    before = row(item).updated_at

    item.save_draft(by=editor, values={"title_sv": "Nu"})

    assert row(item).updated_at == before


@pytest.mark.parametrize("state", [State.ARCHIVED, State.PUBLISHED])
def test_what_was_saved_is_the_editors_text(editor, state):
    item = NewsItemFactory(state=state)

    item.save_draft(by=editor, values={"title_sv": "Nu"})

    assert newest(item)["title_sv"] == "Nu"
    assert row(item).has_changes


def test_a_draft_carries_its_text_in_the_row(editor):
    area, image = FocusAreaFactory(), ImageFactory()
    item = NewsItemFactory(draft=True)

    item.save_draft(
        by=editor, values={"title_sv": "Nu", "focus_areas": [area.pk], "image": image.pk}
    )

    kept = row(item)
    assert (kept.title_sv, kept.image, [*kept.focus_areas.all()]) == ("Nu", image, [area])


def test_saving_the_same_again_writes_nothing(editor):
    item = NewsItemFactory(body_sv="<p>Text</p>", focus_areas=[FocusAreaFactory()])
    version = item.save_draft(by=editor, values={"title_sv": "Nu"})
    length = Chain.objects.get().length

    again = item.save_draft(by=editor, values=newest(item))

    assert again == version
    assert Chain.objects.get().length == length


def test_other_line_ends_are_no_change(editor):
    item = NewsItemFactory(lead_sv="En rad.\nEn till.")
    item.save_draft(by=editor, values={"title_sv": "Nu"})
    length = Chain.objects.get().length

    item.save_draft(by=editor, values={"lead_sv": "En rad.\r\nEn till."})

    assert Chain.objects.get().length == length


def test_saving_what_residents_see_leaves_no_change(editor):
    item = NewsItemFactory(title_sv="Förut")
    item.save_draft(by=editor, values={"title_sv": "Nu"})

    item.save_draft(by=editor, values={"title_sv": "Förut"})

    assert not row(item).has_changes
    assert history(item)[-1] == Action.SAVED


def test_a_version_holds_a_column_for_each_language_and_none_that_falls_back(editor):
    item = NewsItemFactory(draft=True)

    version = item.save_draft(by=editor, values={"title_fi": "Otsikko"})

    assert (version.data["title_sv"], version.data["title_fi"]) == ("En rubrik", "Otsikko")
    assert "title" not in version.data


def test_a_version_holds_no_state_and_no_date(editor):
    version = NewsItemFactory().save_draft(by=editor, values={"title_sv": "Nu"})

    assert not {"state", "publish_at", "expire_at", "created_at", "updated_at"} & set(version.data)


def test_a_text_is_clean_on_its_way_into_a_version(editor):
    item = NewsItemFactory()

    version = item.save_draft(by=editor, values={"body_sv": "<p>Hej<script>alert(1)</script></p>"})

    assert version.data["body_sv"] == "<p>Hej</p>"


def test_a_text_that_settles_a_clash_is_clean_too(editor):
    item = NewsItemFactory(body_sv="<p>Förut</p>")
    first = item.save_draft(by=editor, values={"body_sv": "<p>Jag</p>"}).base
    settled = {"body_sv": "<p>Vi<img src=x onerror=alert(1)></p>"}

    version = item.save_draft(
        by=editor, values={"body_sv": "<p>Du</p>"}, base=first, settled=settled
    )

    assert version.data["body_sv"] == "<p>Vi</p>"


def test_what_no_column_is_called_is_not_kept(editor):
    version = NewsItemFactory().save_draft(by=editor, values={"state": "draft", "hej": 1})

    assert not {"state", "hej"} & set(version.data)


def test_two_people_who_change_different_things_lose_nothing(editor, publisher):
    item = NewsItemFactory()
    started_from = item.save_draft(by=editor, values={"title_sv": "Nu"}).number
    item.save_draft(by=editor, values={"lead_sv": "Hennes ingress."}, base=started_from)

    item.save_draft(
        by=publisher, values={"title_sv": "Hans rubrik", "lead_sv": item.lead_sv}, base=started_from
    )

    assert newest(item)["title_sv"] == "Hans rubrik"
    assert newest(item)["lead_sv"] == "Hennes ingress."


def test_two_people_who_change_the_same_are_told_and_nothing_is_written(editor, publisher):
    item = NewsItemFactory()
    started_from = item.save_draft(by=editor, values={"lead_sv": "Ny ingress."}).number
    item.save_draft(by=editor, values={"title_sv": "Hennes"}, base=started_from)

    with pytest.raises(Clashing) as refusal:
        item.save_draft(by=publisher, values={"title_sv": "Hans"}, base=started_from)

    [clash] = refusal.value.clashes
    assert (clash.field, clash.mine, clash.theirs) == ("title_sv", "Hans", "Hennes")
    assert newest(item)["title_sv"] == "Hennes"


@pytest.mark.parametrize("factory", [NewsItemFactory, PageFactory])
def test_an_address_that_is_taken_is_refused_in_words(editor, factory):
    factory(slug="upptagen")
    item = factory(slug="ledig", draft=True)

    with pytest.raises(ValidationError):
        item.save_draft(by=editor, values={"slug": "upptagen"})

    assert (row(item).slug, newest(item)["slug"] if row(item).track else "ledig") == ("ledig",) * 2


# Publishing


def test_publishing_puts_the_text_its_keys_and_its_relations_into_the_row(publisher):
    area, image = FocusAreaFactory(), ImageFactory()
    item = NewsItemFactory(focus_areas=[FocusAreaFactory()])
    values = {"title_sv": "Nu", "image": image.pk, "focus_areas": [area.pk], "initiatives": []}
    item.save_draft(by=publisher, values=values)

    item.publish(by=publisher)

    kept = row(item)
    assert (kept.title_sv, kept.image, [*kept.focus_areas.all()]) == ("Nu", image, [area])


def test_after_publishing_nothing_waits(publisher):
    item = NewsItemFactory()
    item.save_draft(by=publisher, values={"title_sv": "Nu"})

    version = item.publish(by=publisher)

    track = row(item).track
    assert (track.live, track.newest, track.scheduled) == (version, version, None)
    assert version.is_live
    assert not row(item).has_changes


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(("is_minor", "is_updated"), [(False, True), (True, False)])
def test_only_a_change_that_is_not_minor_is_an_update(publisher, is_minor, is_updated):
    item = NewsItemFactory()
    NewsItem.objects.update(updated_at=NOW - timedelta(days=1))
    item.save_draft(by=publisher, values={"title_sv": "Nu"})

    item.publish(by=publisher, is_minor=is_minor)

    assert (row(item).updated_at == NOW) == is_updated
    assert row(item).title_sv == "Nu"


@time_machine.travel(NOW, tick=False)
def test_publishing_the_same_text_again_is_no_update(publisher):
    item = NewsItemFactory()
    NewsItem.objects.update(updated_at=NOW - timedelta(days=1))

    item.publish(by=publisher)

    assert row(item).updated_at == NOW - timedelta(days=1)


def test_a_refused_publication_changes_nothing_at_all(publisher, mailoutbox):
    area, focus = InitiativeFactory().focus_area, FocusAreaFactory()
    item = InitiativeFactory(slug="gammal", focus_area=area)
    values = {"slug": "ny", "focus_area": focus.pk, "age_from": 20, "title_sv": "Nu"}
    item.save_draft(by=publisher, values={**values, "age_to": 10})
    item.submit(by=staff("Redaktörer"))
    before = vars_in_database(item)

    with pytest.raises(ValidationError, match="åldern"):
        item.publish(by=publisher)

    assert vars_in_database(item) == before
    assert (item.slug, item.title_sv) == ("gammal", "En rubrik")


def vars_in_database(item):
    """Everything that publishing could have changed."""
    rows = [type(item).objects.filter(pk=item.pk), type(item.track).objects.all()]
    rows += [Version.objects.all(), Chain.objects.all(), Redirect.objects.all()]
    return [list(each.order_by("pk").values()) for each in rows]


def test_a_person_without_the_right_changes_nothing_at_all(editor):
    item = NewsItemFactory()
    item.save_draft(by=editor, values={"title_sv": "Nu"})
    before = vars_in_database(item)

    with pytest.raises(PermissionDenied):
        item.publish(by=editor)

    assert vars_in_database(item) == before


def test_what_was_saved_before_the_first_act_is_kept_as_the_first_version():
    item = NewsItemFactory(title_sv="Förut")

    item.save_draft(by=AdministratorFactory(), values={"title_sv": "Nu"})

    assert history(item) == [Action.IMPORTED, Action.SAVED]
    assert Version.objects.of(item).first().data["title_sv"] == "Förut"
