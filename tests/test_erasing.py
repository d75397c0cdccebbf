"""What the law takes out of the history leaves a marked gap, and the chain holds."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.models import ContactUnit
from news.models import NewsItem
from publishing.history import drifted_rows, verify_chain
from publishing.models import Action, Version
from tests.admin_forms import messages_of, staff
from tests.factories import AdministratorFactory, ContactFunctionFactory, NewsItemFactory
from tests.histories import address, draft, erase, versions
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return AdministratorFactory(username="asa", first_name="Åsa", last_name="Öberg")


@pytest.fixture
def desk(client):
    client.force_login(staff("Administratörer"))
    return client


@pytest.fixture
def item(writer):
    """Versions 2 and 3 name Bo, the newest doesn't."""
    return draft(
        writer,
        {"lead_sv": "Bo Ek bor här.", "caption_sv": "Bo."},
        {"lead_sv": "Bo Ek bor där."},
        {"lead_sv": "Här bor folk.", "caption_sv": ""},
    )


def send(client, item, number, parts, extent="this", reason="Begäran, dnr 1."):
    data = {"parts": parts, "extent": extent, "reason": reason}
    return client.post(address(item, "erase", number), data, follow=True)


def texts(item, name):
    """What stands in ``name`` in each version, "–" where it is gone."""
    return [version.data.get(name, "–") for version in versions(item) if version.data]


# The page


def test_an_administrator_erases_a_part_of_one_version(desk, item):
    page = send(desk, item, 3, ["lead_sv"])

    assert texts(item, "lead_sv")[1:3] == ["Bo Ek bor här.", "–"]
    assert messages_of(page) == ["Borttaget. Historiken visar att det är borta och varför."]
    assert verify_chain().broken == ""


def test_an_administrator_erases_a_part_of_all_older_versions(desk, item):
    send(desk, item, 3, ["lead_sv", "caption_sv"], extent="older")

    assert texts(item, "lead_sv") == ["–", "–", "–", "Här bor folk."]
    assert verify_chain().broken == ""


def test_what_is_not_chosen_stays(desk, item):
    send(desk, item, 3, ["lead_sv"])

    assert texts(item, "title_sv") == ["Torget"] * 4
    assert versions(item)[2].by_name == "Åsa Öberg"


def test_who_and_why_are_erased_when_they_are_chosen(desk, item, writer):
    item.save_draft(by=writer, values={"lead_sv": "Nytt."}, note="Bo ringde.")

    send(desk, item, 5, ["@by", "@note"])

    version = versions(item)[4]
    assert (version.by, version.by_name, version.note) == (None, "", "")
    assert verify_chain().broken == ""


def test_an_act_without_text_can_lose_its_comment(desk, item, writer):
    item.submit(by=writer, note="Bo ringde.")

    send(desk, item, 5, ["@note"])

    assert versions(item)[4].note == ""
    assert verify_chain().broken == ""


def test_it_is_recorded_who_erased_what_and_why(desk, item):
    send(desk, item, 3, ["lead_sv"])

    record = versions(item)[-1]
    erased = str(versions(item)[2].sequence)
    assert (record.action, record.note) == (Action.ERASED, "Begäran, dnr 1.")
    assert record.status["erased"] == {erased: ["lead_sv"]}
    assert record.by_name


def test_the_history_shows_the_gap_with_its_reason(desk, item):
    send(desk, item, 3, ["lead_sv"])

    words = words_of(desk.get(address(item)))

    assert "Ingress. Skäl: Begäran, dnr 1." in words


def test_the_text_is_in_no_column_of_the_database_afterwards(desk, item):
    send(desk, item, 3, ["lead_sv", "caption_sv"], extent="older")

    kept = str(list(Version.objects.values())) + str(list(NewsItem.objects.values()))
    assert "Bo Ek" not in kept


def test_a_salt_does_not_stay_behind_to_guess_by(desk, item):
    send(desk, item, 3, ["lead_sv"])

    version = versions(item)[2]
    assert "lead_sv" not in version.salts
    assert set(version.gaps) == {"lead_sv"}


def test_the_page_names_what_there_is_to_erase(desk, item):
    words = words_of(desk.get(address(item, "erase", 3)))

    assert "Ingress: Bo Ek bor där." in words
    assert "Namnet på den som gjorde det: Åsa Öberg" in words
    assert "Kommentar till historiken" not in words


@pytest.mark.parametrize(
    ("parts", "reason", "sentence"),
    [
        ([], "Begäran.", "Detta fält måste fyllas i."),
        (["lead_sv"], "", "Detta fält måste fyllas i."),
        (["hash"], "Begäran.", "hash går inte att välja."),
    ],
)
def test_nothing_is_erased_without_a_choice_and_a_reason(desk, item, parts, reason, sentence):
    page = send(desk, item, 3, parts, reason=reason)

    assert words_of(page).count(sentence) == 1
    assert len(versions(item)) == 4


def test_what_was_erased_already_is_not_there_to_erase(desk, item):
    send(desk, item, 3, ["lead_sv"])

    assert "Ingress:" not in words_of(desk.get(address(item, "erase", 3)))


# What is shown now


def test_what_editors_have_now_is_changed_first(desk, item):
    page = send(desk, item, 4, ["lead_sv"])

    assert "Ändra först det som visas nu." in words_of(page)
    assert texts(item, "lead_sv")[3] == "Här bor folk."


