"""Somebody who may publish lets a flaw pass, with a reason and a day to mend it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from news.models import NewsItem
from publishing.history import drifted_rows, verify_chain
from publishing.models import Action, Exemption, Finding, Override, State, Track, Unfit, Version
from publishing.models.chain import NOTE
from publishing.rechecking import recheck
from tests.admin_forms import admin_url, filled_in, staff
from tests.factories import AdministratorFactory, ImageFactory, NewsItemFactory

pytestmark = pytest.mark.django_db
SKIPPED = "<h3>Öppet</h3><p>Alltid.</p>"
LANGUAGES = ["sv", "sv-simple", "fi", "en", "ar"]


@pytest.fixture
def publisher(client):
    client.user = staff("Publicister")
    client.force_login(client.user)
    return client


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def override(item, reason="Branden pågår.", days=7):
    accepted = frozenset(flaw.fingerprint for flaw in item.obstacles_ahead())
    return Override(accepted, reason, in_days(days) if days is not None else None)


def exempted(by, **columns):
    item = NewsItemFactory(draft=True, body_sv=SKIPPED, **columns)
    item.publish(by=by, override=override(item))
    return item


def act_page(item):
    return f"{admin_url(NewsItem, 'act', 'publish_with')}?id={item.pk}"


# The verbs


def test_a_flaw_with_a_reason_and_a_day_is_published():
    item = exempted(staff("Publicister"))

    assert NewsItem.objects.get(pk=item.pk).is_published()


def test_the_history_says_who_let_which_rule_pass_why_and_until_when():
    by = staff("Publicister")
    item = exempted(by)

    record = Version.objects.of(item).get(action=Action.EXEMPTED)
    assert (record.by, record.note) == (by, "Branden pågår.")
    assert record.status["exempted"] == ["heading-order"]
    assert record.status["mend_by"] == in_days(7).isoformat()
    assert not verify_chain().broken
    assert not list(drifted_rows())


@pytest.mark.parametrize(
    ("reason", "days", "field"),
    [("", 7, "reason"), (" ", 7, "reason"), ("Brand.", 0, "mend_by"), ("Brand.", 366, "mend_by")],
)
def test_an_exemption_needs_a_reason_and_a_day_to_come(reason, days, field):
    item = NewsItemFactory(draft=True, body_sv=SKIPPED)

    with pytest.raises(ValidationError) as refusal:
        item.publish(by=staff("Publicister"), override=override(item, reason, days))

    assert field in refusal.value.message_dict
    assert not Exemption.objects.exists()


def test_who_may_not_publish_may_make_no_exemption():
    item = NewsItemFactory(draft=True, body_sv=SKIPPED)

    with pytest.raises(PermissionDenied):
        item.publish(by=staff("Redaktörer"), override=override(item))


def test_a_picture_of_people_without_legal_basis_is_never_exempted():
    image = ImageFactory(shows_identifiable_people=True)
    item = NewsItemFactory(draft=True, image=image)

    with pytest.raises(Unfit):
        item.publish(by=AdministratorFactory(), override=override(item))


def test_only_what_is_named_passes():
    item = NewsItemFactory(draft=True, body_sv=SKIPPED, lead_sv="")
    flaw = next(each for each in item.obstacles() if each.rule.name == "lead")

    with pytest.raises(Unfit) as refusal:
        item.publish(
            by=staff("Publicister"),
            override=Override(frozenset([flaw.fingerprint]), "Brand.", in_days(1)),
        )

    assert [each.rule.name for each in refusal.value.flaws] == ["heading-order"]


def test_an_exemption_holds_while_the_rest_of_the_text_is_changed():
    by = staff("Publicister")
    item = exempted(by)

    item.save_draft(by=by, values={"body_sv": SKIPPED + "<p>Mer.</p>"})
    item.publish(by=by)

    assert NewsItem.objects.get(pk=item.pk).body_sv.endswith("<p>Mer.</p>")


@pytest.mark.parametrize("text", ["<h3>Stängt</h3>", SKIPPED.replace("Öppet", "Öppet nu")])
def test_other_words_that_break_the_rule_must_be_exempted_anew(text):
    by = staff("Publicister")
    item = exempted(by)
    item.save_draft(by=by, values={"body_sv": text})

    with pytest.raises(Unfit):
        item.publish(by=by)


def test_the_same_words_in_another_language_must_be_exempted_too():
    by = staff("Publicister")
    item = exempted(by)
    item.save_draft(by=by, values={"body_en": SKIPPED})

    with pytest.raises(Unfit):
        item.publish(by=by)


def test_after_its_day_the_page_stays_and_the_flaw_is_something_to_mend():
    by = staff("Publicister")
    item = exempted(by)
    recheck([item])
    assert not Finding.objects.open().exists()

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert NewsItem.objects.published().filter(pk=item.pk).exists()
        assert Finding.objects.overdue().get().rule == "heading-order"
        assert list(NewsItem.objects.breaking()) == [item]
        item.save_draft(by=by, values={"title_sv": "Ny rubrik"})
        with pytest.raises(Unfit):
            item.publish(by=by)


def test_changes_are_scheduled_with_an_exemption_that_holds_at_their_minute():
    by = staff("Publicister")
    item = NewsItemFactory()
    item.save_draft(by=by, values={"body_sv": SKIPPED})
    item.schedule(by=by, at=timezone.now() + timedelta(days=2), override=override(item))

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        from publishing.schedule import publish_due

        [(_item, problem)] = publish_due()

    assert problem == ""


def test_changes_that_come_after_the_day_of_their_exemption_go_back_to_the_editors():
    by = staff("Publicister")
    item = NewsItemFactory()
    item.save_draft(by=by, values={"body_sv": SKIPPED})
    item.schedule(by=by, at=timezone.now() + timedelta(days=9), override=override(item))

    with time_machine.travel(timezone.now() + timedelta(days=10)):
        from publishing.schedule import publish_due

        [(_item, problem)] = publish_due()

    assert "hoppar över en nivå" in problem
    assert not Track.find(item).scheduled


def test_a_flaw_of_a_published_page_can_be_exempted_without_publishing_again():
    by = staff("Publicister")
    item = NewsItemFactory(body_sv=SKIPPED)
    recheck([item])

    item.accept_flaws(override(item), by=by)

    assert not Finding.objects.open().exists()
    assert [found.rule for found in Finding.objects.exempted()] == ["heading-order"]
    assert not verify_chain().broken
    with pytest.raises(PermissionDenied):
        item.accept_flaws(override(item), by=staff("Redaktörer"))


def test_what_an_old_text_breaks_cannot_be_exempted_when_it_is_gone():
    item = NewsItemFactory(body_sv=SKIPPED)
    accepted = override(item)
    NewsItem.objects.update(body_sv="<p>Rättat.</p>")

    with pytest.raises(ValidationError):
        item.accept_flaws(accepted, by=staff("Publicister"))


def test_a_reason_that_is_erased_from_the_history_is_gone_everywhere():
    by = AdministratorFactory()
    item = exempted(by)
    track = Track.find(item)

    record = Version.objects.of(item).get(action=Action.EXEMPTED)
    from publishing.models import Chain

    with Chain.writing() as chain:
        track.erase(chain, item, [record], [NOTE], by=by, note="Begärt.")

    assert Exemption.objects.get().reason == ""


def test_the_page_of_the_history_tells_it_in_words(publisher):
    item = exempted(publisher.user)

    page = publisher.get(admin_url(item, "history"))

    assert "gjorde undantag från kvalitetsregler, ska vara åtgärdat" in page.text
    assert "”Rubriker hoppar inte över någon nivå”" in page.text
    assert f"ska vara åtgärdat {in_days(7).day} " in page.text
    assert "Branden pågår." in page.text


# The page


def test_the_page_offers_what_may_be_exempted(publisher):
    page = publisher.get(act_page(NewsItemFactory(draft=True, body_sv=SKIPPED)))

    assert "Publicera med felen kvar" in page.text
    assert "hoppar över en nivå" in page.text


def test_the_page_of_a_good_text_asks_for_no_exemption(publisher):
    page = publisher.get(act_page(NewsItemFactory(draft=True)))

    assert "Publicera med felen kvar" not in page.text


def test_the_page_says_what_cannot_be_exempted(publisher):
    page = publisher.get(act_page(NewsItemFactory(draft=True, unit=None)))

    assert "Det här måste rättas före publicering" in page.text
    assert "Publicera med felen kvar" not in page.text


def test_the_page_publishes_with_an_exemption(publisher):
    item = NewsItemFactory(draft=True, body_sv=SKIPPED)
    [flaw] = item.obstacles()
    answers = {"accepted": [flaw.fingerprint], "reason": "Brand.", "mend_by": f"{in_days(9)}"}

    publisher.post(act_page(item), {"languages": LANGUAGES, **answers})

    assert NewsItem.objects.get(pk=item.pk).is_published()
    assert Exemption.objects.get().mend_by == in_days(9)


@pytest.mark.parametrize("missing", ["reason", "mend_by"])
def test_the_page_asks_for_what_is_missing_and_keeps_what_was_written(publisher, missing):
    item = NewsItemFactory(draft=True, body_sv=SKIPPED)
    [flaw] = item.obstacles()
    answers = {"accepted": [flaw.fingerprint], "reason": "Brand.", "mend_by": f"{in_days(9)}"}

    page = publisher.post(act_page(item), {"languages": LANGUAGES, **answers, missing: ""})

    assert list(page.context["form"].errors) == [missing]
    assert page.context["form"]["accepted"].value() == [flaw.fingerprint]
    assert NewsItem.objects.get(pk=item.pk).state == State.DRAFT


@pytest.mark.parametrize("accepted", [["x"], ["0" * 32]])
def test_a_flaw_that_is_not_there_is_refused(publisher, accepted):
    item = NewsItemFactory(draft=True, body_sv=SKIPPED)

    page = publisher.post(
        act_page(item),
        {"languages": LANGUAGES, "accepted": accepted, "reason": "A", "mend_by": f"{in_days(9)}"},
    )

    assert "accepted" in page.context["form"].errors


# The form


def test_the_form_tells_each_flaw_beside_its_field_and_in_a_list(publisher):
    text = SKIPPED + "<p>Ta med t.ex. mat.</p>"
    page = publisher.get(admin_url(NewsItemFactory(draft=True, body_sv=text), "change"))

    field = page.context["adminform"].form.fields["body_sv"]
    assert "Hindrar publicering:" in field.help_text
    assert "Råd:" in field.help_text
    assert '<a href="#kvalitet-body_sv">Text</a>' in page.text
    assert 'id="kvalitet-body_sv"' in page.text
    assert "1 sak att rätta före publicering" in page.text


def test_the_form_leads_to_a_plain_field_itself(publisher):
    page = publisher.get(admin_url(NewsItemFactory(draft=True, lead_sv=""), "change"))

    assert '<a href="#id_lead_sv">Ingress</a>' in page.text


def test_the_form_tells_what_the_draft_breaks_and_not_what_residents_see(publisher):
    item = NewsItemFactory()
    item.save_draft(by=publisher.user, values={"body_en": SKIPPED})

    page = publisher.get(admin_url(item, "change"))

    assert "Text (English)" in page.text


def test_the_form_shows_how_hard_the_text_is_with_its_longest_sentences_marked(publisher):
    long = "Du kan ta med dig " + "mat " * 40 + "hit."
    body = f"<p>Kort mening här. {long} Slut nu.</p><p>En till.</p>"

    page = publisher.get(admin_url(NewsItemFactory(draft=True, body_sv=body), "change"))

    assert "Läsbarhet, Svenska" in page.text
    assert f"<mark>{long}</mark>" in page.text


def test_a_text_in_the_form_is_shown_as_text(publisher):
    body = "<h3>&lt;script&gt;alert(1)&lt;/script&gt;</h3>"

    page = publisher.get(admin_url(NewsItemFactory(draft=True, body_sv=body), "change"))

    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def test_an_exemption_is_told_with_its_day(publisher):
    item = exempted(publisher.user)

    page = publisher.get(admin_url(item, "change"))

    assert "Publiceras med undantag" in page.text
    assert "Texten kan publiceras" in page.text


def test_a_good_text_is_told_nothing(publisher):
    page = publisher.get(admin_url(NewsItemFactory(draft=True), "change"))

    assert 'class="quality' not in page.text


def test_who_may_only_look_is_told_nothing(client):
    from tests.admin_forms import with_rights

    client.force_login(with_rights("view_newsitem"))

    page = client.get(admin_url(NewsItemFactory(body_sv=SKIPPED), "change"))

    assert 'class="quality' not in page.text


def test_what_was_saved_and_could_not_be_published_has_the_errors_at_the_fields(publisher):
    item = NewsItemFactory(draft=True)
    address = admin_url(item, "change")
    form = filled_in(publisher.get(address), body_sv=SKIPPED, _publish="Publicera")

    page = publisher.post(address, form, follow=True)

    assert "hoppar över en nivå" in page.context["adminform"].form.errors["body_sv"][0]


def test_the_list_is_filtered_by_what_is_broken(publisher):
    bad, hard = NewsItemFactory(body_sv=SKIPPED), NewsItemFactory(body_sv="<p>Man får.</p>")
    recheck([bad, hard, NewsItemFactory()])
    address = admin_url(NewsItem, "changelist")

    broken = publisher.get(address, {"bryter": "hinder"}).context["cl"].result_list
    man = publisher.get(address, {"bryter": "man"}).context["cl"].result_list
    odd = publisher.get(address, {"bryter": "finns-inte"})

    assert (broken, man) == ([bad], [hard])
    assert odd.status_code in (200, 302)


def test_each_rule_is_explained(publisher):
    from publishing.quality import RULES

    page = publisher.get("/admin/kvalitetsregler/")

    for rule in RULES:
        assert f'id="{rule.name}"' in page.text
        assert rule.source.replace("§", "§") in page.text
