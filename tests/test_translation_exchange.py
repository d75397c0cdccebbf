"""Texts to translators and back, as CSV and as XLIFF 2.0."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publishing.history import begin_histories
from publishing.models import Action, Track, Version
from publishing.translation_csv import from_csv, to_csv
from publishing.translation_import import bring_home
from publishing.translation_units import Progress, Unit, decoded, units_of
from publishing.translation_xliff import from_xliff, to_xliff
from tests.admin_forms import staff, with_rights
from tests.factories import (
    AdministratorFactory,
    ContactFunctionFactory,
    ContactUnitFactory,
    NewsItemFactory,
)
from tests.situations import row

EXPORT = "/admin/oversattningar/exportera/"
IMPORT = "/admin/oversattningar/importera/"
FORMS = [(to_csv, from_csv), (to_xliff, from_xliff)]
each_form = pytest.mark.parametrize(("write", "read"), FORMS, ids=["csv", "xliff"])
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
odd = st.text(st.sampled_from("='+-@\"';,\r\n\t <>&/a\u200f\u202bع\x0b\ufffe]"), max_size=12)
NAME = "news.newsitem:3:title"


def unit(target, name=NAME, version=1):
    return Unit(name, version, "nyhet", "Svenska", target)


# The files


@each_form
def test_any_text_comes_back_as_it_was(write, read):
    @settings(deadline=None)
    @given(anything | odd, odd)
    @example("'=1", "''-")
    @example("\r\n=1+1", "\r")
    def round_trip(source, target):
        sent = [
            Unit("news.newsitem:3:title", 1, "nyhet", source, target),
            Unit("news.newsitem:3:lead", 1, "nyhet", target, source),
            Unit("contacts.contactunit:4:functions.12.role", 7, "kontakt", source, source),
        ]

        language, found = read(decoded(write(sent, "en")))

        assert language == "en"
        assert [(each.name, each.version, each.source, each.target) for each in found] == [
            (each.name, each.version, each.source, each.target) for each in sent
        ]

    round_trip()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "'=1"])
def test_no_cell_is_a_formula(text):
    sent = [Unit(NAME, 1, text, text, text)]

    rows = list(csv.reader(io.StringIO(decoded(to_csv(sent, "en")), newline=""), delimiter=";"))

    assert rows[0] == ["id", "version", "context", "svenska", "översättning (en)", "läge"]
    assert rows[1] == [NAME, "1", *[f"'{text}"] * 3, "att översätta"]


def test_an_apostrophe_that_keeps_nothing_from_being_calculated_stays():
    _language, [found] = from_csv(decoded(to_csv([unit("'Tis")], "en")))

    assert found.target == "'Tis"


def test_csv_opens_in_a_spreadsheet():
    assert to_csv([], "en").startswith("\N{BYTE ORDER MARK}".encode())


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_spreadsheet_may_write_its_own_delimiter(delimiter):
    text = f"id,version,översättning (en)\n{NAME},4,Hello\n".replace(",", delimiter)

    _language, [found] = from_csv(text)

    assert (found.name, found.version, found.target) == (NAME, 4, "Hello")


def test_xliff_says_what_each_text_is_and_how_it_stands():
    sent = [
        Unit(NAME, 4, "nyhet: rubrik", "<b>&", "x", Progress.REVIEWED),
        Unit("news.newsitem:3:lead", 4, "nyhet: ingress", "b", "y", Progress.TRANSLATED),
        Unit("news.newsitem:9:lead", 2, "nyhet: ingress", "b", ""),
    ]

    # It was made above
    root = ElementTree.fromstring(to_xliff(sent, "ar"))  # noqa: S314
    space = {"": "urn:oasis:names:tc:xliff:document:2.0"}

    assert [root.get(name) for name in ("version", "srcLang", "trgLang")] == ["2.0", "sv", "ar"]
    assert [file.get("id") for file in root] == ["news.newsitem:3", "news.newsitem:9"]
    segments = root.findall(".//segment", space)
    assert [each.get("state") for each in segments] == ["reviewed", "translated", "initial"]
    notes = [note.text for note in root[0][0].findall(".//note", space)]
    assert notes == ["nyhet: rubrik", "4"]
    assert segments[0].findtext("source", namespaces=space) == "<b>&"
    assert segments[2].find("target", space) is None


def test_a_tool_may_have_cut_a_text_to_pieces():
    text = to_xliff([unit("")], "en").decode()
    pieces = (
        "<segment><source>A.</source><target>B.</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment><source>C.</source><target>D.</target></segment></unit>"
    )
    text = text[: text.index("<segment")] + pieces + text[text.index("</unit>") + 7 :]

    _language, [found] = from_xliff(text)

    assert (found.source, found.target) == ("A. C.", "B. D.")


# What a person does


@pytest.fixture
def publisher(client, db):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


@pytest.fixture
def editor(client, db):
    client.user = staff("Redaktörer")
    client.force_login(client.user)
    return client


def published(by, **texts):
    texts = {"title_sv": "Ny lekplats", "title_en": "New playground", **texts}
    item = NewsItemFactory(draft=True, **texts)
    item.publish(by=by)
    return item


def export(client, form="csv", language="en", **asked):
    return client.get(EXPORT, {"sprak": language, "form": form, "lage": "alla", **asked})


def upload(client, content, **sent):
    file = SimpleUploadedFile("fil", content if isinstance(content, bytes) else content.encode())
    return client.post(IMPORT, {"file": file, **sent})


def outcomes(page):
    results = [each for each, _link in page.context["results"]]
    return {each.unit.name.rpartition(":")[2]: each.outcome for each in results}


def send(client, item, language="en", version=None, machine=False, **targets):
    """Import ``targets`` ({field: text}) of ``item``."""
    kind, version = item._meta.label_lower, version or Track.find(item).newest.number
    units = [unit(text, f"{kind}:{item.pk}:{field}", version) for field, text in targets.items()]
    sent = {"is_by_machine": "on"} if machine else {}
    return upload(client, to_csv(units, language), **sent)


def newest(item):
    return Track.find(item).newest.data


@pytest.mark.parametrize("form", ["csv", "xliff"])
def test_what_is_exported_and_imported_changes_nothing(publisher, form):
    published(publisher.user, lead_en="'=x\r\n\u200f\"", body_en="<p>a &amp; <em>b</em></p>")
    unit_row = ContactUnitFactory(name_en="Contact centre")
    ContactFunctionFactory(unit=unit_row, role_en="+Head")
    begin_histories()
    number = Version.objects.count()

    file = export(publisher, form)
    page = upload(publisher, file.content)

    assert set(outcomes(page).values()) == {"unchanged"}
    assert {"title", "lead", "body", "name"} <= set(outcomes(page))
    assert Version.objects.count() == number


@pytest.mark.parametrize("form", ["csv", "xliff"])
def test_an_import_is_a_draft_like_any_other(publisher, form):
    item = published(publisher.user)
    file = export(publisher, form).content.decode().replace("New playground", "A new playground")

    page = upload(publisher, file)

    version = Track.find(item).newest
    assert outcomes(page)["title"] == "saved"
    assert (version.action, version.by) == (Action.SAVED, publisher.user)
    assert version.note == "Importerad översättning (English)."
    assert version.data["title_en"] == "A new playground"
    assert row(item).title_en == "New playground"


def test_a_file_holds_what_is_listed(publisher):
    published(publisher.user, title_sv="Med", title_en="With")
    published(publisher.user, title_sv="Utan", title_en="")

    response = export(publisher, lage="missing", slag="news.newsitem")

    _language, found = from_csv(decoded(response.content))
    assert {each.source for each in found if each.name.endswith("title")} == {"Utan"}
    assert "attachment" in response.headers["Content-Disposition"]
    assert ".csv" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "asked",
    [{"sprak": "", "form": "csv"}, {"sprak": "sv", "form": "csv"}, {"sprak": "en", "form": "pdf"}],
)
def test_an_odd_export_is_refused(publisher, asked):
    assert publisher.get(EXPORT, asked).status_code == 400


def test_an_export_that_could_not_come_back_is_refused(publisher, monkeypatch):
    monkeypatch.setattr("publishing.admin.translation_exchange.MOST_BYTES", 10)

    page = publisher.get(EXPORT, {"sprak": "en", "form": "csv", "lage": "alla"}, follow=True)

    assert [str(each) for each in page.context["messages"]] == [
        "Filen blir större än 2 MB. Välj ett slag eller ett läge."
    ]
    assert page.context["chosen"].language == "en"


def test_a_translation_is_of_the_swedish_that_was_exported(publisher):
    item = published(publisher.user, title_en="")
    number = Track.find(item).newest.number
    item.save_draft(by=publisher.user, values={"title_sv": "Ny skola"})

    page = send(publisher, item, version=number, title="New playground")
    row(item).publish(by=publisher.user)

    assert "Svenskan har ändrats sedan filen exporterades." in page.content.decode()
    assert newest(item)["title_sv"] == "Ny skola"
    assert Track.find(item).translations["en"] == "stale"


def test_what_a_machine_has_translated_is_said_to_be(publisher):
    item = published(publisher.user, title_en="")
    contact = ContactUnitFactory()
    begin_histories()

    send(publisher, item, machine=True, title="New playground")
    send(publisher, contact, machine=True, name="Contact centre")
    row(item).publish(by=publisher.user)

    assert Track.find(item).translations["en"] == "machine"
    assert Track.find(contact).translations["en"] == "machine"


def test_a_clash_overwrites_nothing_and_shows_both_texts(publisher):
    item = published(publisher.user, lead_en="")
    number = Track.find(item).newest.number
    item.save_draft(by=AdministratorFactory(), values={"title_en": "Theirs"})

    page = send(publisher, item, version=number, title="Mine", lead="A lead.")

    assert outcomes(page) == {"title": "clashing", "lead": "saved"}
    assert (newest(item)["title_en"], newest(item)["lead_en"]) == ("Theirs", "A lead.")
    html = page.content.decode()
    assert "<p>Mine</p>" in html
    assert "<p>Theirs</p>" in html


def test_residents_see_a_translated_fact_at_once(publisher):
    contact = ContactUnitFactory()
    function = ContactFunctionFactory(unit=contact, role_sv="Chef")
    begin_histories()

    texts = {"name": "Contact centre", f"functions.{function.pk}.role": "Head"}
    page = send(publisher, contact, **texts)

    function.refresh_from_db()
    assert set(outcomes(page).values()) == {"saved"}
    assert (row(contact).name_en, function.role_en) == ("Contact centre", "Head")
    assert newest(contact)["functions"][0]["role_en"] == "Head"


@pytest.mark.parametrize("column", ["name_sv", "name_en"])
def test_a_fact_that_has_changed_since_clashes(publisher, column):
    contact = ContactUnitFactory()
    begin_histories()
    with contact.recording(by=publisher.user):
        setattr(contact, column, "Nytt")
        contact.save()

    page = send(publisher, contact, version=1, name="Contact centre")

    assert outcomes(page) == {"name": "clashing"}
    assert row(contact).name_en != "Contact centre"


def test_a_row_of_a_fact_that_is_gone_clashes(publisher):
    contact = ContactUnitFactory()
    function = ContactFunctionFactory(unit=contact, role_sv="Chef")
    begin_histories()
    with contact.recording(by=publisher.user):
        function.delete()
    changed = row(contact).updated_at

    for field in ("role", "name"):
        page = send(publisher, contact, version=1, **{f"functions.{function.pk}.{field}": "Head"})
        assert set(outcomes(page).values()) <= {"clashing", "unknown"}

    assert row(contact).updated_at == changed


def test_an_editor_imports_no_fact(editor):
    contact, item = ContactUnitFactory(), published(AdministratorFactory(), title_en="")
    begin_histories()

    refused, saved = send(editor, contact, name="Contact"), send(editor, item, title="Playground")

    assert outcomes(refused) == {"name": "refused"}
    assert outcomes(saved) == {"title": "saved"}
    assert row(contact).name_en in (None, "")


@pytest.mark.django_db
def test_who_may_not_change_a_kind_saves_nothing():
    item = published(AdministratorFactory())

    [result] = bring_home(
        [unit("X", f"news.newsitem:{item.pk}:title", 1)], "en", by=with_rights("view_newsitem")
    )

    assert result.outcome == "refused"


def test_rich_text_is_cleaned_and_said_to_be(publisher):
    item = published(publisher.user, body_sv="<p>Hej</p>")

    page = send(publisher, item, body="<p onclick='x'>Hi</p><script>alert(1)</script>")

    assert newest(item)["body_en"] == "<p>Hi</p>"
    assert "Texten rensades" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "text"), [("body", "<script>alert(1)</script>"), ("title", "x" * 5000)]
)
def test_what_cannot_be_kept_is_refused_and_the_rest_saved(publisher, field, text):
    item = published(publisher.user)

    page = send(publisher, item, **{field: text, "lead": "A lead."})

    assert outcomes(page) == {field: "invalid", "lead": "saved"}


def test_an_empty_line_takes_nothing_away(publisher):
    item = published(publisher.user)

    assert outcomes(send(publisher, item, title="")) == {"title": "unchanged"}
    assert newest(item)["title_en"] == "New playground"


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("news.newsitem:{pk}:slug", 1),
        ("news.newsitem:{pk}:title", 99),
        ("news.newsitem:{pk}:title", None),
        ("news.newsitem:{pk}:rows.1.title", 1),
        ("news.newsitem:999999999999999999:title", 1),
        ("auth.user:1:username", 1),
        ("contacts.contactfunction:1:role", 1),
        ("odd", 1),
        ("", 1),
    ],
)
def test_an_unknown_line_is_told(publisher, name, version):
    item = published(publisher.user)
    sent = [unit("X", name.format(pk=item.pk), version), unit("Y", f"news.newsitem:{item.pk}:lead")]

    page = upload(publisher, to_csv(sent, "en"))

    assert sorted(each.outcome for each, _link in page.context["results"]) == ["saved", "unknown"]


def test_a_text_that_stands_twice_is_saved_once(publisher):
    item = published(publisher.user)
    name = f"news.newsitem:{item.pk}:title"

    page = upload(publisher, to_csv([unit("One", name), unit("Two", name)], "en"))

    assert newest(item)["title_en"] == "One"
    assert sorted(each.outcome for each, _link in page.context["results"]) == ["invalid", "saved"]


def test_what_is_thrown_away_gets_no_translation(publisher):
    item = NewsItemFactory(draft=True)
    item.record_creation(by=publisher.user)
    number = item.track.newest.number
    item.move_to_bin(by=publisher.user)

    page = upload(publisher, to_csv([unit("X", f"news.newsitem:{item.pk}:title", number)], "en"))

    assert [each.outcome for each, _link in page.context["results"]] == ["unknown"]


XLIFF = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="sv" trgLang="{}"/>'
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen som skickades är tom."),
        (b"\xff\x00", "Filen är inte i UTF-8. Spara den som ”CSV UTF-8”."),
        (b"a\0b", "Filen innehåller tecken som inte är text."),
        ("a;b\n", "Filen saknar kolumnen id och version."),
        ("id;version;svenska\n", "Filen ska ha en kolumn för översättningen, med språket: "),
        ("id;version;översättning (sv)\n", "Filen ska ha en kolumn för översättningen"),
        ("id;version;översättning (xx)\n", "Filen ska ha en kolumn för översättningen"),
        ('id;version;översättning (en)\n"a;b', "Filen går inte att läsa vid rad 2."),
        ("id;version;översättning (en)\n", "Det finns inga texter i filen."),
        ("<a>", "Filen är inte hel XML. Se rad 1."),
        ("<a/>", "Filen är inte XLIFF 2.0. Spara den som det, och inte som 1.2."),
        (XLIFF.format("sv"), "Filen ska vara översatt från sv till ett av webbplatsens språk."),
        (XLIFF.format("en"), "Det finns inga texter i filen."),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
            "Filen har en DOCTYPE, och en sådan tas inte emot.",
        ),
        (
            '<?xml version="1.0" encoding="utf-7"?><!DOCTYPE a><a/>',
            "Filen har en DOCTYPE, och en sådan tas inte emot.",
        ),
        (
            "<!DOCTYPE a><a/>".encode("utf-16"),
            "Filen har en DOCTYPE, och en sådan tas inte emot.",
        ),
        ("<" * 2_100_000, "Filen är större än 2 MB."),
        ("id;version;översättning (en)\n" + "a;1;b\n" * 10_001, "Filen har fler än 10 000 texter."),
        ("<a>" * 500_000, "Filen är inte hel XML. Se rad 1."),
    ],
    ids=range(19),
)
def test_a_bad_file_is_refused_with_a_sentence(publisher, content, sentence):
    page = upload(publisher, content)

    assert page.status_code == 200
    [error] = page.context["form"].errors["file"]
    assert error.startswith(sentence) or sentence.startswith("Filen som")
    assert "results" not in page.context


def test_without_a_file_the_form_says_so(publisher):
    page = publisher.post(IMPORT)

    assert list(page.context["form"].errors) == ["file"]


def test_an_import_is_in_the_log_and_leads_to_the_form(publisher):
    item = published(publisher.user)

    page = send(publisher, item, title="X")

    assert f"/admin/news/newsitem/{item.pk}/change/?sprak=en#sprak-en" in page.content.decode()
    assert "Det du arbetade med senast" in publisher.get("/admin/").content.decode()


@pytest.mark.django_db
def test_a_file_of_drafts_has_the_editors_text():
    by = AdministratorFactory()
    item = published(by)
    item.save_draft(by=by, values={"title_sv": "Ny skola"})

    found = {each.name.rpartition(":")[2]: each for each in units_of(Track.find(item), "en")}

    assert found["title"].source == "Ny skola"
    assert found["title"].context == "nyhet ”Ny skola”: rubrik"
