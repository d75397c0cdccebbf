"""Each kind of content has its history, compared in words, and each version comes back."""

import pytest

from publishing.history import drifted_rows, recorded_kinds, verify_chain
from publishing.models import Version
from tests.admin_forms import admin_url, filled_in
from tests.factories import AdministratorFactory
from tests.histories import address
from tests.kinds import FACTS, PUBLISHED
from tests.reading import words_of

pytestmark = pytest.mark.django_db
KINDS = [*((factory, "lead_sv") for factory in PUBLISHED), *FACTS]
for_each_kind = pytest.mark.parametrize(("make", "field"), KINDS)


@pytest.fixture
def desk(client):
    client.force_login(AdministratorFactory(first_name="Åsa", last_name="Öberg"))
    return client


def save(desk, item, **changes):
    form = admin_url(item, "change")
    answer = desk.post(form, filled_in(desk.get(form), **changes))
    assert answer.status_code == 302, answer.context["errors"]


def written(desk, make, field):
    """A row of a kind with three versions: as it was, "Lunds torg", and "Lunds gamla torg"."""
    item = make()
    save(desk, item, **{field: "Lunds torg"})
    save(desk, item, **{field: "Lunds gamla torg"})
    return item


def newest(item):
    return Version.objects.of(item).texts().last().data


def test_no_kind_is_left_out():
    made = {type(make()) for make, _field in KINDS}

    assert set(recorded_kinds()) - made == set()


@for_each_kind
def test_its_history_says_who_did_what(desk, make, field):
    item = written(desk, make, field)

    words = words_of(desk.get(address(item)))

    assert words.count("Åsa Öberg ändrade") == 2
    assert [f"Version {number}" in words for number in (1, 2, 3, 4)] == [True, True, True, False]


@for_each_kind
def test_two_versions_of_it_are_compared_word_by_word(desk, make, field):
    item = written(desk, make, field)

    words = words_of(desk.get(address(item, "compare"), {"fran": 2, "till": 3}))

    assert words.endswith("Lunds tillagt gamla torg")


@for_each_kind
def test_an_older_version_of_it_is_read_and_restored(desk, make, field):
    item = written(desk, make, field)
    page = desk.get(address(item, "version", 2))
    question = desk.get(address(item, "restore", 2))

    newest_number = question.context["newest"].number
    answer = desk.post(address(item, "restore", 2), {"newest": newest_number})

    assert "Lunds torg" in words_of(page)
    assert answer.status_code == 302
    assert newest(item)[field] == "Lunds torg"


@for_each_kind
def test_its_rows_and_its_records_agree(desk, make, field):
    written(desk, make, field)

    assert verify_chain().broken == ""
    assert list(drifted_rows()) == []


@for_each_kind
def test_a_version_from_before_a_column_and_with_one_that_is_gone_comes_back(desk, make, field):
    item = written(desk, make, field)
    version = Version.objects.of(item).get(number=2)
    came_later = [name for name in version.data if name.endswith("_fi")][:1]  # if translated
    text = {name: value for name, value in version.data.items() if name not in came_later}
    Version.objects.filter(pk=version.pk).update(data={**text, "bortglömd": "Det som stod där"})

    page = desk.get(address(item, "version", 2))
    newest_number = desk.get(address(item, "restore", 2)).context["newest"].number
    desk.post(address(item, "restore", 2), {"newest": newest_number})

    assert "bortglömd Det som stod där" in words_of(page)
    assert "bortglömd" not in newest(item)
    assert newest(item)[field] == "Lunds torg"
    assert not any(newest(item)[name] for name in came_later)