def test_what_residents_see_now_is_changed_first(desk, writer):
    item = NewsItemFactory(lead_sv="Bo Ek bor här.")
    item.save_draft(by=writer, values={"lead_sv": "Här bor folk."})
    item.save_draft(by=writer, values={"lead_sv": "Här bor man."})

    page = send(desk, item, 2, ["lead_sv"], extent="older")

    assert "Ändra först det som visas nu." in words_of(page)
    assert texts(item, "lead_sv") == ["Bo Ek bor här.", "Här bor folk.", "Här bor man."]


def test_what_waits_is_changed_first(desk, writer):
    item = NewsItemFactory()
    item.save_draft(by=writer, values={"lead_sv": "Bo Ek bor här."})
    item.schedule(by=writer, at=timezone.now() + timedelta(days=1))

    page = send(desk, item, 3, ["lead_sv"])

    assert "Ändra först det som visas nu." in words_of(page)


def test_what_lies_in_the_bin_is_taken_up_first(writer):
    item = NewsItemFactory(draft=True, lead_sv="Bo Ek bor här.")
    item.move_to_bin(by=writer)

    with pytest.raises(ValidationError, match="Ändra först"):
        erase(item, 2, ["lead_sv"])


def test_a_name_or_a_comment_goes_from_what_is_shown_now_too(desk, item):
    send(desk, item, 4, ["@by"])

    assert versions(item)[3].by_name == ""
    assert verify_chain().broken == ""


# Live kinds


def test_a_person_is_erased_from_older_versions_of_a_contact(desk, writer):
    function = ContactFunctionFactory(name="Bo Ek")
    function.unit.record(by=writer)
    function.name = ""
    function.save()
    function.unit.record(by=writer)

    send(desk, function.unit, 1, ["functions"])

    assert "functions" not in versions(function.unit)[0].data
    assert (verify_chain().broken, list(drifted_rows())) == ("", [])
    assert "Bo Ek" not in str(list(Version.objects.values()))


def test_the_history_goes_on_after_something_was_erased(desk, writer):
    function = ContactFunctionFactory(name="Bo Ek")
    unit = function.unit
    unit.record(by=writer)
    function.delete()
    unit.record(by=writer)
    send(desk, unit, 1, ["functions"])

    ContactUnit.objects.get().restore(versions(unit)[0], by=writer)

    assert ContactUnit.objects.get().functions.count() == 0
    assert verify_chain().broken == ""


# Who may


@pytest.mark.parametrize("role", ["Redaktörer", "Publicister"])
def test_only_administrators_erase(client, item, role):
    client.force_login(staff(role))

    response = send(client, item, 3, ["lead_sv"])

    assert response.status_code == 403
    assert "–" not in texts(item, "lead_sv")


def test_a_stranger_erases_nothing(client, item):
    send(client, item, 3, ["lead_sv"])

    assert "–" not in texts(item, "lead_sv")


def test_the_verb_itself_asks_for_the_right(item):
    with pytest.raises(PermissionDenied, match="inte rätt att radera ur historiken"):
        erase(item, 3, ["lead_sv"], by=staff("Publicister"))


def test_looking_at_the_page_erases_nothing(desk, item):
    query = {"parts": ["lead_sv"], "extent": "this", "reason": "x"}

    desk.get(address(item, "erase", 3), query)

    assert "–" not in texts(item, "lead_sv")


# A person out of everything


def erase_person(person):
    said = StringIO()
    call_command("erase_person", person, reason="Begäran, dnr 2.", stdout=said)
    return said.getvalue()


def names():
    return set(Version.objects.exclude(by_name="").values_list("by_name", flat=True))


def test_a_persons_name_is_taken_out_of_all_records(item, writer):
    other = AdministratorFactory(first_name="Bo", last_name="Ek")
    NewsItemFactory().publish(by=writer)
    item.save_draft(by=other, values={"lead_sv": "Annat."})

    said = erase_person("asa")

    assert names() == {"Bo Ek"}
    assert not Version.objects.filter(by=writer).exists()
    assert "Namnet är borttaget ur 4 poster." in said
    assert verify_chain().broken == ""


def test_the_texts_stay_when_a_name_goes(item):
    before = texts(item, "lead_sv")

    erase_person("asa")

    assert texts(item, "lead_sv") == before
    assert list(drifted_rows()) == []


def test_a_person_without_an_account_is_found_by_name(item, writer):
    writer.delete()

    erase_person("Åsa Öberg")

    assert names() == set()


def test_an_account_is_not_taken_for_another_with_the_same_name(item, writer):
    twin = AdministratorFactory(username="asa2", first_name="Åsa", last_name="Öberg")
    item.save_draft(by=twin, values={"lead_sv": "Annat."})

    erase_person("asa2")

    assert Version.objects.filter(by=writer).count() == 3
    assert not Version.objects.filter(by=twin).exists()


def test_what_is_thrown_away_comes_back_without_the_name(item, writer):
    key = item.pk
    item.move_to_bin(by=writer)

    erase_person("asa")
    NewsItem.take_out_of_bin(key, by=AdministratorFactory())

    assert NewsItem.objects.get(pk=key).lead_sv == "Här bor folk."
    assert verify_chain().broken == ""


def test_a_person_who_has_done_nothing_is_an_error():
    with pytest.raises(CommandError, match="Ingen post i historiken"):
        erase_person("ingen")
