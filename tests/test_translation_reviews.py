"""What a translator says of each text in a file: how far it has come, and who takes her word."""

import re
from xml.etree import ElementTree

import pytest

from publishing.history import begin_histories
from publishing.models import Action, Origin, Track, Translation, Version
from publishing.translation_csv import from_csv
from publishing.translation_import import bring_home
from publishing.translation_units import Progress, Unit, decoded, units_of
from publishing.translation_xliff import from_xliff, to_xliff
from tests.admin_forms import staff
from tests.factories import AdministratorFactory, ContactUnitFactory, NewsItemFactory
from tests.situations import row
from tests.test_translation_exchange import (
    NAME,
    each_form,
    export,
    outcomes,
    published,
    unit,
    upload,
)

pytestmark = pytest.mark.django_db
READ = [Progress.REVIEWED, Progress.FINAL]


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


def units(item, **targets):
    """What a file has of ``item``, with ``targets`` ({field: (text, progress)})."""
    version = Track.find(item).newest.number
    kind = item._meta.label_lower
    return [
        Unit(f"{kind}:{item.pk}:{field}", version, "", "", text, progress)
        for field, (text, progress) in targets.items()
    ]


def send(client, item, *, trusted=True, **targets):
    sent = {"trusts_reviews": "on"} if trusted else {}
    return upload(client, to_xliff(units(item, **targets), "en"), **sent)


def reviewed(item):
    """The fields of ``item`` that somebody has read, in the text that is there now or before."""
    facts = Translation.objects.of(item).filter(language="en", reviewed_at__isnull=False)
    return {fact.field for fact in facts}


def status(item):
    return Track.find(item).translations["en"]


# In the files


def test_each_text_says_how_far_it_has_come_by_itself():
    by = AdministratorFactory()
    item = published(by, lead_en="A lead.", body_sv="<p>Hej</p>", body_en="<p>Hi</p>")
    item.save_draft(by=by, values={"title_sv": "Ny skola", "caption_sv": "En bild"})
    item.publish(by=by)
    [read] = [each for each in units_of(Track.find(item), "en") if each.name.endswith("lead")]
    bring_home([unit("A lead.", read.name, read.version)], "en", by=by)
    lead = units(item, lead=("A lead.", Progress.REVIEWED))
    bring_home(lead, "en", by=by, trusts_reviews=True)

    found = {
        each.name.rpartition(":")[2]: each.progress for each in units_of(Track.find(item), "en")
    }

    assert found == {
        "title": Progress.INITIAL,  # the Swedish has changed since
        "lead": Progress.REVIEWED,
        "body": Progress.TRANSLATED,
        "caption": Progress.INITIAL,
    }


@each_form
@pytest.mark.parametrize("progress", Progress)
def test_it_comes_back_as_it_was(write, read, progress):
    _language, [found] = read(decoded(write([Unit(NAME, 1, "", "a", "b", progress)], "en")))

    assert found.progress == progress


@pytest.mark.parametrize(
    ("words", "progress"),
    [("Granskad ", "reviewed"), ("FINAL", "final"), ("", "initial"), ("ja", "initial")],
)
def test_people_write_it_in_a_cell_as_they_do(words, progress):
    text = f"id;version;översättning (en);läge\n{NAME};1;X;{words}\n"

    _language, [found] = from_csv(text)

    assert found.progress == progress


def test_a_file_need_not_say_it():
    _language, [found] = from_csv(f"id;version;översättning (en)\n{NAME};1;X\n")

    assert found.progress == Progress.INITIAL


@pytest.mark.parametrize(
    ("states", "progress"),
    [
        (["final", "reviewed"], "reviewed"),
        (["final", None], "initial"),
        (["x", "final"], "initial"),
        (["final", "final"], "final"),
    ],
)
def test_of_a_text_in_pieces_the_one_that_has_come_least_far_counts(states, progress):
    pieces = "".join(
        f"<segment{f' state={chr(34)}{state}{chr(34)}' if state else ''}>"
        "<source>A.</source><target>B.</target></segment>"
        for state in states
    )
    text = re.sub("<segment.*</segment>", pieces, to_xliff([unit("")], "en").decode())
    ElementTree.fromstring(text)  # noqa: S314

    _language, [found] = from_xliff(text)

    assert found.progress == progress


# Taken at her word


@pytest.mark.parametrize("progress", READ)
def test_a_text_that_is_as_it_was_is_reviewed_when_the_file_says_so(publisher, progress):
    item = published(publisher.user)

    page = send(publisher, item, title=("New playground", progress))

    assert outcomes(page) == {"title": "unchanged"}
    assert status(item) == "current"
    version = Track.find(item).newest
    latest = Version.objects.of(item).last()
    assert (latest.action, latest.by, latest.status["reviewed"]) == (
        Action.CONFIRMED,
        publisher.user,
        True,
    )
    assert latest.note == "Importerad översättning (English)."
    assert version.data["title_en"] == "New playground"
    assert "Granskade av någon som kan språket: 1" in page.content.decode()


def test_a_new_text_is_saved_and_reviewed(publisher):
    item = published(publisher.user)

    send(publisher, item, title=("A new playground", Progress.FINAL))
    row(item).publish(by=publisher.user)

    assert row(item).title_en == "A new playground"
    assert status(item) == "current"


