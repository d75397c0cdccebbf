"""What is in the index: as it stands in the database, in each language in which it exists."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import NewsItem
from publishing.models import WithdrawalReason
from search.finding import Search
from search.indexing import index, rebuild
from search.models import Document, Trigram, Word
from tests.factories import (
    AdministratorFactory,
    ContactUnitFactory,
    FocusAreaFactory,
    InitiativeFactory,
    NewsItemFactory,
    PageFactory,
)

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True)


def found(query, language="sv"):
    return [hit.title for hit in Search(query, language).results().hits]


def put(*items):
    for item in items:
        index([item])


@committing
def test_what_is_saved_is_found_at_once():
    NewsItemFactory(title_sv="Ny lekplats")

    assert found("lekplats") == ["Ny lekplats"]


@committing
def test_what_is_renamed_is_found_by_its_new_name_alone():
    item = NewsItemFactory(title_sv="Lekplats")
    item.title_sv = "Badplats"

    item.save()

    assert (found("lekplats"), found("badplats")) == ([], ["Badplats"])


@committing
def test_what_is_deleted_leaves_the_index():
    item = NewsItemFactory(title_sv="Lekplats")

    item.delete()

    assert not Document.objects.filter(kind="news.newsitem").exists()


def test_a_draft_is_not_in_the_index():
    put(NewsItemFactory(title_sv="Lekplats", state="draft", publish_at=None))

    assert Document.objects.count() == 0


def test_what_will_be_published_is_found_from_its_minute_without_a_job(time_machine):
    minute = timezone.now() + timedelta(hours=1)
    put(NewsItemFactory(title_sv="Lekplats", publish_at=minute))
    before = found("lekplats")

    time_machine.move_to(minute)

    assert (before, found("lekplats")) == ([], ["Lekplats"])


def test_what_expires_is_found_no_more_from_its_minute_without_a_job(time_machine):
    minute = timezone.now() + timedelta(hours=1)
    put(NewsItemFactory(title_sv="Lekplats", expire_at=minute))
    before = found("lekplats")

    time_machine.move_to(minute)

    assert (before, found("lekplats")) == (["Lekplats"], [])


@pytest.mark.parametrize("reason", [WithdrawalReason.OUTDATED, WithdrawalReason.MISTAKE])
def test_what_is_withdrawn_is_not_found_even_before_the_index_hears_of_it(reason):
    item = NewsItemFactory(title_sv="Lekplats")
    put(item)

    item.withdraw(by=AdministratorFactory(), reason=reason)

    assert found("lekplats") == []


def test_each_language_has_its_own_text():
    put(NewsItemFactory(title_sv="Lekplats", title_fi="Leikkipaikka", title_en="Playground"))

    assert found("leikkipaikka", "fi") == ["Leikkipaikka"]
    assert found("playground", "en") == ["Playground"]
    assert found("playground", "sv") == []


def test_what_is_not_translated_is_found_in_swedish():
    put(NewsItemFactory(title_sv="Lekplats"))

    assert found("lekplats", "ar") == ["Lekplats"]


def test_what_is_translated_is_not_found_in_swedish_too():
    put(NewsItemFactory(title_sv="Lekplats", title_en="Playground"))

    assert found("lekplats", "en") == []


def test_keywords_find_what_the_text_does_not_say():
    put(InitiativeFactory(title_sv="Nattvandring", keywords="volontär, frivillig"))

    assert found("volontärer") == ["Nattvandring"]


def test_an_initiative_is_found_by_its_districts_and_target_groups():
    from tests.factories import DistrictFactory, TargetGroupFactory

    item = InitiativeFactory(
        title_sv="Stationen",
        districts=[DistrictFactory(name_sv="Lextorp")],
        target_groups=[TargetGroupFactory(name_sv="unga vuxna")],
    )
    put(item)

    assert found("lextorp") == found("unga vuxna") == ["Stationen"]


def test_a_contact_is_found_by_its_number_however_it_is_written():
    put(ContactUnitFactory(name_sv="Kontaktcenter", phone="0520-49 50 00"))

    assert found("0520 495000") == found("0520-495 000") == ["Kontaktcenter"]
    assert found("+46520495000") == found("49 50 00") == ["Kontaktcenter"]


def test_whose_number_it_is_comes_above_what_tells_of_it():
    put(InitiativeFactory(title_sv="Drogsnack", body_sv="<p>Ring 0520-49 50 00.</p>"))
    put(ContactUnitFactory(name_sv="Kontaktcenter", phone="0520-49 50 00"))

    assert found("0520-495000") == ["Kontaktcenter", "Drogsnack"]


def test_pages_below_one_that_moves_are_found_where_they_are():
    top = PageFactory(slug="om-oss")
    below = PageFactory(title_sv="Policyn", slug="policy", parent=top)
    put(top, below)
    top.slug = "staden"
    top.save()

    put(top)

    assert Document.objects.of(below).get().path == "/om/staden/policy/"


def test_a_focus_area_counts_as_its_own():
    area = FocusAreaFactory(title_sv="Trygghet")
    put(area, NewsItemFactory(title_sv="Trygghet på torget", focus_areas=[area]))

    results = Search("trygghet", "sv").results()

    assert results.areas == {area.pk: 2}


# All of it


def test_rebuilding_makes_the_same_index_as_saving():
    items = [NewsItemFactory(title_sv="Lekplats"), InitiativeFactory(title_sv="Nattvandring")]
    put(*items)
    columns = ["kind", "object_id", "language", "path", "title_terms", "lead_terms", "body_terms"]
    kinds = {item._meta.label_lower for item in items}
    saved = sorted(Document.objects.filter(kind__in=kinds).values_list(*columns))

    call_command("rebuild_search", verbosity=0)

    assert sorted(Document.objects.filter(kind__in=kinds).values_list(*columns)) == saved


def test_rebuilding_forgets_words_that_nobody_uses_any_more():
    item = NewsItemFactory(title_sv="Lekplats")
    put(item)
    item.title_sv = "Badplats"
    item.save()

    rebuild()

    assert not Word.objects.filter(form="lekplats").exists()
    assert not Trigram.objects.filter(word__form="lekplats").exists()


def test_rebuilding_tells_how_far_it_has_come():
    NewsItemFactory()
    told = []

    rebuild(lambda done, total: told.append((done, total)))

    assert told[-1][0] == told[-1][1] > 0


def test_a_site_from_before_the_search_is_indexed_when_it_is_migrated():
    NewsItemFactory(title_sv="Lekplats")

    call_command("migrate", verbosity=0)

    assert found("lekplats") == ["Lekplats"]


def test_what_a_dying_process_left_out_is_indexed_the_next_night():
    item = NewsItemFactory(title_sv="Lekplats")
    put(item)
    NewsItem.objects.filter(pk=item.pk).update(title_sv="Badplats", updated_at=timezone.now())
    before = found("lekplats")

    call_command("purge_bin", verbosity=0)

    assert (before, found("lekplats"), found("badplats")) == (["Lekplats"], [], ["Badplats"])


def test_a_focus_area_is_found_by_the_words_that_the_finder_has_for_it():
    put(FocusAreaFactory(title_sv="Arbetsmarknad", topic_sv="Jobb och studier"))

    assert found("studier") == ["Arbetsmarknad"]


def test_rebuilding_asks_for_what_belongs_to_many_at_once():
    area, numbers = FocusAreaFactory(), []
    for title in ("Lekplats", "Badplats"):
        NewsItemFactory.create_batch(3, title_sv=title, focus_areas=[area])
        rebuild()
        with CaptureQueriesContext(connection) as queries:
            rebuild()
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_terms_are_looked_up_by_what_follows_the_table_itself():
    """A migration that makes the table anew loses its triggers on SQLite."""
    put(NewsItemFactory(title_sv="Lekplats"))
    Document.objects.update(title_terms=" svesagoslott svssagoslott ")
    renamed = found("sagoslott")
    Document.objects.all().delete()

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_terms(search_terms) VALUES ('integrity-check')")

    assert renamed == ["Lekplats"]


def test_saving_one_of_many_costs_the_same(django_assert_max_num_queries):
    items = [NewsItemFactory(title_sv=f"Lekplats {number}") for number in range(30)]
    put(*items)

    with django_assert_max_num_queries(12):
        index([items[0]])


def test_an_import_of_many_is_indexed_together(django_assert_max_num_queries):
    items = [NewsItemFactory(title_sv=f"Lekplats {number}") for number in range(30)]

    with django_assert_max_num_queries(12 + 2 * 30):  # areas of each, and one more
        index(items)

    assert Document.objects.count() == NewsItem.objects.count()
