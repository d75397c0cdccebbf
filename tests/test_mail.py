"""Who is told what by mail, in Swedish."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from publishing.schedule import publish_due
from tests.admin_forms import staff
from tests.factories import InitiativeFactory, NewsItemFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
SECRET = "anna.hemlig@example.se"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block after which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def submitted(by, factory=NewsItemFactory, **facts):
    item = factory(draft=True, **facts)
    item.submit(by=by)
    return item


def receivers(mailoutbox):
    return sorted(address for mail in mailoutbox for address in mail.recipients())


# Who is told


def test_those_who_may_publish_the_kind_are_told_that_it_waits(committed, mailoutbox):
    publisher, administrator = staff("Publicister"), staff("Administratörer")
    editor = staff("Redaktörer")

    with committed():
        submitted(by=editor)

    assert receivers(mailoutbox) == sorted([publisher.email, administrator.email])


def test_who_may_publish_another_kind_only_is_not_told(committed, mailoutbox):
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="publish_newsitem"))

    with committed():
        submitted(by=staff("Redaktörer"), factory=InitiativeFactory)

    assert mailoutbox == []


def test_who_submits_is_not_told_of_it(committed, mailoutbox):
    publisher = staff("Publicister")

    with committed():
        submitted(by=publisher)

    assert mailoutbox == []


def test_who_has_left_is_not_told(committed, mailoutbox):
    publisher = staff("Publicister")
    publisher.is_active = False
    publisher.save()

    with committed():
        submitted(by=staff("Redaktörer"))

    assert mailoutbox == []


def test_who_cannot_log_in_to_the_back_office_is_not_told(committed, mailoutbox):
    publisher = staff("Publicister")
    publisher.is_staff = False
    publisher.save()

    with committed():
        submitted(by=staff("Redaktörer"))

    assert mailoutbox == []


@pytest.mark.parametrize(("four_eyes", "number"), [(True, 0), (False, 1)])
def test_who_wrote_last_is_not_asked_to_approve_it_herself(
    committed, mailoutbox, settings, four_eyes, number
):
    settings.FOUR_EYES = four_eyes
    item = NewsItemFactory(draft=True)
    item.save_draft(by=staff("Publicister"), values={"title_sv": "Nu"})

    with committed():
        item.submit(by=staff("Redaktörer"))

    assert len(mailoutbox) == number


def test_who_has_no_address_is_passed_over(committed, mailoutbox):
    nameless, publisher = staff("Publicister"), staff("Publicister")
    nameless.email = ""
    nameless.save()

    with committed():
        submitted(by=staff("Redaktörer"))

    assert receivers(mailoutbox) == [publisher.email]


def test_nobodys_address_is_shown_to_the_others(committed, mailoutbox):
    people = [staff("Publicister"), staff("Publicister")]

    with committed():
        submitted(by=staff("Redaktörer"))

    for mail in mailoutbox:
        [receiver] = mail.recipients()
        others = [person.email for person in people if person.email != receiver]
        assert not any(address in mail.message().as_string() for address in others)


def test_the_writer_is_told_that_it_is_sent_back(committed, mailoutbox):
    writer, publisher = staff("Redaktörer"), staff("Publicister")
    item = submitted(by=writer)

    with committed():
        item.send_back(by=publisher, comment="Skriv kortare.")

    assert receivers(mailoutbox) == [writer.email]


def test_who_submits_a_withdrawn_page_as_it_is_is_told_that_it_is_sent_back(committed, mailoutbox):
    writer, publisher = staff("Redaktörer"), staff("Publicister")
    item = NewsItemFactory()
    item.withdraw(by=publisher)
    item.submit(by=writer)

    with committed():
        item.send_back(by=publisher, comment="Skriv kortare.")

    assert receivers(mailoutbox) == [writer.email]


def test_the_writer_is_told_that_it_is_approved(committed, mailoutbox):
    writer, publisher = staff("Redaktörer"), staff("Publicister")
    item = submitted(by=writer)

    with committed():
        item.publish(by=publisher)

    assert receivers(mailoutbox) == [writer.email]


@pytest.mark.parametrize("answer", ["publish", "send_back"])
def test_who_answers_her_own_text_gets_no_mail(committed, mailoutbox, answer):
    publisher = staff("Publicister")
    item = submitted(by=publisher)

    with committed():
        getattr(item, answer)(
            by=publisher, **({"comment": "Nej."} if answer == "send_back" else {})
        )

    assert mailoutbox == []


def test_nobody_is_told_twice_of_one_approval(committed, mailoutbox):
    item, publisher = submitted(by=staff("Redaktörer")), staff("Publicister")
    item.publish(by=publisher)

    with committed():
        item.publish(by=publisher)

    assert mailoutbox == []


def test_what_was_refused_is_told_to_nobody(committed, mailoutbox):
    staff("Publicister")

    with committed(), pytest.raises(PermissionDenied):
        submitted(by=UserFactory())

    assert mailoutbox == []


# In which words


def test_the_mail_that_something_waits_is_swedish_and_leads_to_it(committed, mailoutbox):
    staff("Publicister")
    editor = staff("Redaktörer")
    editor.first_name, editor.last_name = "Åsa", "Öberg"
    editor.save()

    with committed(), override("en"):
        item = submitted(by=editor, title_sv="Ljus i Sylte", title_en="Light in Sylte")

    [mail] = mailoutbox
    assert mail.subject == "Väntar på granskning: Ljus i Sylte"
    assert "Åsa Öberg har skickat in en text som väntar på att du granskar den." in mail.body
    assert f"http://testserver/admin/news/newsitem/{item.pk}/change/" in mail.body


def test_a_mail_says_what_was_commented(committed, mailoutbox):
    item = submitted(by=staff("Redaktörer"))

    with committed():
        item.send_back(by=staff("Publicister"), comment='Skriv "Älvrummet" & ta bort <rubriken>.')

    assert 'Skriv "Älvrummet" & ta bort <rubriken>.' in mailoutbox[0].body


def test_the_mail_of_an_approval_says_that_residents_see_it(committed, mailoutbox):
    item = submitted(by=staff("Redaktörer"))

    with committed():
        item.publish(by=staff("Publicister"))

    assert "Den syns nu för besökarna." in mailoutbox[0].body


@time_machine.travel(NOW, tick=False)
def test_the_mail_of_an_approval_says_when_residents_will_see_it(committed, mailoutbox):
    item = submitted(by=staff("Redaktörer"))

    with committed():
        item.publish(by=staff("Publicister"), at=NOW + timedelta(days=29, hours=-1))

    assert "Besökarna ser den från 1 december 2026 klockan 8:00." in mailoutbox[0].body


@time_machine.travel(NOW, tick=False)
def test_the_mail_of_a_scheduled_change_says_when_residents_will_see_it(committed, mailoutbox):
    item, writer = NewsItemFactory(), staff("Redaktörer")
    item.save_draft(by=writer, values={"title_sv": "Ny rubrik"})
    item.submit(by=writer)

    with committed():
        item.schedule(by=staff("Publicister"), at=NOW + timedelta(days=29, hours=-1))

    assert "Besökarna ser den från 1 december 2026 klockan 8:00." in mailoutbox[0].body


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_a_title_with_line_breaks_makes_one_line_of_subject(committed, mailoutbox, line_end):
    staff("Publicister")

    with committed():
        submitted(by=staff("Redaktörer"), title_sv=f"Ljus{line_end}Bcc: {SECRET}")

    assert mailoutbox[0].subject == f"Väntar på granskning: Ljus Bcc: {SECRET}"
    assert mailoutbox[0].message()["Bcc"] is None


def test_a_subject_stands_in_the_mail_once(committed, mailoutbox):
    staff("Publicister")

    with committed():
        submitted(by=staff("Redaktörer"), title_sv="Ljus\ni Sylte")

    assert "Sylte" not in mailoutbox[0].body


# What could not be published at its minute


def failed_schedule(by):
    """An item whose change was to be published at NOW, and can't be."""
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        item = NewsItemFactory(slug="ljus")
        item.save_draft(by=by, values={"slug": "ljusare"})
        item.schedule(by=by, at=NOW)
        NewsItemFactory(slug="ljusare")
    with time_machine.travel(NOW, tick=False):
        publish_due()
    return item


def test_who_scheduled_is_told_why_it_failed(committed, mailoutbox):
    publisher = staff("Publicister")

    with committed():
        failed_schedule(by=publisher)

    [mail] = mailoutbox
    assert mail.to == [publisher.email]
    assert mail.subject == "Kunde inte publiceras: En rubrik"
    assert "används redan" in mail.body


def test_a_failure_is_told_to_those_who_may_publish_when_who_scheduled_has_left(
    committed, mailoutbox
):
    leaving, staying = staff("Publicister"), staff("Publicister")
    with time_machine.travel(NOW - timedelta(days=1), tick=False):
        item = NewsItemFactory(slug="ljus")
        item.save_draft(by=leaving, values={"slug": "ljusare"})
        item.schedule(by=leaving, at=NOW)
        NewsItemFactory(slug="ljusare")
    leaving.is_active = False
    leaving.save()

    with committed(), time_machine.travel(NOW, tick=False):
        publish_due()

    assert receivers(mailoutbox) == [staying.email]