def test_a_fact_that_residents_see_is_reviewed_too(publisher):
    contact = ContactUnitFactory(name_sv="Kontaktcenter", name_en="Contact")
    begin_histories()

    send(publisher, contact, name=("Contact centre", Progress.FINAL))

    assert (row(contact).name_en, status(contact)) == ("Contact centre", "current")


@pytest.mark.parametrize("progress", [Progress.INITIAL, Progress.TRANSLATED])
def test_what_is_only_translated_stays_unreviewed(publisher, progress):
    item = published(publisher.user)

    send(publisher, item, title=("A new playground", progress))

    assert reviewed(item) == set()


def test_what_a_machine_wrote_and_somebody_read_is_reviewed(publisher):
    item = published(publisher.user, title_en="")
    item.save_draft(by=publisher.user, values={"title_en": "Machine"}, origin=Origin.MACHINE)
    item.publish(by=publisher.user)

    send(publisher, item, title=("Machine", Progress.REVIEWED))

    assert status(item) == "current"


def test_nothing_but_what_is_called_reviewed_is(publisher):
    item = published(publisher.user, lead_en="A lead.", body_en="<p>Hi</p>")

    send(
        publisher,
        item,
        title=("New playground", Progress.FINAL),
        lead=("A lead.", Progress.TRANSLATED),
    )

    assert reviewed(item) == {"title"}
    assert status(item) == "unreviewed"


def test_nobodys_word_is_taken_unasked(publisher):
    item = published(publisher.user)

    page = send(publisher, item, trusted=False, title=("New playground", Progress.FINAL))

    assert reviewed(item) == set()
    assert "står som ogranskade här: 1. Importera filen en gång till" in page.content.decode()


def test_what_is_known_to_be_reviewed_is_not_said_again(publisher):
    item = published(publisher.user)
    item.confirm_translation("en", by=publisher.user, reviewed=True)
    number = Version.objects.count()

    page = send(publisher, item, title=("New playground", Progress.FINAL))
    offered = send(publisher, item, trusted=False, title=("New playground", Progress.FINAL))

    assert Version.objects.count() == number
    assert "Granskade av" not in page.content.decode()
    assert "en gång till" not in offered.content.decode()


def test_a_review_is_of_the_swedish_that_was_translated(publisher):
    item = published(publisher.user)
    file = to_xliff(units(item, title=("New playground", Progress.FINAL)), "en")
    item.save_draft(by=publisher.user, values={"title_sv": "Ny skola"})

    page, offered = upload(publisher, file, trusts_reviews="on"), upload(publisher, file)

    assert outcomes(page) == {"title": "unchanged"}
    assert reviewed(item) == set()
    assert not offered.context["may_be_reviewed"]


def test_a_review_is_of_the_text_that_was_read(publisher):
    item = published(publisher.user, body_en="<p>Hi</p>")
    file = to_xliff(units(item, title=("New playground", Progress.FINAL)), "en")
    item.save_draft(by=publisher.user, values={"title_en": "Theirs"})

    upload(publisher, file, trusts_reviews="on")
    assert not upload(publisher, file).context["may_be_reviewed"]
    send(publisher, item, body=("<p>Hi</p><script>x()</script>", Progress.FINAL))
    send(publisher, item, body=("<p>Hello</p><script>x()</script>", Progress.FINAL))

    assert reviewed(item) == set()


def test_an_empty_text_is_never_reviewed(publisher):
    item = published(publisher.user, lead_en="")

    page = send(publisher, item, lead=("", Progress.FINAL))

    assert reviewed(item) == set()
    assert "Granskade av" not in page.content.decode()


def test_who_may_not_review_what_residents_see_is_told_so(editor):
    item = published(staff("Publicister"), lead_en="A lead.")

    page = send(
        editor,
        item,
        title=("New playground", Progress.FINAL),
        lead=("Another lead.", Progress.TRANSLATED),
    )

    assert outcomes(page) == {"title": "unchanged", "lead": "saved"}
    assert "Du har inte rätt att bekräfta översättningar av nyheter som besökarna ser." in (
        page.content.decode()
    )
    assert reviewed(item) == set()


def test_an_editor_reviews_her_draft(editor):
    item = NewsItemFactory(draft=True, title_sv="Ny lekplats", title_en="New playground")
    item.record_creation(by=editor.user)

    send(editor, item, title=("New playground", Progress.FINAL))

    assert reviewed(item) == {"title"}


def test_what_somebody_writes_meanwhile_is_not_reviewed(publisher):
    """Between the moment when a text is compared and that when it is called reviewed."""
    item = published(publisher.user)
    sent = units(item, title=("New playground", Progress.FINAL))
    confirm = type(item).confirm_translation

    def write_first(self, *args, **kwargs):
        row(item).save_draft(by=publisher.user, values={"title_en": "Theirs"})
        return confirm(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(item), "confirm_translation", write_first)
        [result] = bring_home(sent, "en", by=publisher.user, trusts_reviews=True)

    assert not result.is_reviewed
    assert reviewed(item) == set()


def test_the_log_tells_of_it(publisher):
    item = published(publisher.user)

    send(publisher, item, title=("New playground", Progress.FINAL))

    assert "Det du arbetade med senast" in publisher.get("/admin/").content.decode()
    exported = export(publisher, form="xliff").content.decode()
    assert exported.count('state="reviewed"') == 1
